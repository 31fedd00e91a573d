"""Filling an empty library with the starter corpus, in a process of its own."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from index.location import index_folder

_CORPUS = Path("corpus")


@dataclass(frozen=True)
class Outcome:
    """How an ingest ended: whether the library can be used now, and what it reported."""

    is_usable: bool
    report: str


def starter_corpus() -> Path | None:
    """The folder of the starter corpus, where the app was started beside one."""
    return _CORPUS.resolve() if _CORPUS.is_dir() else None


def ingest_corpus(corpus: Path) -> Outcome:
    """Read a folder into the index.

    By the command line, as a person would: the pages never write to the index themselves.
    """
    done = subprocess.run(  # noqa: S603  (our own interpreter and module)
        [sys.executable, "-m", "ingest", str(corpus), "--index", str(index_folder())],
        capture_output=True,
        text=True,
        check=False,
    )
    return Outcome(done.returncode in {0, 1}, done.stderr.strip())
