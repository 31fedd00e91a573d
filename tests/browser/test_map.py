"""Journey: the map of a library opens a document, and has the same as lists."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Visitor, assert_clean, wait_until_drawn

pytestmark = pytest.mark.browser

Screenshot = Callable[[Page, str], None]


def test_mark_tells_its_title_and_opens_its_document(
    starter_host: str, visitor: Visitor, screenshot: Screenshot
) -> None:
    """Pointed at, then pressed."""
    visit = visitor(starter_host)
    page = visit.open()
    page.get_by_role("link", name="Map", exact=True).click()
    marks = page.locator(".cw-mark-of")
    expect(marks).to_have_count(28)
    wait_until_drawn(page)
    mark = marks.nth(3)
    expect(mark.locator("span")).to_be_hidden()
    mark.hover()
    expect(mark.locator("span")).to_be_visible()
    title = mark.locator("span").inner_text()
    screenshot(page, "map")
    mark.click()
    expect(page.locator("h1", has_text=title)).to_be_visible()
    assert_clean(visit)


def test_name_of_a_topic_leads_to_its_list(starter_host: str, visitor: Visitor) -> None:
    """Whose links open documents too; the keyboard meets only those."""
    visit = visitor(starter_host)
    page = visit.open("map")
    name = page.locator("a.cw-topic").first
    topic = page.locator(".cw-topic-list", has=page.get_by_text(name.inner_text()))
    name.click()
    expect(topic.locator("h2")).to_be_in_viewport()
    link = topic.locator("a").first
    title = link.inner_text()
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1", has_text=title)).to_be_visible()
    assert_clean(visit)


@pytest.mark.parametrize(
    ("look", "options"),
    [
        ("light", {"color_scheme": "light"}),
        ("dark", {"color_scheme": "dark"}),
        ("phone", {"viewport": {"width": 390, "height": 844}}),
    ],
)
def test_map_fits_its_window(
    starter_host: str,
    visitor: Visitor,
    screenshot: Screenshot,
    look: str,
    options: dict[str, object],
) -> None:
    """On a wide screen, in the dark, and on a phone, with all names in sight."""
    visit = visitor(starter_host, **options)
    page = visit.open("map")
    inner, outer = page.locator("[data-testid=stMain]").evaluate(
        "e => [e.scrollWidth, e.clientWidth]"
    )
    assert inner <= outer
    for name in page.locator("a.cw-topic").all():
        box = name.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= outer
    screenshot(page, look)
    assert_clean(visit)
