"""Logging in with an account: a real provider on this machine, a real browser."""

import re
import urllib.error
import urllib.request
from collections.abc import Callable, Generator

import pytest
from joserfc.jwk import RSAKey
from library_fixture import StarterLibrary
from openid_provider import CLIENT, SECRET, Provider, provider
from playwright.sync_api import Page, expect
from running_server import free_port, served

from browser.conftest import Visit, Visitor, wait_until_drawn

pytestmark = pytest.mark.browser

Screenshot = Callable[[Page, str], None]
SECRETS = """
[access]
allowed = ["@hospital.example", "guest@else.example"]

[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "a-secret-of-this-test-and-no-other"
client_id = "{client}"
client_secret = "{secret}"
server_metadata_url = "{address}/.well-known/openid-configuration"
"""


@pytest.fixture(scope="module")
def running_provider() -> Generator[Provider]:
    """The provider of these tests."""
    with provider() as running:
        yield running


@pytest.fixture(scope="module")
def host(
    starter: StarterLibrary, running_provider: Provider, tmp_path_factory: pytest.TempPathFactory
) -> Generator[str]:
    """A server that asks for an account of the provider."""
    folder, port = tmp_path_factory.mktemp("accounts"), free_port()
    (folder / ".streamlit").mkdir()
    (folder / ".streamlit" / "secrets.toml").write_text(
        SECRETS.format(port=port, client=CLIENT, secret=SECRET, address=running_provider.address),
        "utf-8",
    )
    with served(starter.folder, folder / "log", folder, port=port) as running:
        yield running


def log_in(visit: Visit, address: str = "") -> Page:
    """Press the button, and come back from the provider."""
    page = visit.open(address)
    # The page before has the same address: only with this answer has the provider been asked.
    with page.expect_response(re.compile("/oauth2callback")):
        page.get_by_role("button", name="Log in").click()
    page.wait_for_url(re.compile(rf"^http://{re.escape(visit.host)}/$"))
    wait_until_drawn(page)
    return page


def test_without_an_account_only_the_login_is_shown(
    host: str, visitor: Visitor, screenshot: Screenshot
) -> None:
    """On no page anything of the library, nor a menu."""
    visit = visitor(host)
    for path in ("", "library", "collection", "document?passage=1", "?q=does+stress+hurt%3F"):
        page = visit.open(path)
        expect(page.get_by_role("heading", name="Log in")).to_be_visible()
        assert page.locator("[data-testid=stMain] button").count() == 1
        assert page.locator("[data-testid=stMain] input, [data-testid=stMain] a").count() == 0
        assert page.get_by_role("link", name="Library").count() == 0
    screenshot(page, "login")


@pytest.mark.parametrize("path", ["media/0.png", "_stcore/upload_file/a/b", "source/0a"])
def test_files_need_an_account(host: str, path: str) -> None:
    """They are not drawn by the page that asks."""
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"http://{host}/{path}", timeout=30)
    with refused.value as answer:
        assert answer.code == 401


def test_account_opens_the_library(
    host: str, visitor: Visitor, running_provider: Provider, screenshot: Screenshot
) -> None:
    """Its files too; logging out closes it."""
    running_provider.email = "Reader@Hospital.example"
    page = log_in(visitor(host))
    expect(page.get_by_role("heading", name="Ask the library")).to_be_visible()
    assert page.request.get(f"http://{host}/media/0.png").status == 404
    screenshot(page, "in")
    # The cookie goes with the answer that leads away from there.
    with page.expect_response("**/auth/logout**"):
        page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("heading", name="Log in")).to_be_visible()
    assert page.request.get(f"http://{host}/media/0.png").status == 401


def test_account_that_is_not_on_the_list_stays_outside(
    host: str, visitor: Visitor, running_provider: Provider, screenshot: Screenshot
) -> None:
    """A provider knows more people than a library."""
    running_provider.email = "reader@hospital.example.evil.example"
    page = log_in(visitor(host))
    expect(page.get_by_role("heading", name="No access")).to_be_visible()
    expect(page.locator(".cw-lead")).to_contain_text("may not see this library")
    assert page.get_by_text("Ask the library").count() == 0
    assert page.request.get(f"http://{host}/media/0.png").status == 401
    screenshot(page, "outside")


def test_word_of_another_signer_is_not_believed(
    host: str, visitor: Visitor, running_provider: Provider
) -> None:
    """A token that the provider's key did not sign."""
    running_provider.email = "reader@hospital.example"
    running_provider.signing_key = RSAKey.generate_key(2048, {"kid": "1"}, private=True)
    try:
        page = log_in(visitor(host))
    finally:
        running_provider.signing_key = running_provider.key
    expect(page.get_by_role("heading", name="Log in")).to_be_visible()
    assert page.request.get(f"http://{host}/media/0.png").status == 401
