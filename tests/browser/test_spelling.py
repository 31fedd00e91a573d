"""A misspelt question in a real browser: what may be meant is one press away."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Visitor, assert_clean, wait_until_drawn

pytestmark = pytest.mark.browser

MISSPELT = "?q=does+stress+raise+inflamation%3F&kind=pdf"


def test_what_may_be_meant_is_asked_by_its_link(
    starter_host: str, visitor: Visitor, screenshot: Callable[[Page, str], None]
) -> None:
    """With the filters that were chosen; until then the question stands as it was typed."""
    visit = visitor(starter_host)
    page = visit.open(MISSPELT)
    suggestion = page.locator(".cw-suggestion")
    expect(suggestion).to_have_text("Did you mean: does stress raise inflammation?")
    expect(suggestion.locator("strong")).to_have_text("inflammation")
    question = page.get_by_role("searchbox", name="Question")
    expect(question).to_have_value("does stress raise inflamation?")
    screenshot(page, "suggested")
    page.set_viewport_size({"width": 390, "height": 844})
    screenshot(page, "suggested-phone")
    suggestion.get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"/\?q=does\+stress\+raise\+inflammation%3F&kind=pdf$"))
    wait_until_drawn(page)
    expect(question).to_have_value("does stress raise inflammation?")
    expect(page.locator(".cw-passage").first).to_be_visible()
    expect(suggestion).to_have_count(0)
    expect(page.get_by_role("button", name="Filters (1)")).to_be_visible()
    assert_clean(visit)
