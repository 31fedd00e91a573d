"""Corrected descriptions: laid over what readers found, kept through every ingest."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from samples import PDF_FILE
from support import FakeEmbedder, load_fake, names, texts, write_text

from index.corrections import checked_fields, corrected, save_correction
from index.database import open_database
from index.documents import Document
from index.errors import CorrectionError
from index.search import open_index
from ingest.pipeline import IngestReport, ingest
from search_app.correcting import correct, is_corrected, shown_fields, take_back
from search_app.evidence.studies import Group, read_study


def document_in(folder: Path) -> Document:
    """The only document of an index."""
    with closing(open_database(folder)) as database:
        (document,) = database.documents(database.read_manifest().build)
    return document


@pytest.fixture
def article(sources: Path, index_folder: Path, fake: FakeEmbedder) -> Iterator[Path]:
    """A file that has been read."""
    path = write_text(sources, "a.txt", "Draft", "Sleep helps immune cells.")
    ingest([str(sources)], index_folder, fake)
    fake.embedded.clear()
    yield path
    # A description is no reason to embed anything again.
    assert fake.embedded in ([], ["Draft. Sleep helps all cells."])


def read_again(article: Path, index_folder: Path, fake: FakeEmbedder) -> IngestReport:
    """Ingest the folder of a file once more."""
    return ingest([str(article.parent)], index_folder, fake)


def test_later_corrections_count_more_and_say_where_they_are_from() -> None:
    """What nobody corrected keeps its origin."""
    document = Document(
        "a", "Read", "", metadata={"doi": "1", "date": "2", "origins": {"doi": "PDF info"}}
    )
    both = [("sidecar", {"title": "One", "date": "2023"}), ("by hand", {"title": "Two"})]
    seen = corrected(document, both)
    assert (seen.title, seen.date, seen.metadata["doi"]) == ("Two", "2023", "1")
    assert seen.metadata["origins"] == {"doi": "PDF info", "title": "by hand", "date": "sidecar"}


def test_fields_are_brought_to_one_form() -> None:
    """Lists from one text, a DOI from its address, no line breaks."""
    fields = {
        "authors": "Ada Byron;  Bo\nLi ",
        "doi": "https://doi.org/10.1000/182",
        "title": "A\nb",
    }
    assert checked_fields(fields) == {
        "authors": ["Ada Byron", "Bo", "Li"],
        "doi": "10.1000/182",
        "title": "A b",
    }


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("date", "May 2024"),
        ("date", "2024-13"),
        ("doi", "182"),
        ("title", " "),
        ("language", "English!"),
        ("colour", "red"),
    ],
)
def test_what_cannot_be_right_is_refused_by_name(field: str, value: str) -> None:
    """So that a slip of the hand does not stand in the library."""
    with pytest.raises(CorrectionError, match=f"(?i){field}"):
        checked_fields({field: value})


def test_a_correction_by_hand_outlasts_an_ingest_of_the_changed_file(
    article: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """It is seen at once, and by the search for words after the next ingest."""
    document = document_in(index_folder)
    filled_in = {**shown_fields(document), "title": "Nightingale", "tags": "sleep; cells"}
    assert correct(index_folder, document, filled_in)
    assert document_in(index_folder).title == "Nightingale"
    read_again(article, index_folder, fake)
    with closing(open_index(index_folder, load_fake)) as index:
        assert len(index.words.search("nightingale", 5)) == 1
    write_text(article.parent, "a.txt", "Draft", "Sleep helps all cells.")
    read_again(article, index_folder, fake)
    seen = document_in(index_folder)
    assert (seen.title, seen.metadata["tags"]) == ("Nightingale", ["sleep", "cells"])
    assert is_corrected(seen)
    take_back(index_folder, seen)
    assert (document_in(index_folder).title, is_corrected(document_in(index_folder))) == (
        "Draft",
        False,
    )


def test_a_form_saved_as_it_was_corrects_nothing(article: Path, index_folder: Path) -> None:
    """A later reader may find more than this one."""
    document = document_in(article and index_folder)
    assert not correct(index_folder, document, shown_fields(document))
    assert not is_corrected(document_in(index_folder))


def test_a_correction_goes_with_a_file_that_moves(
    article: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """Its id is its path, but its reader's work is kept."""
    with closing(open_database(index_folder)) as database:
        save_correction(database, str(article), {"title": "Nightingale"})
    article.rename(article.with_name("b.txt"))
    report = read_again(article, index_folder, fake)
    assert (names(report.added), names(report.removed)) == (["b.txt"], ["a.txt"])
    assert document_in(index_folder).title == "Nightingale"


