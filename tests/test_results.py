"""What the page is given: citations that say who, when and where, ways to the place, plain text."""

import json
from dataclasses import replace

import pytest

from index.documents import Document, Passage, RankedPassage
from index.sentences import Span
from search_app.answering import Answer
from search_app.finding import Findings
from search_app.narrowing import narrowed
from search_app.ordering import Order
from search_app.quotes import Quote
from search_app.results import collectable, results_of
from search_app.spelling import Suggestion

TEXT = "Colds <b>last</b> long. Stress makes them last longer."
SAID = Span(24, len(TEXT))
FOUR = ["Sheldon Cohen", "Denise Janicki-Deverts", "William J. Doyle", "Gregory E. Miller"]


def found_of(document: Document, page: int | None = None, label: str | None = None) -> Findings:
    """What is found where one passage of a document answers."""
    passage = Passage(1, document.id, 0, TEXT, page=page, end=len(TEXT), page_label=label)
    found = RankedPassage(1, 0.5, passage, document)
    quote = Quote(TEXT[SAID.start : SAID.end], found, SAID.start, SAID.end)
    marks = {found.passage.id: SAID}
    return Findings("are colds long?", [found], marks, (), 1.0, {}, "", Answer((quote,)))


def paper(authors: list[str], date: str = "2012-04-02") -> Document:
    """A PDF of the reader's own."""
    link = "file:///home/me/cold.pdf"
    facts: dict[str, object] = {"authors": authors, "date": date, "kind": "pdf"}
    return Document(
        "/home/me/cold.pdf", "Stress and the common cold again", link, (), "f" * 64, facts
    )


@pytest.mark.parametrize(
    ("authors", "page", "label", "cited"),
    [
        (FOUR, 3, None, "Cohen et al., 2012, p. 3"),
        (FOUR[:2], 3, "5997", "Cohen and Janicki-Deverts, 2012, p. 5997"),
        (["Marsland AL"], None, None, "Marsland, 2012"),
        ([], 3, None, "Stress and the common cold\u2026, 2012, p. 3"),
    ],
)
def test_quote_is_cited_by_author_year_and_page(
    authors: list[str], page: int | None, label: str | None, cited: str
) -> None:
    """The printed page where the file states one, the title where it names nobody."""
    (quote,) = results_of(found_of(paper(authors), page, label))["quotes"]
    assert quote["source"]["text"] == cited
    assert quote["source"]["href"].startswith("document?passage=")
    assert quote["rank"] == 1


def test_passage_is_plain_text_in_three_parts() -> None:
    """Before the quoted sentence, the sentence, after it; nothing is HTML, nothing is lost."""
    results = results_of(found_of(paper(FOUR), 3))
    (card,) = results["cards"]
    (passage,) = card["passages"]
    assert passage["parts"] == [TEXT[:24], TEXT[24:], ""]
    assert card["reference"].startswith(
        "Cohen S, Janicki-Deverts D, Doyle WJ, Miller GE. Stress and"
    )
    assert card["address"] == "File: cold.pdf"
    assert "/home/me" not in json.dumps(results)


def test_web_page_opens_elsewhere_at_the_sentence() -> None:
    """With its address on paper."""
    page = Document(
        "https://example.org/cold", "Colds", "https://example.org/cold", (), "", {"kind": "html"}
    )
    (card,) = results_of(found_of(page))["cards"]
    assert card["title"]["elsewhere"] is True
    assert card["title"]["href"].startswith("https://example.org/cold#:~:text=Stress%20makes")
    assert card["address"] == "https://example.org/cold"


def test_what_may_be_meant_is_asked_with_all_that_was_chosen() -> None:
    """The words that were exchanged stand apart, to be seen."""
    suggestion = Suggestion("are colds & fevers long?", (Span(4, 9), Span(12, 18)))
    findings = replace(
        found_of(paper(FOUR)),
        suggestion=suggestion,
        narrowing=narrowed({"kind": ["pdf"]}),
        order=Order.NEWEST,
    )
    assert results_of(findings)["suggestion"] == {
        "href": "./?q=are+colds+%26+fevers+long%3F&kind=pdf&order=newest",
        "text": "are colds & fevers long?",
        "elsewhere": False,
        "parts": ["are ", "colds", " & ", "fevers", " long?"],
    }
    assert results_of(found_of(paper(FOUR)))["suggestion"] is None


def test_each_id_leads_back_to_what_it_stands_for() -> None:
    """The quote and its passage are one where the same sentence is marked."""
    findings = found_of(paper(FOUR), 3)
    results = results_of(findings)
    ids = {results["quotes"][0]["id"], results["cards"][0]["passages"][0]["id"]}
    assert collectable(findings) == {ids.pop(): (findings.ranked[0], SAID)}
    assert ids == set()


def test_that_nothing_answers_is_said_of_what_was_searched() -> None:
    """Of the library, or only of what passes the filters."""
    unanswered = replace(found_of(paper(FOUR)), answer=Answer(()))
    assert results_of(unanswered)["nothing"]["says"] == "Nothing in the library answers this."
    narrowed_down = replace(unanswered, narrowing=narrowed({"kind": ["pdf"]}))
    says = results_of(narrowed_down)["nothing"]["says"]
    assert says == "Nothing that passes the filters answers this."
