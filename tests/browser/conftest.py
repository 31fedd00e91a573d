"""A real server, a real browser, and pages that report what they ask for."""

import os
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from library_fixture import StarterLibrary
from playwright.sync_api import Browser, Dialog, Page, Playwright, Request, sync_playwright
from playwright.sync_api import Error as PlaywrightError
from running_server import served

SYSTEM_CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Streamlit asks for these below the page's own address first; see notes on deep links.
STREAMLITS_OWN_404S = ("/_stcore/health", "/_stcore/host-config")
SLOW_MS = 60_000


@dataclass
class Visit:
    """A browser page, and what went wrong or elsewhere while it was open."""

    page: Page
    host: str
    console_errors: list[str] = field(default_factory=list)
    foreign_requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Write down what a page asks for, complains of and pops up."""
        page.on("request", self._note_request)
        page.on(
            "console",
            lambda message: self._note_console(
                message.type, message.text, message.location.get("url", "")
            ),
        )
        page.on("pageerror", lambda error: self.console_errors.append(str(error)))
        page.on("dialog", self._note_dialog)

    def open(self, path: str = "") -> Page:
        """Go to an address of the server and wait until the page is drawn."""
        self.page.goto(f"http://{self.host}/{path}")
        wait_until_drawn(self.page)
        return self.page

    def _note_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != self.host:
            self.foreign_requests.append(request.url)

    def _note_console(self, kind: str, text: str, address: str) -> None:
        is_streamlits = address.endswith(STREAMLITS_OWN_404S) and "404" in text
        if kind == "error" and not is_streamlits:
            self.console_errors.append(f"{text} ({address})")

    def _note_dialog(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()


Visitor = Callable[..., Visit]


def assert_clean(visit: Visit) -> None:
    """No complaint, no dialog, and nothing was asked of another host."""
    assert visit.console_errors == []
    assert visit.foreign_requests == []
    assert visit.dialogs == []


def wait_until_drawn(page: Page) -> None:
    """Wait until the script has ended and no element is still a grey block."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.locator("[data-testid=stSkeleton]").first.wait_for(state="detached")
    page.locator("[data-testid=stSpinner]").first.wait_for(state="detached")


# Of the package, not of the session: while Playwright runs, no other test of this thread
# may start an event loop.
@pytest.fixture(scope="package")
def playwright() -> Generator[Playwright]:
    """Playwright itself."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Generator[Browser]:
    """The system's Chromium where there is one, else Playwright's own."""
    system = SYSTEM_CHROMIUM if SYSTEM_CHROMIUM.exists() else None
    try:
        started = playwright.chromium.launch(executable_path=system, args=FLAGS)
    except PlaywrightError as error:
        if system:
            raise
        pytest.skip(f"no browser: neither {SYSTEM_CHROMIUM} nor Playwright's own ({error.message})")
    yield started
    started.close()


@pytest.fixture(scope="package")
def starter_host(
    starter: StarterLibrary, tmp_path_factory: pytest.TempPathFactory
) -> Generator[str]:
    """A server of the starter corpus."""
    with served(starter.folder, tmp_path_factory.mktemp("server") / "log") as host:
        yield host


@pytest.fixture
def visitor(browser: Browser) -> Generator[Visitor]:
    """Opens a visit of a server in a context of its own, as a new person would."""
    contexts = []

    def visit(host: str, **options: object) -> Visit:
        context = browser.new_context(**options)
        context.set_default_timeout(SLOW_MS)
        contexts.append(context)
        visit = Visit(context.new_page(), host)
        context.on("page", visit.watch)
        visit.watch(visit.page)
        return visit

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture
def screenshot(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Keeps a picture of a page in the folder CITEWELL_SCREENSHOTS, where that is set."""

    def keep(page: Page, name: str) -> None:
        if folder := os.environ.get("CITEWELL_SCREENSHOTS"):
            page.screenshot(path=Path(folder) / f"{request.node.name}-{name}.png", full_page=True)

    return keep
