"""What keeps people from using a page: axe-core on every view, the keyboard, narrow windows."""

from collections.abc import Generator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from library_fixture import StarterLibrary
from playwright.sync_api import Browser, Page

from browser.conftest import Visitor
from browser.views import View, all_views

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
GRAVE = {"serious", "critical"}
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
VIEWS = (
    "ask",
    "answer",
    "no-answer",
    "pdf",
    "article",
    "check",
    "map",
    "collection",
    "library",
    "login",
    "no-index",
)


@pytest.fixture(scope="module")
def views(
    starter: StarterLibrary, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Generator[dict[str, View]]:
    """All views by name."""
    folder = tmp_path_factory.mktemp("views")
    with all_views(starter.folder, folder, browser) as made:
        yield {view.name: view for view in made}


def violations(page: Page) -> list[str]:
    """What axe-core finds that is grave, with the elements concerned; Streamlit's own too."""
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:300]} {node.get('failureSummary', '')[:300]}"
        for rule in found
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
    ]


def assert_no_sideways_scrolling(page: Page) -> None:
    """Everything fits into the width."""
    for selector in ("html", "[data-testid=stMain]"):
        for part in page.locator(selector).all():
            inner, outer = part.evaluate("e => [e.scrollWidth, e.clientWidth]")
            assert inner <= outer, selector


@pytest.mark.parametrize("name", VIEWS)
def test_axe_finds_nothing_grave(views: dict[str, View], visitor: Visitor, name: str) -> None:
    """In light and dark, wide and on a phone."""
    visit = visitor(views[name].address.split("/")[2], viewport=WIDE, color_scheme="light")
    views[name].open(visit.page)
    found = {"light": violations(visit.page)}
    visit.page.set_viewport_size(PHONE)
    found["phone"] = violations(visit.page)
    visit.page.emulate_media(color_scheme="dark")
    visit.page.set_viewport_size(WIDE)
    views[name].open(visit.page)
    found["dark"] = violations(visit.page)
    assert found == {"light": [], "phone": [], "dark": []}


@pytest.mark.parametrize("name", VIEWS)
def test_narrowest_window_needs_no_sideways_scrolling(
    views: dict[str, View], visitor: Visitor, name: str
) -> None:
    """320 CSS pixels: 1,280 at a zoom of 400 %."""
    visit = visitor(views[name].address.split("/")[2], viewport={"width": 320, "height": 640})
    views[name].open(visit.page)
    assert_no_sideways_scrolling(visit.page)


def tab_through(page: Page, most: int) -> list[dict[str, Any]]:
    """Press Tab until the focus leaves the page; what it stops at, and whether that shows."""
    stops = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None:
            break
        stops.append(stop)
    return stops


# Name of what has the focus; the outline may be on a frame around it, as round a text box.
FOCUSED = """() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return null;
    const shows = element => {
        const style = getComputedStyle(element);
        return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
            || style.boxShadow !== 'none';
    };
    let around = focused, isShown = false;
    for (let level = 0; level < 4 && around && !isShown; level += 1) {
        isShown = shows(around) || (level > 0 && around.matches(':focus-within') && border(around));
        around = around.parentElement;
    }
    function border(element) {
        return parseFloat(getComputedStyle(element).borderTopWidth) > 0;
    }
    const part = focused.closest('.cw-answer, .cw-passage, .cw-card, header, form') || focused;
    const label = focused.getAttribute('aria-label') || focused.innerText;
    const name = label || focused.placeholder || focused.labels?.[0]?.innerText || '';
    return {
        tag: focused.tagName, part: part.className || part.tagName,
        name: name.trim().slice(0, 60), isShown, html: focused.outerHTML.slice(0, 160),
    };
}"""


@pytest.mark.parametrize("name", ["answer", "pdf", "collection", "library", "login"])
def test_every_stop_of_the_keyboard_has_a_name_and_shows(
    views: dict[str, View], visitor: Visitor, name: str
) -> None:
    """From the menu to the end of the page."""
    visit = visitor(views[name].address.split("/")[2], viewport=WIDE)
    views[name].open(visit.page)
    stops = tab_through(visit.page, 60)
    assert stops
    assert [stop["html"] for stop in stops if not stop["isShown"]] == []
    assert [stop["html"] for stop in stops if not stop["name"]] == []


def test_keyboard_reaches_menu_question_answer_and_passages(
    views: dict[str, View], visitor: Visitor
) -> None:
    """In the order in which they are read."""
    visit = visitor(views["answer"].address.split("/")[2], viewport=WIDE)
    views["answer"].open(visit.page)
    stops = tab_through(visit.page, 80)
    marks = {
        "menu": lambda stop: stop["name"] == "Library",
        "question": lambda stop: stop["tag"] == "INPUT" and "uestion" in stop["name"],
        "answer": lambda stop: "cw-answer" in stop["part"] and stop["tag"] == "A",
        "passage": lambda stop: "cw-passage" in stop["part"] and stop["tag"] == "A",
    }
    order = [next((n for n, s in enumerate(stops) if is_it(s)), -1) for is_it in marks.values()]
    assert -1 not in order, dict(zip(marks, order, strict=True))
    assert order == sorted(order)
