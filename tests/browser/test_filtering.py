"""Filters in a real browser: chips narrow the list, and the address brings them back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Visitor, assert_clean, wait_until_drawn

pytestmark = pytest.mark.browser

ASKED = "?q=does+stress+raise+inflammation%3F"
CHOSEN = ".st-key-chosen-filters"


def titles(page: Page) -> list[str]:
    """Of the documents that are shown, in their order."""
    # What draws them is loaded a moment after the script has ended.
    page.locator("article.cw-card").first.wait_for()
    return page.locator("article.cw-card h3").all_inner_texts()


def choose(page: Page, chip: str, parameter: str) -> None:
    """Press a chip of the open filters; the address then says so."""
    page.get_by_role("button", name=re.compile(chip)).click()
    expect(page).to_have_url(re.compile(rf"[?&]{parameter}"))
    wait_until_drawn(page)


def test_filter(
    starter_host: str, visitor: Visitor, screenshot: Callable[[Page, str], None]
) -> None:
    """Two chips narrow the list, and the address restores it to someone else."""
    first, second = visitor(starter_host), visitor(starter_host)
    page = first.open(ASKED)
    whole = titles(page)
    page.get_by_role("button", name="Filters").click()
    choose(page, r"^PDF \(8\)$", "kind=pdf")
    screenshot(page, "open")
    choose(page, r"^Review \(\d+\)$", "study-type=review")
    page.keyboard.press("Escape")
    expect(page.locator(CHOSEN)).to_contain_text("5 of 28 documents")
    narrowed = titles(page)
    assert narrowed != whole
    metas = page.locator("article.cw-card .cw-meta").all_inner_texts()
    assert metas
    assert all("PDF" in meta for meta in metas)
    screenshot(page, "narrowed")
    other = second.open(page.url.partition(f"{starter_host}/")[2])
    expect(other.get_by_role("button", name="Filters (2)")).to_be_visible()
    assert titles(other) == narrowed
    assert_clean(first)
    assert_clean(second)


def test_chosen_filters_are_removed_with_a_click(starter_host: str, visitor: Visitor) -> None:
    """One, and going back brings it back; or all."""
    visit = visitor(starter_host)
    page = visit.open(f"{ASKED}&kind=pdf&study-type=review")
    chosen = page.locator(CHOSEN)
    narrowed = titles(page)
    chosen.get_by_role("button", name="Review").click()
    expect(page).not_to_have_url(re.compile("study-type"))
    expect(chosen).to_contain_text("8 of 28 documents")
    page.go_back()
    expect(chosen).to_contain_text("5 of 28 documents")
    # The component draws them a moment after the row of filters.
    expect(page.locator("article.cw-card h3")).to_have_text(narrowed)
    page.get_by_role("button", name="Clear all").click()
    expect(chosen).to_have_count(0)
    assert_clean(visit)


def test_back_from_a_source_leads_to_the_same_passages(starter_host: str, visitor: Visitor) -> None:
    """Filters, each of several values, and order go along."""
    visit = visitor(starter_host)
    page = visit.open(f"{ASKED}&kind=pdf&kind=text&order=newest")
    shown = titles(page)
    page.locator(".cw-open a").first.click()
    page.get_by_role("link", name="Back to the passages").click()
    expect(page.locator(CHOSEN)).to_contain_text("11 of 28 documents")
    wait_until_drawn(page)
    assert titles(page) == shown
    assert_clean(visit)


def test_filters_fit_a_phone(
    starter_host: str, visitor: Visitor, screenshot: Callable[[Page, str], None]
) -> None:
    """Open and closed, with the other side of the answer."""
    visit = visitor(starter_host, viewport={"width": 390, "height": 844})
    page = visit.open(f"{ASKED}&subjects=human&study-type=review&order=other-side")
    expect(page.locator(".cw-other-side")).to_contain_text("closest to the question")
    screenshot(page, "closed")
    page.get_by_role("button", name="Filters (2)").click()
    chip = page.get_by_role("button", name=re.compile("^Human"))
    expect(chip).to_be_in_viewport()
    box = chip.bounding_box()
    assert box
    assert box["x"] + box["width"] <= 390
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    screenshot(page, "open")
    assert_clean(visit)
