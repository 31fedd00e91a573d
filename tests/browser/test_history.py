"""The browser's own ways: back, forward, reload, and the titles that its history shows."""

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Visitor, assert_clean, wait_until_drawn

pytestmark = pytest.mark.browser

FIRST, SECOND = "does stress raise inflammation?", "what is sickness behaviour?"


def ask(page: Page, question: str) -> None:
    """Type a question, and wait for what was found."""
    page.get_by_label("Question").fill(question)
    page.get_by_label("Question").press("Enter")
    expect_answer(page, question)


def expect_answer(page: Page, question: str) -> None:
    """Box, results and title are of that question."""
    expect(page.locator(".cw-question")).to_have_text(question)
    expect(page.get_by_label("Question")).to_have_value(question)
    expect(page).to_have_title(f"{question} \u00b7 Citewell")
    wait_until_drawn(page)


def test_each_question_is_a_step_of_the_history(starter_host: str, visitor: Visitor) -> None:
    """Back leads to the question before, and to the start, not out of the pages."""
    visit = visitor(starter_host)
    page = visit.open()
    expect(page).to_have_title("Ask \u00b7 Citewell")
    ask(page, FIRST)
    page.get_by_role("radio", name="Newest first").click()
    expect(page.locator(".cw-results")).to_contain_text("newest first")
    wait_until_drawn(page)
    ask(page, SECOND)
    page.go_back()
    expect_answer(page, FIRST)
    expect(page.locator(".cw-results")).to_contain_text("newest first")
    page.go_back()
    expect(page.locator(".cw-results")).to_contain_text("best first")
    expect_answer(page, FIRST)
    page.go_back()
    page.get_by_text("Ask the library").wait_for()
    expect(page.get_by_label("Question")).to_have_value("")
    page.go_forward()
    expect_answer(page, FIRST)
    page.reload()
    expect_answer(page, FIRST)
    assert_clean(visit)


def test_pages_are_named_in_tabs(starter_host: str, visitor: Visitor) -> None:
    """By what they show (WCAG 2.4.2)."""
    visit = visitor(starter_host)
    for path, title in (("library", "Library"), ("check", "Check a text"), ("map", "Map")):
        expect(visit.open(path)).to_have_title(f"{title} \u00b7 Citewell")
    page = visit.open("?q=what+is+sickness+behaviour%3F")
    page.locator(".cw-card h3 a").first.click()
    title = page.locator("h1.cw-title")
    title.wait_for()
    expect(page).to_have_title(f"{title.inner_text()} \u00b7 Citewell")
    assert_clean(visit)
