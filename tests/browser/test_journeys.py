"""Journeys: what a person does with a library, in a real browser."""

import csv
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from library_fixture import CORPUS, ROOT, StarterLibrary
from playwright.sync_api import Page, expect

from browser.conftest import Visitor, assert_clean, wait_until_drawn
from index.search import open_index

pytestmark = pytest.mark.browser

QUESTION = "does stress raise inflammation?"
ASKED = "?q=does+stress+raise+inflammation%3F"
JUDGEMENTS = ROOT / "benchmarks" / "starter_corpus"
PASSAGES = ".cw-passage"
PDF_LINK = ".cw-open a:text-matches('^Open page')"
TEXT_LINK = ".cw-open a:text-is('Open at this passage')"

Screenshot = Callable[[Page, str], None]


def relevant_titles(folder: Path) -> set[str]:
    """Titles of the documents that were judged relevant for `QUESTION`, q001."""
    with (JUDGEMENTS / "qrels" / "test.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    paths = {str(CORPUS / row["corpus-id"]) for row in rows if row["query-id"] == "q001"}
    index = open_index(folder)
    titles = {document.title for document in index.documents() if document.id in paths}
    index.close()
    assert len(titles) == len(paths)
    return titles


def assert_no_sideways_scrolling(page: Page) -> None:
    """Everything fits into the width."""
    for selector in ("html", "[data-testid=stMain]"):
        inner, outer = page.locator(selector).evaluate("e => [e.scrollWidth, e.clientWidth]")
        assert inner <= outer, selector


def first_five(page: Page) -> list[tuple[str, str]]:
    """Title of the document and text of the passages of rank 1 to 5."""
    cards = [
        page.locator("article.cw-card", has=page.locator(f"#passage-{n}")) for n in range(1, 6)
    ]
    return [
        (card.locator("h3").inner_text(), page.locator(f"#passage-{n} .cw-text").inner_text())
        for n, card in enumerate(cards, 1)
    ]


def test_question_finds_relevant_passages_of_several_documents(
    starter: StarterLibrary, starter_host: str, visitor: Visitor, screenshot: Screenshot
) -> None:
    """At least three of the first five, from three documents; the address can be passed on."""
    visit = visitor(starter_host)
    page = visit.open()
    page.get_by_label("Question").fill(QUESTION)
    page.get_by_label("Question").press("Enter")
    page.locator(PASSAGES).first.wait_for()
    wait_until_drawn(page)
    relevant = relevant_titles(starter.folder)
    judged = [title for title, _ in first_five(page) if title in relevant]
    assert len(judged) >= 3
    assert len(set(judged)) >= 3
    expect(page).to_have_url(re.compile(r"[?&]q=does"))
    assert parse_qs(urlsplit(page.url).query) == {"q": [QUESTION]}
    assert page.locator(".cw-answer li").count() >= 1
    screenshot(page, "answer")
    page.locator(".cw-answer .cw-number").first.click()
    target = page.locator(".cw-passage:target")
    expect(target).to_be_in_viewport()
    assert_clean(visit)


def test_link_of_a_pdf_opens_the_marked_page(
    starter_host: str, visitor: Visitor, screenshot: Screenshot
) -> None:
    """As a picture, with the cited passage as text below."""
    visit = visitor(starter_host)
    page = visit.open(ASKED)
    link = page.locator(PDF_LINK).first
    number = link.inner_text().removeprefix("Open page ").split()[0]
    link.click()
    picture = page.locator("img.cw-page")
    picture.wait_for()
    wait_until_drawn(page)
    assert (picture.get_attribute("alt") or "").startswith(f"Page {number} of ")
    assert (
        picture.evaluate(
            """async image => {
            await image.decode();
            const canvas = document.createElement('canvas');
            canvas.width = image.naturalWidth;
            canvas.height = image.naturalHeight;
            const pen = canvas.getContext('2d');
            pen.drawImage(image, 0, 0);
            const dots = pen.getImageData(0, 0, canvas.width, canvas.height).data;
            let marked = 0;
            for (let i = 0; i < dots.length; i += 4)
                marked += dots[i] === 255 && dots[i + 1] === 224 && dots[i + 2] === 102;
            return marked;
        }"""
        )
        > 1000
    )
    expect(page.locator(".cw-turner")).to_contain_text(f"Page {number}")
    expect(page.get_by_text("The cited passage")).to_be_attached()
    screenshot(page, "page")
    page.get_by_role("link", name="Back to the passages").click()
    expect(page.locator(PASSAGES).first).to_be_visible()
    assert parse_qs(urlsplit(page.url).query) == {"q": [QUESTION]}
    assert_clean(visit)


def test_link_of_an_article_opens_at_the_cited_paragraph(
    starter_host: str, visitor: Visitor, screenshot: Screenshot
) -> None:
    """It is in view, and its best sentence is marked."""
    visit = visitor(starter_host)
    page = visit.open(ASKED)
    page.locator(TEXT_LINK).last.click()
    expect(page.locator("#cited")).to_be_in_viewport()
    expect(page.locator(".cw-article mark.cw-mark").first).to_be_in_viewport()
    screenshot(page, "article")
    assert_clean(visit)


def test_address_shows_the_same_to_someone_else(starter_host: str, visitor: Visitor) -> None:
    """The question is in it, and nothing else is needed."""
    first, second = visitor(starter_host), visitor(starter_host)
    page = first.open()
    page.get_by_label("Question").fill(QUESTION)
    page.get_by_label("Question").press("Enter")
    page.locator(PASSAGES).first.wait_for()
    wait_until_drawn(page)
    expect(page).to_have_url(re.compile(r"[?&]q=does"))
    other = second.open(page.url.partition(f"{starter_host}/")[2])
    expect(other.get_by_label("Question")).to_have_value(QUESTION)
    for part in (".cw-answer", "article.cw-card >> nth=0", "article.cw-card >> nth=-1"):
        assert other.locator(part).inner_text() == page.locator(part).inner_text()
    assert_clean(first)
    assert_clean(second)


def test_question_without_an_answer_says_so(
    starter_host: str, visitor: Visitor, screenshot: Screenshot
) -> None:
    """And shows what comes closest."""
    visit = visitor(starter_host)
    page = visit.open("?q=how+do+I+repair+a+bicycle+chain%3F")
    expect(page.get_by_text("Nothing in the library answers this.")).to_be_visible()
    expect(page.locator(PASSAGES).first).to_be_visible()
    screenshot(page, "none")
    assert_clean(visit)


def test_example_can_be_pressed(starter_host: str, visitor: Visitor) -> None:
    """And is then the question."""
    visit = visitor(starter_host)
    page = visit.open()
    example = page.get_by_role("button", name="Does stress raise inflammation?")
    example.click()
    expect(page.locator(PASSAGES).first).to_be_visible()
    expect(page.get_by_label("Question")).to_have_value("Does stress raise inflammation?")
    assert_clean(visit)


@pytest.mark.parametrize(
    ("look", "options"),
    [
        ("light", {"color_scheme": "light"}),
        ("dark", {"color_scheme": "dark"}),
        ("phone", {"viewport": {"width": 390, "height": 844}}),
    ],
)
def test_every_page_fits_its_window(
    starter_host: str,
    visitor: Visitor,
    screenshot: Screenshot,
    look: str,
    options: dict[str, object],
) -> None:
    """On a wide screen, in the dark, and on a phone."""
    visit = visitor(starter_host, **options)
    page = visit.open("library")
    rows = page.locator(".cw-table tbody tr")
    expect(rows).to_have_count(28)
    assert_no_sideways_scrolling(page)
    screenshot(page, "library")
    rows.locator("a", has_text="Sleep loss").click()
    expect(page.locator("img.cw-page")).to_be_visible()
    assert_no_sideways_scrolling(page)
    screenshot(page, "document")
    visit.open(ASKED)
    expect(page.locator(PASSAGES).first).to_be_visible()
    assert_no_sideways_scrolling(page)
    screenshot(page, "ask")
    background = page.locator("[data-testid=stApp]").evaluate(
        "e => getComputedStyle(e).backgroundColor"
    )
    assert (background == "rgb(20, 25, 27)") == (look == "dark")
    assert_clean(visit)


def test_every_document_of_the_library_opens(starter_host: str, visitor: Visitor) -> None:
    """Each link leads to a document of its title; three are followed, of three kinds."""
    visit = visitor(starter_host)
    page = visit.open("library")
    links = page.locator(".cw-table tbody a")
    expect(links).to_have_count(28)
    assert len({link.get_attribute("href") for link in links.all()}) == 28
    for title in ("Sleep loss, insomnia", "Caregivers, chronic stress", "Wound healing"):
        visit.open("library")
        full_title = page.locator(".cw-table a", has_text=title).inner_text()
        page.locator(".cw-table a", has_text=title).click()
        expect(page.locator("h1", has_text=full_title)).to_be_visible()
    assert_clean(visit)
