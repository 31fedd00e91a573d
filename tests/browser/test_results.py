"""How results stand on the page: they do not move, fit paper, and read at one width."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdfium2 import PdfDocument

from browser.conftest import Visitor, assert_clean, wait_until_drawn

pytestmark = pytest.mark.browser

ASKED = "?q=does+stress+raise+inflammation%3F"
# What moved without the reader having done anything, by the Layout Instability specification.
SHIFTS = """() => new Promise(resolve => {
    let sum = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
    }).observe({type: 'layout-shift', buffered: true});
    setTimeout(() => resolve(sum), 300);
})"""

Screenshot = Callable[[Page, str], None]


def test_nothing_moves_while_and_after_it_is_drawn(starter_host: str, visitor: Visitor) -> None:
    """Less than the tenth that the web counts as good; and nothing at all by collecting."""
    visit = visitor(starter_host)
    page = visit.open(ASKED)
    page.locator(".cw-passage").first.wait_for()
    wait_until_drawn(page)
    assert page.evaluate(SHIFTS) < 0.05
    page.get_by_label("Question").fill("does exercise lower CRP?")
    page.get_by_label("Question").press("Enter")
    expect(page.locator(".cw-question")).to_have_text("does exercise lower CRP?")
    wait_until_drawn(page)
    assert page.evaluate(SHIFTS) < 0.05
    places = [item.bounding_box() for item in page.locator(".cw-item").all()]
    button = page.locator(".cw-collect[aria-disabled=false]").first
    name = button.get_attribute("data-items")
    button.click()
    expect(page.locator(f".cw-collect[data-items='{name}']").first).to_contain_text("Collected")
    expect(page.locator(":focus")).to_have_attribute("data-items", name or "")
    wait_until_drawn(page)
    assert [item.bounding_box() for item in page.locator(".cw-item").all()] == places
    assert_clean(visit)


def test_coming_back_shows_the_passage_that_was_left(starter_host: str, visitor: Visitor) -> None:
    """By the link and by the browser's own way back; not when something else is asked then."""
    visit = visitor(starter_host)
    page = visit.open(ASKED)
    passages = page.locator(".cw-passage")
    for place, go_back in (
        (6, lambda: page.get_by_role("link", name="Back to the passages").click()),
        (3, page.go_back),
    ):
        passages.nth(place).locator(".cw-open a").click()
        page.locator("h1.cw-title").wait_for()
        wait_until_drawn(page)
        go_back()
        expect(passages.nth(place)).to_be_focused()
        expect(passages.nth(place)).to_be_in_viewport()
    passages.nth(6).locator(".cw-open a").click()
    page.locator("h1.cw-title").wait_for()
    page = visit.open("?q=does+exercise+lower+CRP%3F")
    passages.first.wait_for()
    wait_until_drawn(page)
    expect(page.locator(".cw-item:focus")).to_have_count(0)
    assert_clean(visit)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_print_holds_question_answer_and_references(
    starter_host: str, visitor: Visitor, tmp_path: Path, scheme: str
) -> None:
    """All passages with their sources written out, and nothing to press."""
    visit = visitor(starter_host, color_scheme=scheme)
    page = visit.open(ASKED)
    page.locator(".cw-passage").first.wait_for()
    quotes = page.locator(".cw-answer .cw-quote").all_inner_texts()
    count = page.locator(".cw-card").count()
    page.pdf(path=tmp_path / "page.pdf", format="A4", print_background=True)
    with PdfDocument(tmp_path / "page.pdf") as document:
        sheets = [sheet.get_textpage().get_text_bounded() for sheet in document]
        corner = document[0].render().to_numpy()[2, 2]
    text = " ".join(" ".join(sheets).split())
    assert 2 <= len(sheets) <= 8
    assert text.startswith("does stress raise inflammation?")
    letters = "".join(text.split()).replace("-", "").replace("\ufffe", "")
    for quote in quotes:
        assert "".join(quote.split()).replace("-", "") in letters
    assert text.count("2026 Sep") + text.count("2026 Oct") + text.count("2026 Nov") >= count
    assert "File: " in text
    # What is folded on the screen: paper cannot be opened.
    votes = page.locator(".cw-evidence tbody tr").all()
    assert votes
    for vote in votes:
        sentence = vote.locator("td").nth(1).text_content() or ""
        assert "".join(sentence.split()).replace("-", "")[:60] in letters
    for button in (
        "Collect",
        "Open at this",
        "Filters",
        "Keyboard shortcuts",
        "Correct",
        "See which",
    ):
        assert button not in text
    assert corner.tolist()[:3] == [255, 255, 255]
    assert_clean(visit)


def test_lines_are_as_long_as_one_reads_well(starter_host: str, visitor: Visitor) -> None:
    """60 to 75 letters on a wide screen."""
    visit = visitor(starter_host, viewport={"width": 1600, "height": 900})
    page = visit.open(ASKED)
    page.locator(".cw-passage").first.wait_for()
    # Letters of the browser's own font, which stands in for a moment, are narrower.
    page.evaluate("document.fonts.ready.then(() => true)")
    longest = page.locator(".cw-passage .cw-text").evaluate_all(
        """texts => {
            const lines = {};
            for (const text of texts) {
                const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
                for (let node; (node = walker.nextNode());)
                    for (let place = 0; place < node.length; place++) {
                        const range = document.createRange();
                        range.setStart(node, place);
                        range.setEnd(node, place + 1);
                        const line = Math.round(range.getBoundingClientRect().bottom);
                        lines[line] = (lines[line] ?? 0) + 1;
                    }
            }
            const lengths = Object.values(lines).sort((a, b) => a - b);
            return lengths[Math.floor(lengths.length * 0.8)];
        }"""
    )
    assert 60 <= longest <= 75
