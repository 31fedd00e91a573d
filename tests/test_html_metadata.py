"""What a web page states of itself, and what it hides."""

from pathlib import Path

import pytest

from index.documents import Document
from ingest.readers import read_document
from ingest.sources import Source

FILLER = "".join(
    f"<p>Words that make this an article of its own, enough to be kept, for the {n} time.</p>"
    for n in ("first", "second", "third", "fourth", "fifth", "sixth")
)
PATH = Path("/library/a.html")


def read(head: str, body: str = FILLER) -> Document:
    """Read a page of this head."""
    page = f"<html><head>{head}</head><body><article>{body}</article></body></html>"
    return read_document(page.encode(), Source(str(PATH), PATH, PATH.as_uri()))


SCHOLARLY = """<title>Sleep | Journal</title><meta name="citation_title" content="Sleep and stress">
<meta name="citation_author" content="Byron, Ada"><meta name="citation_author" content="Bo Marsh">
<meta name="citation_publication_date" content="2021/3/5">
<meta name="citation_journal_title" content="Journal of Sleep">
<meta name="citation_doi" content="doi:10.1234/abc.5"><meta name="DC.Language" content="en-GB">
<meta name="DC.Rights" content="https://creativecommons.org/licenses/by-nc/4.0/">"""


def test_scholarly_elements_are_read() -> None:
    """Names in the order they are said in, a date as ISO, a licence by its name."""
    document = read(SCHOLARLY)
    expected = {
        "authors": ["Ada Byron", "Bo Marsh"],
        "date": "2021-03-05",
        "journal": "Journal of Sleep",
        "doi": "10.1234/abc.5",
        "language": "en",
        "licence": "CC BY-NC 4.0",
        "kind": "html",
    }
    assert document.title == "Sleep and stress"
    assert {name: document.metadata[name] for name in expected} == expected
    origins = document.metadata["origins"]
    assert isinstance(origins, dict)
    assert {origins[name] for name in ("title", *expected) if name != "kind"} == {"HTML meta"}


def test_json_ld_is_read() -> None:
    """In a graph; an article says more than the page that it is on."""
    document = read(
        """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
        {"@type": "WebPage", "name": "The page", "inLanguage": "en-US"},
        {"@type": ["NewsArticle"], "headline": "The article", "datePublished": "2020-02-03T04:05Z",
         "author": [{"@type": "Person", "name": "Ada"}, "Bo"], "publisher": {"name": "The Daily"},
         "license": "https://creativecommons.org/publicdomain/zero/1.0/"}]}</script>"""
    )
    assert (document.title, document.authors, document.date) == (
        "The article",
        ["Ada", "Bo"],
        "2020-02-03",
    )
    assert (document.metadata["site"], document.metadata["licence"]) == ("The Daily", "CC0 1.0")
    assert document.metadata["language"] == "en"
    origins = document.metadata["origins"]
    assert isinstance(origins, dict)
    assert origins["title"] == origins["authors"] == "JSON-LD"


@pytest.mark.parametrize(
    "block",
    [
        "",
        "{",
        "null",
        "3",
        '{"@type": 3}',
        '{"@type": "Article", "author": {"name": {}}}',
        "[" * 9999,
    ],
)
def test_broken_json_ld_costs_nothing(block: str) -> None:
    """The page is read without it."""
    document = read(f'<title>T</title><script type="application/ld+json">{block}</script>')
    assert document.authors == []
    assert "Words that make this" in document.pages[0].text


@pytest.mark.parametrize("mark", ["hidden", 'style="color:red; display: none"', "aria-hidden=true"])
def test_what_a_browser_does_not_show_is_not_read(mark: str) -> None:
    """Unless it is most of the page, which a dialog hides."""
    secret = (
        f"<div {mark}><p>Nobody sees this sentence, though it is as long as the others.</p></div>"
    )
    assert "Nobody sees" not in read("", FILLER + secret + FILLER).pages[0].text
    assert "Words that make" in read("", f"<div {mark}>{FILLER}</div>").pages[0].text
