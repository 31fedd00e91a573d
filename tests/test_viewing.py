"""Viewing: which document, page and passage an address means."""

from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from support import FakeEmbedder, load_fake, write_text

from index.documents import Document
from index.search import Index, open_index, search
from index.sentences import Span, sentence_spans
from ingest.pipeline import ingest
from search_app.links import FINGERPRINT_LENGTH, viewer_link
from search_app.original_files import original_file
from search_app.question_marks import marks_of_question
from search_app.viewing import page_marks, resolve_view

DATA = Path(__file__).parent / "data"


@pytest.fixture
def library(sources: Path, index_folder: Path, fake: FakeEmbedder) -> Index:
    """A text and a PDF of several pages."""
    write_text(sources, "sleep.txt", "Sleep", "Sleep helps. Vaccines work well after sleep.")
    (sources / "report.pdf").write_bytes((DATA / "report.pdf").read_bytes())
    report = ingest([str(sources)], index_folder, fake)
    assert len(report.added) == 2
    return open_index(index_folder, load_fake)


def document_of(library: Index, kind: str) -> Document:
    """The one document of that kind."""
    return next(document for document in library.documents() if document.kind == kind)


def test_passage_leads_to_its_place_in_the_text(library: Index) -> None:
    """The cited range and the best sentence, counted in the page."""
    found = search(library, "vaccines work well after sleep", 1)[0]
    parameters = {"passage": str(found.passage.id), "q": "Vaccines work well after sleep"}
    view = resolve_view(library, parameters)
    assert view is not None
    assert view.cited_in_page == Span(found.passage.start, found.passage.end)
    mark = view.mark_in_page
    assert mark is not None
    assert view.page.text[mark.start : mark.end] == "Vaccines work well after sleep."


def test_passage_without_a_question_has_no_mark(library: Index) -> None:
    """Nothing says which of its sentences was meant."""
    key = str(search(library, "sleep", 1)[0].passage.id)
    for parameters in ({"passage": key}, {"passage": key, "q": "  "}):
        view = resolve_view(library, parameters)
        assert view is not None
        assert view.cited is not None
        assert view.mark_in_page is None


def test_passage_of_a_pdf_opens_its_page(library: Index) -> None:
    """For each passage of the file."""
    paper = document_of(library, "pdf")
    cited = [library.passage(key) for key in library.database.passage_keys(1)]
    of_paper = [found for found in cited if found and found.document.id == paper.id]
    assert len(of_paper) > 1
    for found in of_paper:
        view = resolve_view(library, {"passage": str(found.passage.id)})
        assert view is not None
        assert view.page.number == found.passage.page


def test_another_page_can_be_turned_to_and_cites_nothing(library: Index) -> None:
    """The passage stands on its own page only."""
    paper = document_of(library, "pdf")
    pages = library.database.pages(paper.id, 1)
    cited = next(
        found
        for key in sorted(library.database.passage_keys(1))
        if (found := library.passage(key)) and found.passage.page == pages[0].number
    )
    view = resolve_view(library, {"passage": str(cited.passage.id), "page": "2"})
    assert view is not None
    assert (view.page.number, view.cited, view.cited_in_page) == (2, None, None)


def test_document_opens_by_the_start_of_its_fingerprint(library: Index) -> None:
    """At its first page."""
    paper = document_of(library, "pdf")
    view = resolve_view(library, {"doc": paper.fingerprint[:FINGERPRINT_LENGTH]})
    assert view is not None
    assert (view.document.id, view.position, view.cited) == (paper.id, 0, None)


def test_address_names_the_sentence_that_was_quoted(library: Index) -> None:
    """Which need not be the best one for the question; its range is counted in the passage."""
    found = search(library, "vaccines work well after sleep", 1)[0]
    first = found.passage.text.index(".") + 1
    link = viewer_link(found, {"q": ["vaccines work well after sleep"]}, Span(0, first))
    view = resolve_view(library, dict(parse_qsl(urlsplit(link).query)))
    assert view is not None
    assert view.mark == Span(0, first)
    unasked = resolve_view(library, {"passage": str(found.passage.id), "mark": f"0-{first}"})
    assert unasked is not None
    assert unasked.mark == Span(0, first)


@pytest.mark.parametrize(
    "mark", ["", "5", "5-5", "9-2", "0-99999", "-1-3", "a-b", "1-2-3", "\u0661-9"]
)
def test_range_that_is_none_leaves_the_best_sentence(library: Index, mark: str) -> None:
    """Anyone can write an address."""
    found = search(library, "vaccines work well after sleep", 1)[0]
    parameters = {"passage": str(found.passage.id), "q": "Vaccines work well after sleep"}
    plain = resolve_view(library, parameters)
    odd = resolve_view(library, {**parameters, "mark": mark})
    assert plain is not None
    assert odd == plain


def test_too_long_a_question_marks_nothing(library: Index) -> None:
    """The document is shown all the same."""
    key = str(search(library, "sleep", 1)[0].passage.id)
    view = resolve_view(library, {"passage": key, "q": "sleep " * 1_000})
    assert view is not None
    assert (view.mark, view.also) == (None, ())


