"""How cost grows with the library: `python benchmarks/scale.py [--sizes 1000,100000]`.

Texts and ready-made vectors are those of the latency sets of peers/. Each step runs in a
process of its own, on one thread: build the index, ask 100 questions, compare what was found
with an exact search, and start cold. Prints two tables, one of whole queries and one of
filtered ones; what it made stays in the work folder and is used again.
"""

import argparse
import json
import statistics
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent
_ROOT = _HERE.parent
sys.path[:0] = [str(_HERE / "peers"), str(_HERE), str(_ROOT)]

from large_sets import prepare_large  # noqa: E402
from measuring import Usage, run_step  # noqa: E402  (after the path is set)
from sets import PeerSet  # noqa: E402

_COLD_STARTS = 3
_SECONDS = 3_600.0
_WHOLE = (
    "passages", "query p50 ms", "to the first row", "query CPU ms", "to the first row",
    "of it embedding", "by meaning", "by words", "reading candidates", "recall@10",
    "memory MB", "disk MB", "of it vectors", "cold start CPU s", "build CPU s",
)  # fmt: skip
_PARTS = ("embedding", "meaning", "words", "reading")
_FILTERED = ("passages", "kept", "query p50 ms", "query CPU ms", "first query ms", "recall@10")


def main() -> None:
    """Measure each size, smallest first, and print the tables after each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,100000,1000000")
    parser.add_argument("--data", type=Path, default=_ROOT.parent / "shared" / "data")
    parser.add_argument("--work", type=Path, default=_HERE / "work" / "scale")
    given = parser.parse_args()
    work = given.work.resolve()
    sizes = sorted(int(size) for size in given.sizes.split(","))
    # In a process of its own: the memory of a step includes that of what started it.
    with ProcessPoolExecutor(1, get_context("spawn")) as apart:
        sets = apart.submit(prepare_large, given.data.resolve(), work / "sets", sizes).result()
    measured = []
    for one, size in zip(sets, sizes, strict=True):
        measured.append(_measure(one, size, work / one.name))
        print(_tables(measured), flush=True)


def _measure(one: PeerSet, size: int, work: Path) -> dict[str, Any]:
    work.mkdir(parents=True, exist_ok=True)
    index = work / "index"
    if not (work / "build.json").exists():
        _write(work / "build.json", {"cpu_s": _step("build", one.folder, work).cpu_s})
    memory = _step("ask", one.folder, work).peak_mb
    _step("compare", one.folder, work)
    asked, compared = (_read(work / f"{name}.json") for name in ("ask", "compare"))
    question = json.loads((one.folder / "queries.jsonl").open().readline())["text"]
    command = [sys.executable, "-m", "search_app.cli", "search", question, "--json"]
    command += ["--index", str(index)]
    path = {"PYTHONPATH": str(_ROOT)}
    starts = [run_step(command, work, _SECONDS, path).cpu_s for _ in range(_COLD_STARTS)]
    return {
        "passages": size,
        "asked": asked,
        "recall": compared,
        "memory_mb": memory,
        "disk_mb": _megabytes(index.rglob("*")),
        "vectors_mb": _megabytes(index.glob("vectors-*")),
        "cold_s": statistics.median(starts),
        "build_s": _read(work / "build.json")["cpu_s"],
    }


def _step(name: str, folder: Path, work: Path) -> Usage:
    script = str(_HERE / "scale_steps.py")
    command = [sys.executable, script, name, "--set", str(folder), "--work", str(work)]
    return run_step(command, work, _SECONDS, {})


def _tables(measured: list[dict[str, Any]]) -> str:
    whole = [_whole_row(one, measured[0]) for one in measured]
    filtered = [row for one in measured for row in _filtered_rows(one)]
    return f"{_markdown(_WHOLE, whole)}\n\n{_markdown(_FILTERED, filtered)}\n"


def _whole_row(one: dict[str, Any], first: dict[str, Any]) -> list[str]:
    times, base = one["asked"]["whole"], first["asked"]["whole"]
    return [
        f"{one['passages']:,}",
        f"{times['p50_ms']:.1f}",
        f"{times['p50_ms'] / base['p50_ms']:.2f}",
        f"{times['cpu_ms']:.1f}",
        f"{times['cpu_ms'] / base['cpu_ms']:.2f}",
        *(f"{one['asked'][part]['cpu_ms']:.1f}" for part in _PARTS),
        f"{one['recall']['meaning']:.3f}",
        f"{one['memory_mb']:,.0f}",
        f"{one['disk_mb']:,.0f}",
        f"{one['vectors_mb']:,.0f}",
        f"{one['cold_s']:.2f}",
        f"{one['build_s']:.0f}",
    ]


def _filtered_rows(one: dict[str, Any]) -> list[list[str]]:
    return [
        [
            f"{one['passages']:,}",
            f"{100 * times['kept']:.3g} %",
            f"{times['p50_ms']:.1f}",
            f"{times['cpu_ms']:.1f}",
            f"{times['first_ms']:.0f}",
            f"{one['recall'][tag]:.3f}",
        ]
        for tag, times in one["asked"]["filtered"].items()
    ]


def _markdown(header: tuple[str, ...], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _megabytes(paths: Any) -> float:  # noqa: ANN401  (what glob gives differs by release)
    return sum(path.stat().st_size for path in paths if path.is_file()) / 1e6


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content), "utf-8")


def _read(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text("utf-8"))


if __name__ == "__main__":
    main()
