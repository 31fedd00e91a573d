"""Kill an ingest again and again: `python benchmarks/kill_ingest.py [--kills N] [--files N]`.

A library of six formats is read by an ingest that is killed (SIGKILL) at random moments and
started again, a quarter of the times before there is any build. Later on, after each third
kill it may finish, and every file is written anew in another version; meanwhile another
process searches without pause. A third of the moments are anywhere on the clock, a third at a
random source, a third between the last source and the end, as versions are compared and the
build is published. Counted are documents lost, doubled or half visible, searches that failed,
and processes left over: all are to be 0. The embedder is a fake one, which takes its time.
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
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from killed_process import Pace, is_killed, left_over, measure, random_moment  # noqa: E402
from mixed_files import PASSAGES, WORD, version_of, write_files  # noqa: E402
from support import FakeEmbedder, load_fake  # noqa: E402

from index.database import open_database  # noqa: E402
from index.errors import IndexMissingError  # noqa: E402
from index.search import open_index, search  # noqa: E402
from ingest.pipeline import ingest  # noqa: E402

SECONDS_A_PASSAGE = 0.005


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
        folder: for the files and the indexes.
        kills: how often it is killed.
        files: how many files there are.
        chance: decides when.
    """
    sources = folder / "sources"
    sources.mkdir()
    write_files(sources, files, version=0)
    pace = measure(lambda: _start("--ingest", str(sources), str(folder / "measured")))
    library = _Library(sources, files, pace, chance)
    number = 0
    while library.killed < kills * _FIRST_READINGS:
        library.use(folder / f"index-{number}")
        library.kill(_KILLS_A_VERSION)
        library.finish()
        number += 1
    library.use(folder / "index")
    library.finish()
    searcher = _start("--search", str(library.index))
    while library.killed < kills:
        library.renew()
        library.kill(min(_KILLS_A_VERSION, kills - library.killed))
        library.finish()
    searcher.send_signal(signal.SIGTERM)
    searched = json.loads(searcher.communicate()[0])
    damage = replace(Damage(**library.counted), failed_searches=searched["failed"])
    return Outcome(library.killed, library.ended, searched["done"], damage)


_FIRST_READINGS = 0.25
_KILLS_A_VERSION = 3


class _Library:
    """Files in a version, the index that they are read into, and what was seen go wrong."""

    def __init__(self, sources: Path, files: int, pace: Pace, chance: random.Random) -> None:
        self._sources, self._files, self._pace, self._chance = sources, files, pace, chance
        self._version = 0
        self.index = sources
        self.killed = self.ended = 0
        self.counted: Counter[str] = Counter()

    def use(self, index: Path) -> None:
        """Read into this index from now on; it may be new."""
        self.index = index

    def renew(self) -> None:
        """Write every file anew, in the next version."""
        self._version += 1
        write_files(self._sources, self._files, self._version)

    def kill(self, times: int) -> None:
        """Kill the ingest at random moments; less often where it ends by itself before."""
        for _ in range(times):
            is_dead = is_killed(
                lambda: _start("--ingest", str(self._sources), str(self.index)),
                random_moment(self._pace, self._files, self._chance),
            )
            self.killed += is_dead
            self.ended += not is_dead
            self.counted["processes_left"] += left_over(f"CITEWELL_KILLED={self._sources}")
            self._look()
            if not is_dead:
                break

    def finish(self) -> None:
        """Let an ingest end by itself; then every document is there, once, in this version."""
        report = ingest([str(self._sources)], self.index, FakeEmbedder())
        held = self._look()
        right = {name for name, versions in held.items() if set(versions) == {self._version}}
        self.counted["lost"] += self._files - len(right)
        self.counted["doubled"] += report.documents - len(held)

    def _look(self) -> dict[str, list[int]]:
        """Version of each passage by document, as the index shows them; all or none must be."""
        held = _passages(self.index)
        shown = Counter(version for versions in held.values() for version in versions)
        self.counted["half_visible"] += len(held) not in {0, self._files}
        self.counted["half_visible"] += len(shown) > 1
        self.counted["half_visible"] += sum(len(one) < PASSAGES for one in held.values())
        self.counted["doubled"] += sum(len(one) > PASSAGES for one in held.values())
        return held


def _passages(index: Path) -> dict[str, list[int]]:
    """Version of each passage that the current build shows, by document."""
    try:
        database = open_database(index)
    except IndexMissingError:
        return {}
    with contextlib.closing(database):
        build = database.read_manifest().build
        found = database.passages(database.passage_keys(build), build)
        versions: dict[str, list[int]] = {one: [] for one in database.fingerprints(build)}
    for passage, _document in found.values():
        versions[passage.document_id].append(version_of(passage.text))
    return versions


def _start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603  (our own interpreter and module)
        [sys.executable, __file__, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env={
            **os.environ,
            **({"CITEWELL_KILLED": arguments[1]} if arguments[0] == "--ingest" else {}),
        },
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
