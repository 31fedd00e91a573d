"""The same content under several names: indexed once, never lost."""

from contextlib import closing
from pathlib import Path

from support import FakeEmbedder, load_fake, names, texts, write_text

from index.database import open_database
from index.locations import other_places
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


def test_the_same_text_in_another_format_is_one_document_in_two_places(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """The bytes differ; the second run reads neither again."""
    write_text(sources, "a.txt", "Sleep", "Sleep helps immune cells.")
    (sources / "b.md").write_text("# Sleep\n\nSleep helps *immune* cells.\n")
    for _ in range(2):
        report = ingest([str(sources)], index_folder, fake)
        assert [names(pair) for pair in report.duplicates] == [["b.md", "a.txt"]]
        assert report.documents == 1
    with closing(open_database(index_folder)) as database:
        assert names(tuple(other_places(database, str(sources / "a.txt")))) == ["b.md"]
    fake.embedded.clear()
    (sources / "a.txt").unlink()
    report = ingest([str(sources)], index_folder, fake)
    assert (names(report.added), names(report.removed)) == (["b.md"], ["a.txt"])
    assert (fake.embedded, texts(index_folder)) == ([], ["Sleep helps immune cells."])


def test_a_place_that_goes_is_forgotten(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """The document stays."""
    for name in ("a.txt", "b.txt"):
        write_text(sources, name, "Title", "The text.")
    ingest([str(sources)], index_folder, fake)
    (sources / "b.txt").unlink()
    report = ingest([str(sources)], index_folder, fake)
    assert (names(report.unchanged), report.removed, report.documents) == (["a.txt"], (), 1)
    with closing(open_database(index_folder)) as database:
        assert other_places(database, str(sources / "a.txt")) == []


def test_the_same_words_under_another_title_are_another_document(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """Of two diseases an institute may say the same."""
    for name in ("Flu", "Measles"):
        write_text(sources, f"{name}.txt", name, "It spreads by coughing.")
    report = ingest([str(sources)], index_folder, fake)
    assert (report.documents, report.duplicates) == (2, ())
