"""Sources of others: web pages open at the sentence, hostile text stays text."""

import html
import threading
from collections.abc import Callable, Generator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Visit, Visitor, served, wait_until_drawn
from index.embedder import Embedder
from ingest.pipeline import ingest
from ingest.web import WebRules

pytestmark = pytest.mark.browser

SENTENCE = "Lighthouse keepers, who sleep at odd hours, caught half as many winter colds."
FILLER = (
    "The harbour town has kept its records of tides and ships for many years, and its archive "
    "is open to anyone who asks for it at the desk on a weekday morning."
)
# What could go wrong if a text were taken for HTML, Markdown or a link.
HTML = "<img src='http://evil.example/a.png' onerror='alert(1)'><script>alert(2)</script>"
MARKDOWN = "![a](http://evil.example/b.png) [press](javascript:alert(3)) **bold** $x$ :red[x]"
HOSTILE_TITLE = f"Kelp {HTML} {MARKDOWN}"

Screenshot = Callable[[Page, str], None]


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture(scope="module")
def web_site(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """Address of a web site of our own, with one article."""
    folder = tmp_path_factory.mktemp("site")
    write_article(folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def host(
    web_site: str, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> Generator[str]:
    """A server of a library of that article and of hostile files."""
    folder = tmp_path_factory.mktemp("library")
    write_hostile_sources(folder / "sources")
    sources = [f"{web_site}/keepers.html", str(folder / "sources")]
    report = ingest(sources, folder / "index", embedder, web=WebRules(allow_private=True))
    assert (len(report.added), report.failed) == (3, ())
    with served(folder / "index", folder / "log") as host:
        yield host


def write_article(folder: Path) -> None:
    """A web page whose one telling sentence stands far below."""
    before = "".join(f"<p>{FILLER} This is note {n}.</p>" for n in range(60))
    after = "".join(f"<p>{FILLER} This is remark {n}.</p>" for n in range(60))
    (folder / "keepers.html").write_text(
        "<!doctype html><html lang=en><head><title>Notes of a harbour</title>"
        "<link rel=icon href=data:,></head><body>"
        f"<article><h1>Notes of a harbour</h1>{before}<h2>Health</h2><p>{SENTENCE}</p>{after}"
        "</article></body></html>",
        "utf-8",
    )


def test_web_page_opens_at_the_sentence(
    visitor: Visitor, host: str, web_site: str, screenshot: Screenshot
) -> None:
    """In a tab of its own; the browser scrolls to it."""
    address = f"{web_site}/keepers.html"
    visit = visitor(host)
    page = visit.open("?q=do+lighthouse+keepers+catch+colds%3F")
    link = page.locator("article.cw-card h3 a").first
    href = link.get_attribute("href") or ""
    assert href.startswith(f"{address}#:~:text=Lighthouse%20keepers%2C%20who%20sleep%20at,")
    with page.context.expect_page() as opened:
        link.click()
    article = opened.value
    article.wait_for_load_state()
    expect(article.get_by_text("Lighthouse keepers")).to_be_in_viewport()
    assert article.evaluate("window.scrollY") > 0
    assert article.evaluate("window.opener") is None
    screenshot(article, "article")
    assert set(visit.foreign_requests) <= {address}
    assert visit.console_errors == []


def write_hostile_sources(folder: Path) -> None:
    """Hostile title, author, heading and text, as Markdown and as plain text."""
    folder.mkdir()
    quoted = HOSTILE_TITLE.replace("'", "''")
    literal = html.escape("<script>alert(4)</script> and <a href=javascript:alert(5)>x</a>")
    (folder / "kelp.md").write_text(
        f"---\ntitle: '{quoted}'\nauthor: '{HTML.replace(chr(39), chr(39) * 2)}'\n---\n\n"
        f"## Heading {literal}\n\nKelp forests lower the risk of storms for {literal} villages.\n\n"
        "[press](javascript:alert(6)) Kelp is eaten in many villages of the coast.\n",
        "utf-8",
    )
    (folder / "storms.txt").write_text(
        f"Are storms {MARKDOWN} worse?\n\nKelp forests {HTML} {MARKDOWN} break the waves of storms "
        "before they reach the coast.\n",
        "utf-8",
    )


def test_hostile_text_is_shown_as_it_stands(
    visitor: Visitor, host: str, screenshot: Screenshot
) -> None:
    """No script runs, nothing is fetched, nothing is formatted, on any page."""
    visit = visitor(host)
    page = visit.open()
    expect(page.get_by_role("button").filter(has_text="Are storms")).to_be_visible()
    assert_literal(visit, MARKDOWN)
    screenshot(page, "examples")
    visit.open("?q=do+kelp+forests+lower+the+risk+of+storms%3F")
    expect(page.locator(".cw-passage").first).to_be_visible()
    assert_literal(visit, HOSTILE_TITLE, "<script>alert(4)</script>", HTML)
    screenshot(page, "answer")
    visit.open("library")
    assert_literal(visit, HOSTILE_TITLE)
    for title in ("Kelp <img", "Are storms"):
        visit.open("library")
        page.locator(".cw-table a", has_text=title).click()
        expect(page.locator("h1", has_text=title)).to_be_visible()
        wait_until_drawn(page)
        assert_literal(visit, MARKDOWN)
    screenshot(page, "document")


def assert_literal(visit: Visit, *texts: str) -> None:
    """The texts stand on the page letter by letter, and did nothing."""
    page = visit.page
    body = " ".join(page.locator("[data-testid=stMain]").inner_text().split())
    for text in texts:
        assert text in body
    main = page.locator("[data-testid=stMain]")
    assert main.locator("img[src*=evil], a[href*='javascript'], script:text('alert')").count() == 0
    assert visit.dialogs == []
    assert visit.foreign_requests == []
    assert visit.console_errors == []
