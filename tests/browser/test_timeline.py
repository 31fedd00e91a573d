"""Journey: from a mark of the timeline to its passage."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Visitor, assert_clean

pytestmark = pytest.mark.browser

Screenshot = Callable[[Page, str], None]


@pytest.mark.parametrize("width", [390, 1100])
def test_mark_of_the_timeline_leads_to_its_passage(
    starter_host: str, visitor: Visitor, screenshot: Screenshot, width: int
) -> None:
    """One mark a document, none over another; the same as a table."""
    visit = visitor(starter_host, viewport={"width": width, "height": 900})
    page = visit.open("?q=does+stress+raise+inflammation%3F")
    timeline = page.locator(".cw-timeline")
    timeline.locator("summary").first.click()
    marks = timeline.locator(".cw-time-mark")
    documents = page.locator("article.cw-card")
    assert marks.count() == documents.count() > 3
    boxes = [box for mark in marks.all() if (box := mark.bounding_box())]
    places = {(round(box["x"] / 8), round(box["y"] / 8)) for box in boxes}
    assert len(places) == marks.count()
    screenshot(page, f"timeline-{width}")
    timeline.get_by_text("As a table").click()
    expect(timeline.locator("tbody tr")).to_have_count(marks.count())
    number = marks.last.inner_text()
    marks.last.click()
    expect(page.locator(f"#passage-{number}")).to_be_in_viewport()
    inner, outer = page.locator("html").evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert inner <= outer
    assert_clean(visit)
