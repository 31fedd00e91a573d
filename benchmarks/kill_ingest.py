"""Kill an ingest again and again: `python benchmarks/kill_ingest.py [--kills N] [--files N]`.

A library that is whole is brought up to date by an ingest that is killed (SIGKILL) at random
moments, a quarter of them as it publishes, and started again. After each third kill it may
finish, and every file is written anew in another version. Meanwhile another process searches
without pause. Counted are documents lost, doubled or half visible, searches that failed, and
processes left over: all are to be 0. The embedder is a fake one, which takes its time.
"""

import argparse
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from support import FakeEmbedder, load_fake  # noqa: E402

from index.database import open_database  # noqa: E402
from index.search import open_index, search  # noqa: E402
from ingest.pipeline import ingest  # noqa: E402

SECONDS_A_PASSAGE = 0.005
WORD = "immune"


@dataclass(frozen=True)
class Damage:
    """What went wrong; nothing should."""

    lost: int = 0
    doubled: int = 0
    half_visible: int = 0
    failed_searches: int = 0
    processes_left: int = 0


@dataclass(frozen=True)
class Outcome:
    """How often an ingest was killed, how often it ended by itself, and what went wrong."""

    kills: int
    ended: int
    searches: int
    damage: Damage


class SlowEmbedder(FakeEmbedder):
    """Takes its time, as a model does."""

    def embed_passages(self, texts):  # noqa: ANN001, ANN201, D102
        time.sleep(SECONDS_A_PASSAGE * len(texts))
        return super().embed_passages(texts)


def main() -> None:
    """Print what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ingest", nargs=2, type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--search", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.ingest:
        _ingest(*arguments.ingest)
    elif arguments.search:
        _search(arguments.search)
    else:
        with tempfile.TemporaryDirectory() as folder:
            chance = random.Random(arguments.seed)  # noqa: S311
            outcome = kill_again_and_again(Path(folder), arguments.kills, arguments.files, chance)
        print(outcome)
        sys.exit(outcome.damage != Damage())


def kill_again_and_again(folder: Path, kills: int, files: int, chance: random.Random) -> Outcome:
    """Ingest files of all kinds, kill it so many times, let it finish, and look for damage.

    Args:
        folder: for the files and the index.
        kills: how often it is killed.
        files: how many files there are.
        chance: decides when.
    """
    sources, index = folder / "sources", folder / "index"
    sources.mkdir()
    version = killed = ended = 0
    write_files(sources, files, version)
    # Without a build there would be nothing to find, and nothing to see half of.
    ingest([str(sources)], index, FakeEmbedder())
    version += 1
    write_files(sources, files, version)
    searcher = _start("--search", str(index))
    half_visible = processes_left = 0
    while killed < kills:
        turns = files if chance.random() < _PUBLISHING else chance.randrange(files)
        is_killed = _is_killed(sources, index, turns, chance.random() / 5)
        killed += is_killed
        ended += not is_killed
        half_visible += len(_half_visible(index, files))
        processes_left += _left_over(sources)
        if not is_killed or killed % _KILLS_A_VERSION == 0:
            ingest([str(sources)], index, FakeEmbedder())
            half_visible += len(_half_visible(index, files))
            version += 1
            write_files(sources, files, version)
    report = ingest([str(sources)], index, FakeEmbedder())
    searcher.send_signal(signal.SIGTERM)
    searched = json.loads(searcher.communicate()[0])
    held = _passages(index)
    right = {name for name, versions in held.items() if set(versions) == {version}}
    damage = Damage(
        lost=files - len(right),
        doubled=sum(len(held[name]) != _PASSAGES for name in right) + report.documents - len(held),
        half_visible=half_visible,
        failed_searches=searched["failed"],
        processes_left=processes_left,
    )
    return Outcome(killed, ended, searched["done"], damage)


_PASSAGES = 3
_KILLS_A_VERSION = 3
_PUBLISHING = 0.25


def write_files(folder: Path, files: int, version: int) -> None:
    """Write all files in a version: text, Markdown and HTML in turn, each of three passages."""
    for number in range(files):
        parts = [
            f"Part {part} of document {number} is about {WORD} cells in version {version}x. "
            + "It goes on for a while, so that it is taken for the text of an article. " * 3
            for part in range(_PASSAGES)
        ]
        kind = ("txt", "md", "html")[number % 3]
        (folder / f"{number:04}.{kind}").write_text(_text(kind, f"Document {number}", parts))


def _text(kind: str, title: str, parts: list[str]) -> str:
    if kind == "html":
        sections = "".join(f"<h2>Section {n}</h2><p>{part}</p>" for n, part in enumerate(parts))
        body = f"<article><h1>{title}</h1>{sections}</article>"
        return f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    if kind == "md":
        return f"# {title}\n\n" + "".join(
            f"## Section {n}\n\n{part}\n\n" for n, part in enumerate(parts)
        )
    return f"{title}\n\n" + "".join(
        f"Section {n}\n-----------\n\n{part}\n\n" for n, part in enumerate(parts)
    )


def _is_killed(sources: Path, index: Path, turns: int, seconds: float) -> bool:
    """Start an ingest and kill it after so many sources and seconds; False where it had ended."""
    with _start("--ingest", str(sources), str(index)) as child:
        assert child.stdout  # noqa: S101
        for _ in range(turns):
            if not child.stdout.readline():
                break
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(seconds)
        child.kill()
        return child.wait() == -signal.SIGKILL


def _passages(index: Path) -> dict[str, list[int]]:
    """Version of each passage that the current build shows, by document."""
    with contextlib.closing(open_database(index)) as database:
        build = database.read_manifest().build
        found = database.passages(database.passage_keys(build), build)
        versions: dict[str, list[int]] = {one: [] for one in database.fingerprints(build)}
    for passage, _document in found.values():
        if "version" in passage.text:
            version = passage.text.partition("version ")[2].partition("x")[0]
            versions[passage.document_id].append(int(version))
    return versions


def _half_visible(index: Path, files: int) -> list[str]:
    held = _passages(index)
    missing = [""] * (files - len(held))
    per_build = Counter(version for versions in held.values() for version in versions)
    mixed = [""] if len(per_build) > 1 else []
    return missing + mixed + [name for name, one in held.items() if len(one) != _PASSAGES]


def _left_over(sources: Path) -> int:
    """Readers whose ingest is no more; they may have a moment to end."""
    deadline = time.monotonic() + 10
    while (left := _readers_of(sources)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left


def _readers_of(sources: Path) -> int:
    processes = 0
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            environment = (place / "environ").read_bytes()
            processes += f"CITEWELL_KILLED={sources}".encode() in environment
    return processes


def _start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603  (our own interpreter and module)
        [sys.executable, __file__, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "CITEWELL_KILLED": arguments[1]},
    )


def _ingest(sources: Path, index: Path) -> None:
    ingest([str(sources)], index, SlowEmbedder(), lambda *_: print(flush=True))


def _search(index: Path) -> None:
    """Search until told to stop; print how often, and how often that failed."""
    stop: list[int] = []
    signal.signal(signal.SIGTERM, lambda *_: stop.append(1))
    done = failed = 0
    opened = None
    while not stop:
        try:
            if opened is None or not opened.is_current:
                opened = open_index(index, load_fake)
            found = search(opened, WORD, 5)
            failed += not found
            done += 1
        except Exception as error:  # noqa: BLE001  (counted)
            print(f"search failed: {error!r}", file=sys.stderr)
            failed += 1
        time.sleep(0.02)
    print(json.dumps({"done": done, "failed": failed}))


if __name__ == "__main__":
    main()
