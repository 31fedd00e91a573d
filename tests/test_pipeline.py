"""The whole way: only what changed is read, nothing is lost, one bad file stops nothing."""

import os
from pathlib import Path

import pytest
from support import DATA, LIBRARY, FakeEmbedder, load_fake, names, texts, write_text

from index.database import open_database
from index.search import open_index, search
from ingest.pipeline import IngestReport, ingest

PARTS = "First part\n----------\n\nOne stays.\n\nSecond part\n-----------\n\n{}"


def test_the_first_run_adds_everything(index_folder: Path, fake: FakeEmbedder) -> None:
    """And reports what the index holds."""
    report = ingest([str(LIBRARY)], index_folder, fake)
    assert len(report.added) == report.documents == 5
    assert report.passages == len(texts(index_folder)) == report.embedded
    assert (report.updated, report.removed, report.unchanged, report.failed) == ((), (), (), ())


def test_a_second_run_embeds_and_publishes_nothing(index_folder: Path, fake: FakeEmbedder) -> None:
    """The index stays as it is, to the byte."""
    ingest([str(LIBRARY)], index_folder, fake)
    fake.embedded.clear()
    before = open_database(index_folder).read_manifest()
    report = ingest([str(LIBRARY)], index_folder, fake)
    assert (len(report.unchanged), report.embedded, fake.embedded) == (5, 0, [])
    assert open_database(index_folder).read_manifest() == before


