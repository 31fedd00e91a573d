"""Damaged PDFs: the short form of benchmarks/damaged_pdfs.py, on files of our own."""

import random
from pathlib import Path

from damaged_pdfs import DAMAGES, reasons_that_blame_us, told, write_damaged
from support import DATA, FakeEmbedder

from ingest.pipeline import ingest


def test_no_damage_ends_a_run_or_vanishes(sources: Path, index_folder: Path) -> None:
    """Three files of each kind: every one is in the report, once, as read or with a reason."""
    chance = random.Random(5)  # noqa: S311
    written = write_damaged(DATA, sources, 3 * len(DAMAGES), chance)
    report = ingest([str(sources)], index_folder, FakeEmbedder())
    assert told(report) == dict.fromkeys(written, 1)
    assert reasons_that_blame_us(report) == []
    assert report.added
    assert report.failed
