"""The viewer in a real browser: a quote is checked where it stands, and taken along."""

import re
from collections.abc import Callable, Generator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect
from two_column_papers import FILLER, HEIGHT, SENTENCES, TITLES, WIDTH, place_of, write_paper

from browser.conftest import Visitor, assert_clean, served, wait_until_drawn
from index.embedder import Embedder
from ingest.pipeline import ingest

pytestmark = pytest.mark.browser

Screenshot = Callable[[Page, str], None]

QUESTION = "do cold baths prevent winter colds?"
ASKED = "?q=do+cold+baths+prevent+winter+colds%3F"


@pytest.fixture(scope="module")
def host(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """A server of a library of three papers in two columns, and an article with sections."""
    folder = tmp_path_factory.mktemp("viewed")
    (folder / "sources").mkdir()
    for name, sentence in SENTENCES.items():
        write_paper(folder / "sources" / f"{name}.pdf", TITLES[name], sentence)
    sections = "\n\n".join(f"## Part {n}\n\n{f'{FILLER} ' * 12}" for n in range(1, 6))
    (folder / "sources" / "harbour.md").write_text(f"# The harbour\n\n{sections}\n", "utf-8")
    report = ingest([str(folder / "sources")], folder / "index", embedder)
    assert (len(report.added), report.failed) == (4, ())
    with served(folder / "index", folder / "log") as host:
        yield host


def marked_place(page: Page) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the strong mark in the page's picture, in points."""
    edges = page.locator("img.cw-page").evaluate(
        """async image => {
            await image.decode();
            const canvas = document.createElement('canvas');
            canvas.width = image.naturalWidth;
            canvas.height = image.naturalHeight;
            const pen = canvas.getContext('2d');
            pen.drawImage(image, 0, 0);
            const dots = pen.getImageData(0, 0, canvas.width, canvas.height).data;
            let [left, top, right, bottom] = [Infinity, Infinity, -1, -1];
            for (let i = 0; i < dots.length; i += 4) {
                if (dots[i] !== 255 || dots[i + 1] !== 224 || dots[i + 2] !== 102) continue;
                const x = (i / 4) % canvas.width, y = Math.floor(i / 4 / canvas.width);
                [left, right] = [Math.min(left, x), Math.max(right, x)];
                [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
            }
            const [w, h] = [canvas.width, canvas.height];
            return [left / w, top / h, right / w, bottom / h];
        }"""
    )
    return edges[0] * WIDTH, edges[1] * HEIGHT, edges[2] * WIDTH, edges[3] * HEIGHT


def open_third_citation(page: Page) -> str:
    """Follow the third quote of the answer; the sentence that it quotes."""
    quote = page.locator(".cw-answer li").nth(2)
    text = quote.locator(".cw-quote").inner_text()
    quote.locator(".cw-source a").click()
    page.locator("img.cw-page").wait_for()
    wait_until_drawn(page)
    return next(sentence for sentence in SENTENCES.values() if sentence in text)


def test_third_citation_opens_at_its_marked_sentence_in_a_two_column_pdf(
    visitor: Visitor, host: str, screenshot: Screenshot
) -> None:
    """The mark lies where the sentence was printed, in its column, and is in view."""
    visit = visitor(host)
    page = visit.open()
    page.get_by_label("Question").fill(QUESTION)
    page.get_by_label("Question").press("Enter")
    sentence = open_third_citation(page)
    left, top, right, bottom = place_of(sentence)
    marked = marked_place(page)
    assert marked[0] == pytest.approx(left, abs=3)
    assert right - 60 < marked[2] < right + 3
    assert marked[1] == pytest.approx(top, abs=5)
    assert marked[3] == pytest.approx(bottom, abs=5)
    expect(page.locator("#cited")).to_be_in_viewport()
    expect(page.locator(".cw-aside mark")).to_have_text(sentence)
    screenshot(page, "page")
    assert_clean(visit)


def test_size_and_page_stand_in_the_address(
    visitor: Visitor, host: str, screenshot: Screenshot
) -> None:
    """Enlarged, the mark is in view; someone else sees the same; the arrow keys turn the page."""
    visit = visitor(host)
    page = visit.open(ASKED)
    open_third_citation(page)
    page.get_by_role("radio", name="Large").click()
    page.locator(".cw-pane img").wait_for()
    wait_until_drawn(page)
    expect(page.locator("#cited")).to_be_in_viewport()
    expect(page).to_have_url(re.compile("[?&]zoom=Large"))
    assert page.locator("html").evaluate("e => e.scrollWidth <= e.clientWidth")
    screenshot(page, "large")
    other = visitor(host)
    shared = other.open(page.url.partition(f"{host}/")[2])
    expect(shared.locator(".cw-pane img")).to_be_visible()
    expect(shared.locator("#cited")).to_be_in_viewport()
    shared.get_by_role("radio", name="Text").click()
    shared.locator(".cw-pane").wait_for(state="detached")
    # Among the sizes an arrow key would choose another one.
    shared.locator("h1").click()
    shared.keyboard.press("ArrowRight")
    expect(shared.locator(".cw-turner")).to_have_text("Page 2 of 2")
    expect(shared).to_have_url(re.compile("[?&]page=2"))
    shared.get_by_role("button", name="Back to the cited page 1").click()
    expect(shared.locator(".cw-turner")).to_have_text("Page 1 of 2")
    assert_clean(visit)
    assert_clean(other)


def test_quote_is_copied_with_its_citation(visitor: Visitor, host: str) -> None:
    """By the keyboard; and where a browser has no clipboard for pages that are not secure."""
    visit = visitor(host, permissions=["clipboard-read", "clipboard-write"])
    page = visit.open(ASKED)
    sentence = open_third_citation(page)
    button = page.get_by_role("button", name="Copy quote with citation")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".cw-copy [role=status]")).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    title = next(TITLES[name] for name, text in SENTENCES.items() if text == sentence)
    first, _, reference = copied.split("\n")
    assert first == f"\u201c{sentence}\u201d (Lind, 2000, p. 1)"
    assert reference.startswith(f"Lind A. {title}")
    assert "/" not in reference
    page.evaluate("navigator.clipboard.writeText('before')")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    button.click()
    page.get_by_text("Correct the description").click()
    field = page.get_by_label("Title")
    field.fill("")
    field.press("Control+V")
    expect(field).to_have_value(re.compile(re.escape(sentence)))
    assert_clean(visit)


