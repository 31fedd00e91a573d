"""Every page in every state that a reader meets, for what is checked on all of them."""

import re
import shutil
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from running_server import served

QUESTION = "does stress raise inflammation?"
ANSWER = "?q=does+stress+raise+inflammation%3F"
NO_ANSWER = "?q=how+do+I+repair+a+bicycle+chain%3F"
CLAIM = "check?claim=Poor+sleep+raises+C-reactive+protein."
PASSPHRASE = "correct horse battery"  # noqa: S105
MOST_WAIT_MS = 60_000


@dataclass(frozen=True)
class View:
    """A page in one state: where it is, and what is there when it is drawn."""

    name: str
    address: str
    sign: str

    def open(self, page: Page) -> None:
        """Go there and wait until it is drawn."""
        page.goto(self.address)
        expect(page.locator(self.sign).first).to_be_visible(timeout=MOST_WAIT_MS)
        if page.locator("[data-testid=stApp]").count():
            page.locator("[data-test-script-state=notRunning]").wait_for()
            for busy in ("stSkeleton", "stSpinner"):
                page.locator(f"[data-testid={busy}]").first.wait_for(state="detached")


@contextmanager
def all_views(index: Path, folder: Path, browser: Browser) -> Generator[list[View]]:
    """Addresses of every view, on servers that run as long as they are needed.

    Args:
        index: an index of the starter library; it is copied.
        folder: a folder for what the servers write.
        browser: collects something, so that there is a collection.
    """
    copy = shutil.copytree(index, folder / "library")
    with ExitStack() as running:
        host = running.enter_context(served(copy, folder / "log"))
        locked = running.enter_context(
            served(copy, folder / "log-login", settings={"CITEWELL_PASSPHRASE": PASSPHRASE})
        )
        empty = running.enter_context(served(folder / "none", folder / "log-empty", folder))
        at = f"http://{host}"
        pdf, article = _collect_and_find_sources(f"{at}/{ANSWER}", browser)
        yield [
            View("ask", f"{at}/", "input"),
            View("answer", f"{at}/{ANSWER}", ".cw-passage"),
            View("no-answer", f"{at}/{NO_ANSWER}", ".cw-passage"),
            View("pdf", f"{at}/{pdf}", "img.cw-page"),
            View("article", f"{at}/{article}", ".cw-article"),
            View("check", f"{at}/{CLAIM}", "h3"),
            View("map", f"{at}/map", ".cw-map"),
            View("collection", f"{at}/collection", "article.cw-card"),
            View("library", f"{at}/library", ".cw-table tbody tr"),
            View("login", f"http://{locked}/", "input[type=password]"),
            View("no-index", f"http://{empty}/", "h1, h2"),
        ]


def _collect_and_find_sources(address: str, browser: Browser) -> tuple[str, str]:
    """Collect three passages; where the first PDF and the first article open."""
    context = browser.new_context()
    context.set_default_timeout(MOST_WAIT_MS)
    page = context.new_page()
    page.goto(address)
    page.locator(".cw-passage").first.wait_for()
    buttons = page.locator(".cw-passage .cw-collect")
    for number in range(3):
        buttons.nth(number).click()
        expect(buttons.nth(number)).to_contain_text("Collected")
    links = page.locator(".cw-open a")
    found = [
        links.filter(has_text=re.compile(text)).first.get_attribute("href") or ""
        for text in ("^Open page", "^Open at this")
    ]
    context.close()
    return found[0], found[1]
