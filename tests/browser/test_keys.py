"""The ask page by keyboard alone: question, passages, source, collection."""

import shutil
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.conftest import Visitor, assert_clean, served

pytestmark = pytest.mark.browser

QUESTION = "How long does stress raise interleukin-6?"
ASKED = "?q=How+long+does+stress+raise+interleukin-6%3F"

Screenshot = Callable[[Page, str], None]


@pytest.fixture(scope="module")
def host(built_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """A server of five articles, with collections of its own."""
    folder = tmp_path_factory.mktemp("keys")
    copy = shutil.copytree(built_folder, folder / "index")
    with served(copy, folder / "log") as host:
        yield host


def focused(page: Page) -> Locator:
    """What has the focus."""
    return page.locator(":focus")


def test_question_to_source_without_a_mouse(
    host: str, visitor: Visitor, screenshot: Screenshot
) -> None:
    """Ask, go down to a passage, collect it with the focus kept, open its source."""
    visit = visitor(host)
    page = visit.open()
    page.locator(".cw-found").wait_for(state="attached")
    page.keyboard.press("/")
    expect(page.get_by_label("Question")).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.locator(".cw-passage").first.wait_for()
    items = page.locator(".cw-item")
    page.keyboard.press("ArrowDown")
    expect(items.first).to_be_focused()
    expect(items.first).to_have_css("outline-style", "solid")
    quotes = page.locator(".cw-answer li").count()
    for _ in range(quotes):
        page.keyboard.press("j")
    expect(page.locator(".cw-passage").first).to_be_focused()
    expect(page.locator(".cw-passage").first).to_be_in_viewport()
    page.keyboard.press("k")
    expect(items.nth(quotes - 1)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("c")
    expect(focused(page).locator(".cw-collect")).to_contain_text("Collected")
    expect(page.locator(".cw-passage").first).to_be_focused()
    screenshot(page, "focus")
    page.keyboard.press("Enter")
    expect(page.locator("#cited")).to_be_in_viewport()
    assert_clean(visit)


def test_all_can_be_reached_by_tab(host: str, visitor: Visitor) -> None:
    """Each link and button down to those of the first passage, in reading order."""
    visit = visitor(host)
    page = visit.open(ASKED)
    page.locator(".cw-passage").first.wait_for()
    page.get_by_label("Question").focus()
    in_answer = page.locator(".cw-answer").locator("a, button").count()
    last = page.locator(".cw-passage").first.locator("button")
    seen = []
    for _ in range(in_answer + 40):
        page.keyboard.press("Tab")
        if page.locator(".cw-found :focus").count():
            seen.append(focused(page).evaluate("e => e.tagName + e.textContent.trim()"))
            expect(focused(page)).to_have_css("outline-style", "solid")
        if last.evaluate("e => e === document.activeElement"):
            break
    assert len(seen) > in_answer
    assert seen[0].startswith("A[")
    assert seen[1].startswith("A")
    assert seen[2].startswith("BUTTONCollect")
    assert seen[-1].startswith("BUTTONCollect")
    page.keyboard.press("Space")
    expect(focused(page)).to_contain_text("Collected")
    assert_clean(visit)


def test_several_collected_in_a_row_are_all_kept(host: str, visitor: Visitor) -> None:
    """However fast the keys follow each other."""
    visit = visitor(host)
    page = visit.open("?q=what+helps+against+stress%3F")
    passages = page.locator(".cw-passage")
    passages.first.wait_for()
    page.locator(".cw-item").last.focus()
    for _ in range(3):
        page.keyboard.press("c")
        page.keyboard.press("k")
    for place in range(-3, 0):
        expect(passages.nth(place).locator(".cw-collect")).to_contain_text("Collected")
    page.reload()
    for place in range(-3, 0):
        expect(passages.nth(place).locator(".cw-collect")).to_contain_text("Collected")
    assert_clean(visit)


def test_keys_are_told_and_can_be_switched_off(
    host: str, visitor: Visitor, screenshot: Screenshot
) -> None:
    """A letter typed in the question is a letter; switched off, it is nothing at all."""
    visit = visitor(host)
    page = visit.open(ASKED)
    page.locator(".cw-passage").first.wait_for()
    page.get_by_label("Question").focus()
    page.keyboard.type("/?cj")
    expect(page.get_by_label("Question")).to_have_value(f"{QUESTION}/?cj")
    page.get_by_label("Question").fill(QUESTION)
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.locator(".cw-passage").first.focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    screenshot(page, "help")
    page.get_by_label("Use these keys").uncheck()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    left = page.locator(".cw-passage", has=page.locator(".cw-collect[aria-disabled=false]"))
    count = left.count()
    left.last.focus()
    for key in ("c", "?", "j", "/"):
        page.keyboard.press(key)
    expect(left.last).to_be_focused()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(left).to_have_count(count)
    page.get_by_role("button", name="Keyboard shortcuts").click()
    page.get_by_label("Use these keys").check()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("/")
    expect(page.get_by_label("Question")).to_be_focused()
    assert_clean(visit)


def test_number_of_a_quote_leads_to_its_passage(host: str, visitor: Visitor) -> None:
    """It has the focus then, and shows itself; with less motion it does so without moving."""
    for motion, animation in (("no-preference", "cw-flash"), ("reduce", "none")):
        visit = visitor(host, reduced_motion=motion)
        page = visit.open(ASKED)
        number = page.locator(".cw-answer .cw-number").first
        href = number.get_attribute("href")
        number.click()
        passage = page.locator(f"{href}")
        expect(passage).to_be_focused()
        expect(passage).to_be_in_viewport()
        expect(passage).to_have_css("animation-name", animation)
        assert_clean(visit)
