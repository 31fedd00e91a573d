"""Publishing: readers see whole builds, one writer at a time, a crash loses nothing."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from support import FakeEmbedder, load_fake, write_text

from index.errors import IndexBusyError
from index.search import open_index, search
from index.writer import open_writer
from ingest.pipeline import ingest

TESTS = Path(__file__).parent
SLOW_INGEST = """
import sys, time
from pathlib import Path
from support import FakeEmbedder
from ingest.pipeline import ingest
def progress(source, done, total):
    print(done, flush=True)
    time.sleep(0.05)
ingest([sys.argv[1]], Path(sys.argv[2]), FakeEmbedder(), progress)
"""


def start(code: str, *arguments: str) -> subprocess.Popen[str]:
    """Run Python code in a process of its own, with the tests on its path."""
    path = os.pathsep.join([str(TESTS), str(TESTS.parent)])
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    )


def write_version(sources: Path, version: str) -> None:
    """Ten files that all name the version."""
    for number in range(10):
        write_text(sources, f"{number}.txt", f"File {number}", f"The {version} text {number}.")


def test_a_reader_goes_on_with_the_build_that_it_opened(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """Search, documents and pages, until it is opened again."""
    write_version(sources, "first")
    ingest([str(sources)], index_folder, fake)
    reader = open_index(index_folder, load_fake)
    write_version(sources, "second")
    (sources / "9.txt").unlink()
    ingest([str(sources)], index_folder, fake)
    assert not reader.is_current
    assert len(reader.documents()) == 10
    found = search(reader, "the text", 20)
    assert sorted(one.passage.text for one in found) == [f"The first text {n}." for n in range(10)]
    again = open_index(index_folder, load_fake)
    assert again.is_current
    texts = sorted(one.passage.text for one in search(again, "the text", 20))
    assert texts == [f"The second text {n}." for n in range(9)]


def test_no_reader_ever_sees_half_a_build(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """A thread opens and searches while another one publishes eight builds.

    A build may go once a newer one has followed the next: each search is given that time.
    """
    write_version(sources, "v0")
    ingest([str(sources)], index_folder, fake)
    seen: list[frozenset[str]] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            index = open_index(index_folder, load_fake)
            found = search(index, "the text", 20)
            versions = [one.passage.text.split()[1] for one in found]
            seen.append(frozenset([*versions, str(len(found))]))
            index.close()

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(1, 9):
        write_version(sources, f"v{number}")
        ingest([str(sources)], index_folder, fake)
        rounds = len(seen) + 2
        while len(seen) < rounds and reader.is_alive():
            time.sleep(0.01)
    done.set()
    reader.join()
    assert set(seen) == {frozenset({f"v{number}", "10"}) for number in range(9)}


def test_a_reader_in_another_process_finishes_its_question(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """It opened the old build, its files are deleted, it still answers from it."""
    write_version(sources, "first")
    ingest([str(sources)], index_folder, fake)
    reader = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys\nfrom pathlib import Path\nfrom support import load_fake\n"
            "from index.search import open_index, search\n"
            "index = open_index(Path(sys.argv[1]), load_fake)\n"
            "print('open', flush=True)\ninput()\n"
            "print({r.passage.text.split()[1] for r in search(index, 'the text', 20)})",
            str(index_folder),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent)])},
    )
    assert reader.stdout
    assert reader.stdout.readline() == "open\n"
    write_version(sources, "second")
    ingest([str(sources)], index_folder, fake)
    output, _ = reader.communicate("\n", timeout=60)
    assert output == "{'first'}\n"


def test_a_killed_ingest_goes_on_where_it_ended(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """Nothing is lost, nothing is embedded twice, nothing half done is shown."""
    for number in range(30):
        write_text(sources, f"{number:02}.txt", f"File {number}", f"Words number {number} here.")
    child = start(SLOW_INGEST, str(sources), str(index_folder))
    assert child.stdout
    while int(child.stdout.readline()) < 12:
        pass
    os.kill(child.pid, signal.SIGKILL)
    child.communicate()
    report = ingest([str(sources)], index_folder, fake)
    assert report.documents == 30
    assert len(report.added) == 30
    assert 1 <= len(fake.embedded) <= 30 - 12
    texts = {one.passage.text for one in search(open_index(index_folder, load_fake), "words", 50)}
    assert texts == {f"Words number {number} here." for number in range(30)}


def test_a_killed_update_leaves_the_old_build_whole(sources: Path, index_folder: Path) -> None:
    """What the next build will hold is not shown before it is published."""
    write_version(sources, "first")
    ingest([str(sources)], index_folder, FakeEmbedder())
    write_version(sources, "second")
    child = start(SLOW_INGEST, str(sources), str(index_folder))
    assert child.stdout
    while int(child.stdout.readline()) < 5:
        pass
    os.kill(child.pid, signal.SIGKILL)
    child.communicate()
    old = open_index(index_folder, load_fake)
    assert {one.passage.text.split()[1] for one in search(old, "the text", 20)} == {"first"}
    report = ingest([str(sources)], index_folder, FakeEmbedder())
    assert report.documents == 10
    new = open_index(index_folder, load_fake)
    assert {one.passage.text.split()[1] for one in search(new, "the text", 20)} == {"second"}


def test_a_second_writer_is_told_who_writes(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """The process that holds the lock is named; once it is killed the lock is free."""
    write_version(sources, "first")
    child = start(SLOW_INGEST, str(sources), str(index_folder))
    assert child.stdout
    child.stdout.readline()
    with pytest.raises(IndexBusyError, match=f"process {child.pid}"):
        ingest([str(sources)], index_folder, fake)
    os.kill(child.pid, signal.SIGKILL)
    child.communicate()
    assert (index_folder / "writer.pid").read_text() == str(child.pid)
    assert ingest([str(sources)], index_folder, fake).documents == 10


def test_a_second_writer_in_the_same_process_waits_its_turn(
    index_folder: Path, fake: FakeEmbedder
) -> None:
    """Two tabs of the app are one process."""
    with (
        open_writer(index_folder, fake, 240),
        pytest.raises(IndexBusyError, match=str(os.getpid())),
        open_writer(index_folder, fake, 240),
    ):
        pass
    with open_writer(index_folder, fake, 240) as writer:
        assert writer.current == 0


def test_publishing_leaves_no_files_of_older_builds(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """Nor what interrupted runs left behind."""
    for version in ("first", "second", "third"):
        write_version(sources, version)
        ingest([str(sources)], index_folder, fake)
        (index_folder / f"vectors-{version}.tmp").write_bytes(b"left")
        (index_folder / f"words-{version}.tmp").mkdir()
    write_version(sources, "last")
    ingest([str(sources)], index_folder, fake)
    index = open_index(index_folder, load_fake)
    build_id = index.manifest.build_id
    index.close()
    assert build_id.startswith("4-")
    assert sorted(path.name for path in index_folder.iterdir() if path.name != "writer.lock") == [
        "citewell.db",
        f"vectors-{build_id}.faiss",
        f"words-{build_id}",
    ]
