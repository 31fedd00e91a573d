"""Journey: a pasted slide is looked up, and a sentence opened where it stands."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Visitor, assert_clean, wait_until_drawn

pytestmark = pytest.mark.browser

Screenshot = Callable[[Page, str], None]
CLAIM = "Chronic stress raises IL-6 in caregivers"
SLIDE = f"Stress and inflammation\n- {CLAIM}\n- The Great Wall is visible from space\n"


def test_pasted_slide_is_looked_up_and_a_sentence_opens_in_its_source(
    starter_host: str, visitor: Visitor, screenshot: Screenshot
) -> None:
    """The quoted sentence is the marked one; the pasted text is still there; a claim is a link."""
    visit = visitor(starter_host)
    page = visit.open("check")
    page.get_by_label("Text to check").fill(SLIDE)
    page.get_by_role("button", name="Check", exact=True).click()
    claims = page.locator(".cw-claim")
    expect(claims).to_have_count(2)
    wait_until_drawn(page)
    expect(claims.nth(1)).to_contain_text("Nothing found in this library")
    expect(page.locator(".cw-left-out summary")).to_have_text("1 line left out")
    screenshot(page, "check")
    found = claims.first.locator(".cw-on-claim > li.cw-so").filter(has_text="Markdown").first
    quote = found.locator(".cw-quote").inner_text().strip("\u201c\u201d")
    with page.context.expect_page() as opened:
        found.locator("a").click()
    source = opened.value
    wait_until_drawn(source)
    # What else the claim finds in the article is marked more lightly.
    cited = source.locator("mark:not(.cw-also)").first
    expect(cited).to_have_text(quote)
    expect(cited).to_be_in_viewport()
    expect(page.get_by_label("Text to check")).to_have_value(SLIDE)
    with page.context.expect_page() as opened:
        claims.first.get_by_role("link", name="Link to this claim").click()
    alone = opened.value
    expect(alone.locator(".cw-claim h3")).to_have_text(CLAIM)
    assert parse_qs(urlsplit(alone.url).query) == {"claim": [CLAIM]}
    assert_clean(visit)


@pytest.mark.parametrize(
    ("look", "options"),
    [
        ("light", {"color_scheme": "light"}),
        ("dark", {"color_scheme": "dark"}),
        ("phone", {"viewport": {"width": 390, "height": 844}}),
    ],
)
def test_checked_claim_fits_its_window(
    starter_host: str,
    visitor: Visitor,
    screenshot: Screenshot,
    look: str,
    options: dict[str, object],
) -> None:
    """Opened by its address, on a wide screen, in the dark, and on a phone."""
    visit = visitor(starter_host, **options)
    page = visit.open("check?claim=Stress+raises+inflammation")
    expect(page.locator(".cw-claim")).to_have_count(1)
    inner, outer = page.locator("html").evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert inner <= outer
    screenshot(page, look)
    assert_clean(visit)
