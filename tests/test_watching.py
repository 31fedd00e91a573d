"""`citewell ingest --watch`: what changes is read; it ends when it is told to."""

import json
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from support import write_text

from index.database import open_database
from index.embedder import Embedder
from ingest.pipeline import ingest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_what_changes_is_read_until_it_is_told_to_end(
    sources: Path, index_folder: Path, exported: Embedder, end: signal.Signals
) -> None:
    """A line of JSON for each time; hidden files are no change, sidecars are."""
    write_text(sources, "a.txt", "Title", "The first text.")
    ingest([str(sources)], index_folder, exported)
    options = ["--index", str(index_folder), "--watch", "--json"]
    watcher = subprocess.Popen(
        [sys.executable, "-m", "ingest", str(sources), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert watcher.stdout
    assert json.loads(watcher.stdout.readline())["unchanged"] == 1
    write_text(sources, ".hidden.txt", "Title", "Not for others.")
    write_text(sources, "b.txt", "Title", "The second text.")
    report = json.loads(watcher.stdout.readline())
    assert (report["added"], report["documents"]) == (1, 2)
    (sources / "b.txt.meta.yaml").write_text("title: Corrected")
    report = json.loads(watcher.stdout.readline())
    assert (report["added"], report["unchanged"]) == (0, 2)
    watcher.send_signal(end)
    _, told = watcher.communicate()
    assert (watcher.returncode, "Traceback" in told) == (0, False), told
    assert "Stopped" in told
    with closing(open_database(index_folder)) as database:
        titles = {document.title for document in database.documents(database.read_manifest().build)}
    assert titles == {"Title", "Corrected"}


def test_without_a_folder_there_is_nothing_to_follow(tmp_path: Path) -> None:
    """Said at once."""
    path = write_text(tmp_path, "a.txt", "Title", "The text.")
    done = subprocess.run(
        [sys.executable, "-m", "ingest", str(path), "--watch", "--index", str(tmp_path / "index")],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 2
    assert "--watch follows folders" in done.stderr