def test_similar_passages_lead_to_other_documents(
    visitor: Visitor, host: str, screenshot: Screenshot
) -> None:
    """Opened by hand or by the address."""
    visit = visitor(host)
    page = visit.open(ASKED)
    sentence = open_third_citation(page)
    page.get_by_text("Similar passages").click()
    links = page.locator(".cw-similar .cw-source a")
    links.first.wait_for()
    expect(page).to_have_url(re.compile("[?&]similar=true"))
    own = next(TITLES[name] for name, text in SENTENCES.items() if text == sentence)
    assert own not in links.all_inner_texts()[:2]
    screenshot(page, "similar")
    again = visitor(host).open(page.url.partition(f"{host}/")[2])
    expect(again.locator(".cw-similar .cw-source a").first).to_be_visible()
    title = links.first.inner_text()
    links.first.click()
    expect(page.locator("h1", has_text=title)).to_be_visible()
    assert parse_qs(urlsplit(page.url).query)["q"] == [QUESTION]
    assert_clean(visit)


def test_section_is_jumped_to_and_stands_in_the_address(visitor: Visitor, host: str) -> None:
    """Which stays whole, and leads there again."""
    visit = visitor(host)
    page = visit.open("library")
    page.locator(".cw-table a", has_text="The harbour").click()
    expect(page.locator("h1", has_text="The harbour")).to_be_visible()
    wait_until_drawn(page)
    heading = page.locator(".cw-article h2", has_text="Part 4")
    expect(heading).not_to_be_in_viewport()
    page.locator("summary", has_text="Sections").click()
    page.locator("nav a", has_text="Part 4").click()
    expect(heading).to_be_in_viewport()
    assert re.search(r"document\?doc=[0-9a-f]{16}#section-\d$", page.url)
    page.reload()
    expect(heading).to_be_in_viewport()
    assert_clean(visit)


def test_file_itself_is_handed_out(visitor: Visitor, host: str, tmp_path: Path) -> None:
    """At the page, in a tab of its own; and nothing but what the library holds."""
    visit = visitor(host)
    page = visit.open(ASKED)
    sentence = open_third_citation(page)
    link = page.get_by_role("link", name="Open the PDF itself")
    href = link.get_attribute("href") or ""
    assert re.fullmatch(r"source/[0-9a-f]{64}#page=1", href)
    answer = page.request.get(f"http://{host}/{href}")
    title = next(TITLES[name] for name, text in SENTENCES.items() if text == sentence)
    write_paper(tmp_path / "same.pdf", title, sentence)
    assert answer.body() == (tmp_path / "same.pdf").read_bytes()
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert page.request.get(f"http://{host}/source/{'0' * 64}").status == 404
    assert_clean(visit)
