"""Links: a source opens at the cited place, and nowhere else."""

from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import PDF_FILE, WEB_PAGE, ranked

from index.sentences import Span
from search_app.links import document_link, file_link, open_link, text_fragment, viewer_link


def test_short_sentence_is_named_whole() -> None:
    """Up to ten words: five at each end."""
    text = "one two three four five six seven eight nine ten"
    assert text_fragment(text) == "#:~:text=" + text.replace(" ", "%20")


def test_long_sentence_is_named_by_its_first_and_last_five_words() -> None:
    """A note mark in the middle then does no harm."""
    text = "one two three four five six seven eight nine ten eleven"
    ends = "one%20two%20three%20four%20five,seven%20eight%20nine%20ten%20eleven"
    assert text_fragment(text) == f"#:~:text={ends}"


@pytest.mark.parametrize(
    ("text", "encoded"),
    [
        ("long-term", "long%2Dterm"),
        ("first, second", "first%2C%20second"),
        ("this & that", "this%20%26%20that"),
        ("50% #1", "50%25%20%231"),
        ("\u03b1-helix", "%CE%B1%2Dhelix"),
    ],
)
def test_characters_with_a_meaning_in_the_directive_are_encoded(text: str, encoded: str) -> None:
    """A dash, a comma or an ampersand would end the text."""
    assert text_fragment(text) == f"#:~:text={encoded}"


def test_line_breaks_become_spaces() -> None:
    """As a browser shows them."""
    assert text_fragment("one\n two") == "#:~:text=one%20two"


@given(st.text(min_size=1).filter(str.strip))
def test_fragment_holds_the_ends_of_any_text(text: str) -> None:
    """Decoded, it gives the words back; encoded, nothing in it parts the directive."""
    words = text.split()
    directive = text_fragment(text).removeprefix("#:~:text=")
    parts = [unquote(part) for part in directive.split(",")]
    ends = [words] if len(words) <= 10 else [words[:5], words[-5:]]
    assert parts == [" ".join(end) for end in ends]
    assert not set(directive) & set("-&# ")


def test_fragment_of_the_address_is_kept() -> None:
    """A second number sign would be part of the first fragment's name."""
    page = replace(WEB_PAGE, link="https://example.org/a#results")
    assert open_link(ranked("Stress rises.", page)) == (
        "https://example.org/a#results:~:text=Stress%20rises."
    )


def test_web_page_opens_at_the_marked_sentence() -> None:
    """Not at the start of the passage."""
    found = ranked("Before. Stress rises. After.")
    link = open_link(found, Span(8, 21))
    assert link == "https://example.org/stress.html#:~:text=Stress%20rises."


def test_web_page_without_a_mark_opens_at_the_passage() -> None:
    """The whole passage stands in the link."""
    assert open_link(ranked("Stress rises.")).endswith("#:~:text=Stress%20rises.")


@pytest.mark.parametrize("link", ["https://example.org/a.pdf", "https://example.org/a.pdf#page=9"])
def test_pdf_opens_at_the_page(link: str) -> None:
    """Whatever its own fragment says."""
    paper = replace(PDF_FILE, id=link, link=link)
    assert open_link(ranked("Any.", paper, page=3)) == "https://example.org/a.pdf#page=3"


def test_local_pdf_opens_at_the_page() -> None:
    """By its file address."""
    assert open_link(ranked("Any.", PDF_FILE, page=2)) == "file:///papers/sleep.pdf#page=2"


@pytest.mark.parametrize("kind", ["markdown", "text"])
def test_plain_files_open_at_their_start(kind: str) -> None:
    """No browser finds text in them by a fragment in a sure way."""
    notes = replace(WEB_PAGE, link="file:///notes.md", metadata={"kind": kind})
    assert open_link(ranked("Any.", notes)) == "file:///notes.md"


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "", "//a.org"],
)
def test_links_that_are_not_of_the_web_or_a_file_are_refused(link: str) -> None:
    """They could run as part of our page."""
    assert open_link(ranked("Any.", replace(WEB_PAGE, link=link))) == ""


def test_viewer_link_names_the_passage_and_the_question_only() -> None:
    """No path of the owner's machine stands in an address."""
    link = urlsplit(viewer_link(ranked("Any.", PDF_FILE, key=7), {"q": ["a & b?"]}))
    assert (link.path, parse_qs(link.query)) == ("document", {"passage": ["7"], "q": ["a & b?"]})


def test_document_link_names_the_start_of_the_fingerprint() -> None:
    """Sixteen characters of the SHA-256."""
    assert document_link(PDF_FILE) == f"document?doc={'b2' * 8}"


def test_document_link_can_name_a_page_and_the_question() -> None:
    """For a section of a PDF."""
    link = urlsplit(document_link(PDF_FILE, 3, {"q": ["a & b?"]}))
    assert parse_qs(link.query) == {"doc": ["b2" * 8], "page": ["3"], "q": ["a & b?"]}


def test_file_link_names_the_whole_fingerprint_and_the_page() -> None:
    """And no path."""
    assert file_link(PDF_FILE, 3) == f"source/{'b2' * 32}#page=3"
    assert file_link(PDF_FILE) == f"source/{'b2' * 32}"