def test_a_changed_file_replaces_its_passages(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """Only the changed ones are embedded."""
    write_text(sources, "a.txt", "Title", PARTS.format("Two was so."))
    ingest([str(sources)], index_folder, fake)
    fake.embedded.clear()
    write_text(sources, "a.txt", "Title", PARTS.format("Two is now otherwise."))
    report = ingest([str(sources)], index_folder, fake)
    assert names(report.updated) == ["a.txt"]
    assert fake.embedded == ["Title \u203a Second part. Two is now otherwise."]
    assert texts(index_folder) == ["One stays.", "Two is now otherwise."]


def test_a_touched_file_is_unchanged(sources: Path, index_folder: Path, fake: FakeEmbedder) -> None:
    """Its bytes count, not its date."""
    path = write_text(sources, "a.txt", "Title", "Some text.")
    ingest([str(sources)], index_folder, fake)
    os.utime(path, (1, 1))
    assert names(ingest([str(sources)], index_folder, fake).unchanged) == ["a.txt"]


def test_a_removed_file_goes(sources: Path, index_folder: Path, fake: FakeEmbedder) -> None:
    """When its folder is read; not when another file is."""
    write_text(sources, "a.txt", "Title", "The first.")
    gone = write_text(sources, "b.txt", "Title", "The second.")
    ingest([str(sources)], index_folder, fake)
    gone.unlink()
    assert ingest([str(sources / "a.txt")], index_folder, fake).removed == ()
    report = ingest([str(sources)], index_folder, fake)
    assert names(report.removed) == ["b.txt"]
    assert texts(index_folder) == ["The first."]


def test_an_ignored_file_goes(sources: Path, index_folder: Path, fake: FakeEmbedder) -> None:
    """As if it had been removed."""
    write_text(sources, "a.txt", "Title", "The first.")
    write_text(sources, "b.txt", "Title", "The second.")
    ingest([str(sources)], index_folder, fake)
    (sources / ".citewellignore").write_text("b.txt\n")
    assert names(ingest([str(sources)], index_folder, fake).removed) == ["b.txt"]


def test_an_empty_folder_removes_nothing(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """A disk that is not mounted looks the same."""
    path = write_text(sources, "a.txt", "Title", "The text.")
    ingest([str(sources)], index_folder, fake)
    path.unlink()
    report = ingest([str(sources)], index_folder, fake)
    assert (report.removed, report.documents) == ((), 1)
    assert "nothing removed" in dict(report.failed)[str(sources)]
    assert texts(index_folder) == ["The text."]


def test_a_source_that_fails_keeps_its_earlier_version(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """And is read again as soon as it is whole."""
    path = sources / "a.pdf"
    path.write_bytes((DATA / "report.pdf").read_bytes())
    ingest([str(sources)], index_folder, fake)
    before = texts(index_folder)
    path.write_bytes(b"%PDF-1.7 broken")
    report = ingest([str(sources)], index_folder, fake)
    assert "earlier version stays" in dict(report.failed)[str(path)]
    assert (report.documents, texts(index_folder)) == (1, before)
    path.write_bytes((DATA / "two_columns.pdf").read_bytes())
    assert names(ingest([str(sources)], index_folder, fake).updated) == ["a.pdf"]
    assert texts(index_folder) != before


def test_one_bad_file_never_stops_the_others(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """Of every kind, in between good ones."""
    bad = {
        "01.pdf": b"%PDF-1.7",
        "03.pdf": b"",
        "05.html": b"\0\1\2",
        "07.md": b"---\ndate: 2024-99-99\n---\n",
        "09.docx": b"PK",
        "11.txt": bytes(range(128, 256)),
        "13.txt": b"Title\n\nReferences\n----------\n\nLee. A paper.\n",
        "15": b"text",
    }
    for name, content in bad.items():
        (sources / name).write_bytes(content)
    for number in range(0, 18, 2):
        write_text(sources, f"{number:02}.txt", "Title", f"Text number {number}.")
    (sources / "17.txt").symlink_to(sources / "nowhere")
    report = ingest([str(sources)], index_folder, fake)
    assert len(report.added) == 9
    assert sorted(names(tuple(source for source, _ in report.failed))) == [*sorted(bad), "17.txt"]
    assert all(reason for _, reason in report.failed)


def test_failures_are_remembered_until_they_end(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """For the library page: read now, removed, or still failing."""
    for name in ("mended.txt", "removed.txt", "stays.txt"):
        (sources / name).write_bytes(b"")
    write_text(sources, "good.txt", "Title", "Text.")
    ingest([str(sources), "/no/such/file"], index_folder, fake)

    def failures() -> list[str]:
        return sorted(names(tuple(open_database(index_folder).failures())))

    assert failures() == ["file", "mended.txt", "removed.txt", "stays.txt"]
    write_text(sources, "mended.txt", "Title", "Whole again.")
    (sources / "removed.txt").unlink()
    ingest([str(sources / "good.txt")], index_folder, fake)
    assert failures() == ["file", "mended.txt", "removed.txt", "stays.txt"]
    ingest([str(sources)], index_folder, fake)
    assert failures() == ["file", "stays.txt"]


def test_a_name_that_is_no_utf8_is_indexed(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """And reported, in a form that can be printed."""
    path = os.fsencode(sources) + b"/caf\xe9.txt"
    with open(path, "w") as file:  # noqa: PTH123
        file.write("Title\n\nThe text.")
    report = ingest([str(sources), "gone\udce9.txt"], index_folder, fake)
    assert (len(report.added), len(report.failed)) == (1, 1)
    assert str(report).encode("utf-8")


def test_progress_is_told_before_each_source(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """Which one, how many are done, how many there are."""
    for name in ("a.txt", "b.txt", "c.txt"):
        write_text(sources, name, "Title", f"Text of {name}.")
    told: list[tuple[str, int, int]] = []
    ingest(
        [str(sources)],
        index_folder,
        fake,
        lambda source, done, total: told.append((Path(source).name, done, total)),
    )
    # One that keeps us waiting is told again.
    assert list(dict.fromkeys(told)) == [("a.txt", 0, 3), ("b.txt", 1, 3), ("c.txt", 2, 3)]


@pytest.mark.parametrize("arguments", [[], ["/no/such/file"]])
def test_nothing_to_read_makes_no_build(
    index_folder: Path, fake: FakeEmbedder, arguments: list[str]
) -> None:
    """But it is reported."""
    report = ingest(arguments, index_folder, fake)
    failed = tuple((name, reason) for name, reason in report.failed)
    assert report == IngestReport(failed=failed)
    assert [name for name, _ in failed] == arguments


def test_a_citation_leads_to_its_place(index_folder: Path, fake: FakeEmbedder) -> None:
    """Page, label, heading and range of a passage of a PDF."""
    ingest([str(DATA / "report.pdf")], index_folder, fake)
    index = open_index(index_folder, load_fake)
    passage = search(index, "windows that shut well halved the effect", 1)[0].passage
    assert (passage.page, passage.page_label, passage.heading) == (3, "iii", "3 What was found")
    page = index.database.pages(passage.document_id, index.manifest.build)[passage.page - 1]
    assert page.text[passage.start : passage.end] == passage.text
    index.close()
