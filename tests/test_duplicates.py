"""The same content under several names: indexed once, never lost."""

from pathlib import Path

from support import FakeEmbedder, load_fake, names, texts, write_text

from index.search import open_index
from ingest.pipeline import ingest


def test_the_same_content_is_indexed_once(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """Under the first name; when that goes, under the other."""
    first = write_text(sources, "a.txt", "Title", "The text.")
    write_text(sources, "b.txt", "Title", "The text.")
    report = ingest([str(sources)], index_folder, fake)
    assert names(report.added) == ["a.txt"]
    assert [names(pair) for pair in report.duplicates] == [["b.txt", "a.txt"]]
    first.unlink()
    report = ingest([str(sources)], index_folder, fake)
    assert (names(report.added), names(report.removed)) == (["b.txt"], ["a.txt"])
    assert texts(index_folder) == ["The text."]


def test_content_is_not_lost_when_its_twin_changes(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """The duplicate comes before the document that held its text, in the same run."""
    write_text(sources, "b.txt", "Title", "The text.")
    ingest([str(sources)], index_folder, fake)
    write_text(sources, "a.txt", "Title", "The text.")
    write_text(sources, "b.txt", "Title", "Something new.")
    report = ingest([str(sources)], index_folder, fake)
    assert (names(report.added), names(report.updated)) == (["a.txt"], ["b.txt"])
    assert (report.duplicates, texts(index_folder)) == ((), ["Something new.", "The text."])


def test_two_files_can_change_places(sources: Path, index_folder: Path, fake: FakeEmbedder) -> None:
    """Each has the text of the other."""
    for name, text in (("a.txt", "One."), ("b.txt", "Two.")):
        write_text(sources, name, name, text)
    ingest([str(sources)], index_folder, fake)
    first, second = (sources / "a.txt").read_bytes(), (sources / "b.txt").read_bytes()
    (sources / "a.txt").write_bytes(second)
    (sources / "b.txt").write_bytes(first)
    report = ingest([str(sources)], index_folder, fake)
    assert sorted(names(report.updated)) == ["a.txt", "b.txt"]
    index = open_index(index_folder, load_fake)
    assert {Path(one.id).name: one.title for one in index.documents()} == {
        "a.txt": "b.txt",
        "b.txt": "a.txt",
    }


def test_a_moved_file_is_found_under_its_new_name(
    tmp_path: Path, sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """Its old link would lead nowhere."""
    path = write_text(tmp_path, "a.txt", "Title", "The text.")
    ingest([str(path)], index_folder, fake)
    path.rename(sources / "b.txt")
    report = ingest([str(sources)], index_folder, fake)
    assert (names(report.added), names(report.removed)) == (["b.txt"], ["a.txt"])
    assert (report.duplicates, report.documents) == ((), 1)
