"""Derived files: a harmed, missing or old one is made again from the database."""

from pathlib import Path

import pytest
from support import FakeEmbedder, load_fake, write_text

from index import vectors, words
from index.search import open_index, search
from ingest.pipeline import ingest


def write_version(sources: Path, version: str) -> None:
    """Ten files that all name the version."""
    for number in range(10):
        write_text(sources, f"{number}.txt", f"File {number}", f"The {version} text {number}.")


def break_vectors(folder: Path) -> None:
    """Turn one byte of the FAISS file."""
    (path,) = folder.glob(f"{vectors.NAME}-*")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def cut_vectors(folder: Path) -> None:
    """Keep half of the FAISS file."""
    (path,) = folder.glob(f"{vectors.NAME}-*")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def delete_vectors(folder: Path) -> None:
    """The FAISS file has gone."""
    (path,) = folder.glob(f"{vectors.NAME}-*")
    path.unlink()


def break_words(folder: Path) -> None:
    """Overwrite the largest file of the tantivy folder."""
    (path,) = folder.glob(f"{words.NAME}-*")
    largest = max(path.iterdir(), key=lambda part: part.stat().st_size)
    largest.write_bytes(b"\0" * largest.stat().st_size)


def delete_words(folder: Path) -> None:
    """One file of the tantivy folder has gone."""
    (path,) = folder.glob(f"{words.NAME}-*")
    next(iter(sorted(path.glob("*.term")))).unlink()


@pytest.mark.parametrize(
    "harm", [break_vectors, cut_vectors, delete_vectors, break_words, delete_words]
)
def test_a_harmed_derived_file_is_made_again_from_the_database(
    sources: Path,
    index_folder: Path,
    fake: FakeEmbedder,
    caplog: pytest.LogCaptureFixture,
    harm: object,
) -> None:
    """The results are the same, with a warning; the next ingest repairs the file."""
    write_version(sources, "first")
    ingest([str(sources)], index_folder, fake)

    def answers() -> list[tuple[str, float]]:
        index = open_index(index_folder, load_fake)
        found = search(index, "the text 7", 20)
        index.close()
        return [(one.passage.text, one.score) for one in found]

    right = answers()
    assert not caplog.records
    harm(index_folder)  # ty: ignore[call-non-callable]
    assert answers() == right
    assert "missing, damaged or old" in caplog.text
    caplog.clear()
    report = ingest([str(sources)], index_folder, fake)
    assert (len(report.unchanged), report.embedded) == (10, 0)
    assert answers() == right
    assert not caplog.records


def test_an_old_derived_file_is_not_believed(
    sources: Path, index_folder: Path, fake: FakeEmbedder, caplog: pytest.LogCaptureFixture
) -> None:
    """A sound file of an earlier build, put back under the name of the new one."""
    write_version(sources, "first")
    ingest([str(sources)], index_folder, fake)
    (old,) = index_folder.glob("vectors-*")
    kept = old.read_bytes()
    write_version(sources, "second")
    ingest([str(sources)], index_folder, fake)
    (new,) = index_folder.glob("vectors-*")
    new.write_bytes(kept)
    found = search(open_index(index_folder, load_fake), "the text 7", 20)
    assert {one.passage.text for one in found} == {f"The second text {n}." for n in range(10)}
    assert "missing, damaged or old" in caplog.text