def test_what_else_the_question_finds_is_told_page_by_page(library: Index) -> None:
    """In reading order, without the passage that the address names."""
    paper = document_of(library, "pdf")
    marks = marks_of_question(library, paper.id, "noise at night and the heart")
    pages = [one.found.passage.page for one in marks]
    assert len(marks) > 1
    assert pages == sorted(pages, key=lambda page: page or 0)
    named = marks[0].found
    view = resolve_view(
        library, {"passage": str(named.passage.id), "q": "noise at night and the heart"}
    )
    assert view is not None
    assert view.mark == marks[0].mark
    assert [one.text for one in view.also] == [one.text for one in marks[1:]]
    here = [one for one in marks[1:] if one.found.passage.page == named.passage.page]
    assert list(view.also_here) == here
    assert all(
        view.pages[(one.found.passage.page or 1) - 1].text[one.in_page.start : one.in_page.end]
        == one.text
        for one in marks
    )


def test_what_is_no_sentence_is_not_told_as_found(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """A list of authors can be near to a question by its words."""
    authors = "Ann Sleep 1,2, Ben Night 3, Cleo Noise 4 and Dora Heart 5"
    said = "Noise at night disturbs sleep and burdens the heart in many people."
    write_text(sources, "noise.txt", "Noise", f"{authors}\n\n{said}")
    ingest([str(sources)], index_folder, fake)
    library = open_index(index_folder, load_fake)
    (document,) = library.documents()
    question = "noise at night, sleep and the heart"
    assert [one.text for one in marks_of_question(library, document.id, question)] == [said]


def test_document_without_a_named_passage_still_shows_what_the_question_finds(
    library: Index,
) -> None:
    """As from a section's link."""
    doc = document_of(library, "pdf").fingerprint[:FINGERPRINT_LENGTH]
    view = resolve_view(library, {"doc": doc, "q": "noise at night and the heart"})
    assert view is not None
    assert view.also
    assert [mark.kind for mark in page_marks(view)] == ["also"] * len(view.also_here)


def test_marks_of_a_page_are_the_cited_sentence_its_passage_and_the_rest(library: Index) -> None:
    """The cited sentence comes last: it lies over the others."""
    paper = document_of(library, "pdf")
    found = next(
        one
        for key in sorted(library.database.passage_keys(1))
        if (one := library.passage(key)) and one.document.id == paper.id
    )
    spans = sentence_spans(found.passage.text)
    assert len(spans) > 1
    link = viewer_link(found, mark=spans[1])
    view = resolve_view(library, dict(parse_qsl(urlsplit(link).query)))
    assert view is not None
    marks = page_marks(view)
    assert [mark.kind for mark in marks] == ["passage"] * (len(spans) - 1) + ["cited"]
    assert marks[-1].text == found.passage.text[spans[1].start : spans[1].end]
    assert all(0 <= mark.near < 1 for mark in marks)


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"passage": ""},
        {"passage": "x"},
        {"passage": "-1"},
        {"passage": "1.5"},
        {"passage": "999999"},
        {"passage": "9" * 30},
        {"passage": "9" * 5000},
        {"passage": "\u00b2"},
        {"passage": "1 OR 1=1"},
        {"doc": ""},
        {"doc": "%"},
        {"doc": "/etc/passwd"},
        {"doc": "0" * FINGERPRINT_LENGTH},
    ],
)
def test_nonsense_leads_nowhere(library: Index, parameters: dict[str, str]) -> None:
    """And raises nothing."""
    assert resolve_view(library, parameters) is None


def test_too_short_a_fingerprint_leads_nowhere(library: Index) -> None:
    """It could mean several documents."""
    for document in library.documents():
        assert resolve_view(library, {"doc": document.fingerprint[:15]}) is None


@pytest.mark.parametrize("page", ["0", "99", "x", "-1", "9" * 5000])
def test_page_that_does_not_exist_opens_the_first(library: Index, page: str) -> None:
    """Of the document that the address names."""
    doc = document_of(library, "pdf").fingerprint[:FINGERPRINT_LENGTH]
    view = resolve_view(library, {"doc": doc, "page": page})
    assert view is not None
    assert view.position == 0


def test_original_file_is_used_while_it_is_the_same(library: Index) -> None:
    """It is shown as it was read."""
    paper = document_of(library, "pdf")
    assert original_file(paper) == Path(paper.id)


def test_changed_file_is_not_used(library: Index) -> None:
    """Its pages may say something else now."""
    paper = document_of(library, "pdf")
    with Path(paper.id).open("ab") as file:
        file.write(b"\n")
    assert original_file(paper) is None


def test_file_that_has_gone_is_not_used(library: Index) -> None:
    """Or that a folder has taken the place of."""
    paper = document_of(library, "pdf")
    Path(paper.id).unlink()
    assert original_file(paper) is None
    Path(paper.id).mkdir()
    assert original_file(paper) is None


def test_web_page_has_no_file() -> None:
    """Its address is no path."""
    assert original_file(Document("https://example.org/a", "A", "https://example.org/a")) is None
