"""Files that are as they were are not opened; any other is."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support import FakeEmbedder, names, texts, write_text
from unchanged import COUNTING, run

from index.file_state import FileState
from index.process_limits import Limits
from ingest.pipeline import ingest
from ingest.unchanged import unchanged_report

# Whoever is opened with these fails.
NOTHING_MAY_BE_READ = Limits(wall_seconds=0)
SETTLED = 2.1


@pytest.fixture
def settled(sources: Path, index_folder: Path, fake: FakeEmbedder) -> Path:
    """A folder of files, two of the same text, that were read when they had come to rest."""
    for name, text in (("a.txt", "One."), ("b.txt", "Two."), ("c.txt", "Two.")):
        write_text(sources, name, "Title", text)
    # The same words in other bytes.
    (sources / "d.md").write_text("# Title\n\nTwo.\n")
    time.sleep(SETTLED)
    ingest([str(sources)], index_folder, fake)
    return sources


def test_files_that_are_as_they_were_are_not_opened(
    settled: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """Nor is the model needed: looking comes to the same report."""
    report = ingest([str(settled)], index_folder, fake, limits=NOTHING_MAY_BE_READ)
    assert names(report.unchanged) == ["a.txt", "b.txt"]
    assert [names(pair) for pair in report.duplicates] == [["c.txt", "b.txt"], ["d.md", "b.txt"]]
    assert report.failed == ()
    assert unchanged_report([str(settled)], index_folder) == report


def test_the_command_opens_no_file_and_starts_no_reader(
    settled: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """It does open what corrects a description; a reader would be a process of its own."""
    report, counted = run(settled, index_folder, COUNTING).lines
    assert (report["unchanged"], report["embedded"]) == (2, 0)
    assert counted == {"opened": 0, "started": 0}
    (settled / "a.txt.meta.yaml").write_text("date: 2024\n")
    ingest([str(settled)], index_folder, fake)
    assert run(settled, index_folder, COUNTING).lines[1] == {"opened": 1, "started": 0}


def test_looking_loads_nothing_heavy() -> None:
    """Their import takes longer than to look at a thousand files."""
    heavy = "{'numpy', 'faiss', 'tantivy', 'lxml', 'onnxruntime'} & set(sys.modules)"
    code = f"import sys, ingest.command, ingest.unchanged, ingest.ocr_choice; print({heavy})"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "set()\n"


def test_a_change_that_hides_is_seen(settled: Path, index_folder: Path, fake: FakeEmbedder) -> None:
    """Of the same length, and with the old time put back."""
    path = settled / "a.txt"
    before = path.stat()
    write_text(settled, "a.txt", "Title", "Six.")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert unchanged_report([str(settled)], index_folder) is None
    assert names(ingest([str(settled)], index_folder, fake).updated) == ["a.txt"]
    assert texts(index_folder) == ["Six.", "Two."]


@pytest.mark.parametrize("change", ["gone", "new", "index", "file", "sidecar"])
def test_work_is_seen(settled: Path, index_folder: Path, change: str) -> None:
    """A file that has gone or come, a derived file that is lost, a file that was damaged."""
    if change == "gone":
        (settled / "a.txt").unlink()
    elif change == "new":
        write_text(settled, "e.txt", "Title", "Three.")
    elif change == "sidecar":
        (settled / "a.txt.meta.yaml").write_text("date: 2024\n")
    elif change == "index":
        next(index_folder.glob("vectors-*")).unlink()
    else:
        (settled / "c.txt").write_text("Title\n\nOther.")
    assert unchanged_report([str(settled)], index_folder) is None


def test_without_an_index_there_is_work(sources: Path, index_folder: Path) -> None:
    """The same before the first run, and for an address, which may have changed unseen."""
    write_text(sources, "a.txt", "Title", "One.")
    assert unchanged_report([str(sources)], index_folder) is None


def test_a_file_that_was_just_written_is_read_again(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """It could have changed since without a sign of it; it is not embedded again."""
    write_text(sources, "a.txt", "Title", "One.")
    assert ingest([str(sources)], index_folder, fake).embedded == 1
    assert unchanged_report([str(sources)], index_folder) is None
    report = ingest([str(sources)], index_folder, fake)
    assert (len(report.unchanged), report.embedded) == (1, 0)


def test_a_state_is_relied_on_after_two_seconds() -> None:
    """Of the later of its two times; one in the future never is."""
    second = 1_000_000_000
    assert FileState(1, 5 * second, 7 * second, 1).is_settled(9 * second + 1)
    assert not FileState(1, 5 * second, 7 * second, 1).is_settled(9 * second)
    assert not FileState(1, 7 * second, 5 * second, 1).is_settled(9 * second)