def test_a_sidecar_corrects_without_being_a_document(
    article: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """When it is changed or deleted, so is what it says."""
    sidecar = article.with_name("a.txt.meta.yaml")
    sidecar.write_text("title: Better\ndate: 2024-05-01\nauthors: [Ada Byron]\nlanguage: de\n")
    report = read_again(article, index_folder, fake)
    assert (names(report.unchanged), report.failed, report.embedded) == (["a.txt"], (), 0)
    seen = document_in(index_folder)
    assert (seen.title, seen.date, seen.authors) == ("Better", "2024-05-01", ["Ada Byron"])
    assert seen.metadata["origins"]["title"] == "sidecar a.txt.meta.yaml"
    sidecar.write_text('{"title": "Best"}')
    read_again(article, index_folder, fake)
    assert (document_in(index_folder).title, document_in(index_folder).date) == ("Best", "")
    sidecar.unlink()
    read_again(article, index_folder, fake)
    assert document_in(index_folder).title == "Draft"


def test_a_study_is_read_as_its_sidecar_says(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """What the evidence line counts by has the same names there as here."""
    write_text(sources, "a.txt", "Noise", "Noise is bad for sleep.")
    (sources / "a.txt.meta.yaml").write_text(
        "study_type: cohort\nspecies: human\nsize: '120'\n", "utf-8"
    )
    ingest([str(sources)], index_folder, fake)
    study = read_study(document_in(index_folder), ())
    assert (study.kind.value, study.subjects.value, study.size.value) == ("cohort", "human", "120")
    assert study.group is Group.HUMAN


def test_a_table_corrects_many_and_a_files_own_sidecar_counts_more(
    article: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """As a spreadsheet saves it: with a byte order mark, empty cells and semicolons."""
    table = article.with_name("citewell-metadata.csv")
    table.write_text("\ufefffile;title;date;doi\na.txt;From the table;2024;\n", "utf-8")
    article.with_name("a.txt.meta.json").write_text('{"title": "Its own"}')
    assert read_again(article, index_folder, fake).failed == ()
    assert (document_in(index_folder).title, document_in(index_folder).date) == ("Its own", "2024")


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("a.txt.meta.yaml", "title: [", "not YAML"),
        ("a.txt.meta.yaml", "date: soon", "date"),
        ("citewell-metadata.csv", "name,title\na.txt,X\n", 'no column "file"'),
        ("citewell-metadata.csv", "file,date\nb.txt,2024\na.txt,soon\n", "line 3"),
    ],
)
def test_a_wrong_sidecar_is_named_and_loses_nothing(
    article: Path, index_folder: Path, fake: FakeEmbedder, name: str, text: str, reason: str
) -> None:
    """The document stays as it was read."""
    article.with_name(name).write_text(text)
    ((source, said),) = read_again(article, index_folder, fake).failed
    assert (Path(source).name, reason in said) == (name, True)
    assert (document_in(index_folder).title, texts(index_folder)) == (
        "Draft",
        ["Sleep helps immune cells."],
    )


def test_a_document_without_corrections_is_as_it_was_read() -> None:
    """Taken back leaves no trace."""
    assert corrected(PDF_FILE, [("by hand", {})]) == PDF_FILE
