"""The gate before a real server: what is refused without the passphrase, and open with it."""

import http.client
import re
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from library_fixture import ROOT, StarterLibrary, environment
from running_server import free_port, served
from websockets.exceptions import ConnectionClosedError, InvalidStatus
from websockets.sync.client import connect

RIGHT, WRONG = "correct horse battery", "incorrect horse battery"
FORM = "application/x-www-form-urlencoded"
PAGE = {"accept": "text/html"}
EVERYTHING = (
    "/",
    "/library",
    "/document?passage=1",
    "/source/0123456789abcdef",
    "/media/0123456789abcdef.png",
    "/static/index.html",
    "/component/citewell.results/main.js",
    "/_stcore/host-config",
    "/_stcore/metrics",
    "/_stcore/upload_file/a/b",
    "/%5fstcore/health/../host-config",
    "//_stcore/health",
    "/_stcore/health/",
    "/favicon.png",
    "/index.html",
)


@pytest.fixture(scope="module")
def host(starter: StarterLibrary, tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """A server that asks for a passphrase."""
    folder = tmp_path_factory.mktemp("gate")
    (folder / "passphrase").write_text(f"{RIGHT}\n", "utf-8")
    settings = {"CITEWELL_PASSPHRASE_FILE": str(folder / "passphrase")}
    with served(starter.folder, folder / "log", settings=settings) as running:
        yield running


def ask(
    host: str, method: str, path: str, headers: dict[str, str] | None = None, body: str = ""
) -> tuple[http.client.HTTPResponse, str]:
    """One answer and its text; no redirect is followed."""
    connection = http.client.HTTPConnection(host, timeout=30)
    connection.request(method, path, body, headers or {})
    response = connection.getresponse()
    text = response.read().decode("utf-8", "replace")
    connection.close()
    return response, text


def log_in(
    host: str, passphrase: str, leads_to: str = "/", **headers: str
) -> http.client.HTTPResponse:
    """The answer to the login form."""
    body = urlencode({"passphrase": passphrase, "next": leads_to})
    return ask(host, "POST", "/login", {"content-type": FORM, **headers}, body)[0]


def cookie_of(response: http.client.HTTPResponse) -> str:
    """The cookie that an answer sets, as a browser sends it back."""
    return (response.getheader("set-cookie") or "").partition(";")[0]


def open_socket(host: str, cookie: str) -> None:
    """Open the socket that pages are drawn through, and close it again."""
    address = f"ws://{host}/_stcore/stream"
    with connect(address, additional_headers={"cookie": cookie}, subprotocols=["streamlit"]):
        pass


@pytest.mark.parametrize("path", EVERYTHING)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD"])
def test_nothing_is_handed_out_without_a_session(host: str, method: str, path: str) -> None:
    """Neither page nor file, by no method."""
    response, text = ask(host, method, path)
    assert response.status == 401
    assert text in {"Log in first.", ""}


def test_page_that_was_asked_for_asks_for_the_passphrase(host: str) -> None:
    """Under its own address, with the headers of every answer, and not to be stored."""
    response, text = ask(host, "GET", "/document?passage=3&q=%22%3E%3Cb%3E", PAGE)
    assert response.status == 401
    assert 'value="/document?passage=3&amp;q=%22%3E%3Cb%3E"' in text
    assert "default-src 'none'" in (response.getheader("content-security-policy") or "")
    assert response.getheader("cache-control") == "no-store"
    assert "<script" not in text


def test_health_is_free(host: str) -> None:
    """For whoever watches over the server; it tells nothing."""
    assert ask(host, "GET", "/_stcore/health")[1] == "ok"


def test_passphrase_opens_pages_files_and_the_socket(host: str) -> None:
    """And leads to where the visitor wanted to go."""
    response = log_in(host, RIGHT, "/library?tag=a")
    assert (response.status, response.getheader("location")) == (303, "/library?tag=a")
    flags = (response.getheader("set-cookie") or "").lower()
    assert re.search(r"^citewell_session=\S{43}; ", response.getheader("set-cookie") or "")
    assert {"httponly", "samesite=lax", "path=/"} <= set(flags.split("; "))
    assert "max-age" not in flags
    cookie = {"cookie": cookie_of(response)}
    page, text = ask(host, "GET", "/library", cookie)
    assert page.status == 200
    assert '<div id="root">' in text
    script = re.search(r'src="\./(static/js/index[^"]+)"', text)
    assert script
    assert ask(host, "GET", f"/{script[1]}", cookie)[0].status == 200
    assert ask(host, "GET", "/media/none.png", cookie)[0].status == 404
    open_socket(host, cookie["cookie"])


@pytest.mark.parametrize("cookie", ["", "citewell_session=", "citewell_session=AAAA"])
def test_socket_needs_a_session(host: str, cookie: str) -> None:
    """Through it comes everything that is drawn."""
    with pytest.raises(InvalidStatus) as refused:
        open_socket(host, cookie)
    assert refused.value.response.status_code == 403


def test_changed_cookie_is_none(host: str) -> None:
    """Not even in its last character."""
    cookie = cookie_of(log_in(host, RIGHT))
    other = cookie[:-1] + ("A" if cookie[-1] != "A" else "B")
    assert ask(host, "GET", "/", {"cookie": cookie})[0].status == 200
    assert ask(host, "GET", "/", {"cookie": other})[0].status == 401


def test_login_leads_to_no_other_host(host: str) -> None:
    """Whatever the form says."""
    for address in ("//evil.example/", "https://evil.example/", "/\\evil.example", "/\t/evil"):
        assert log_in(host, RIGHT, address).getheader("location") == "/"


def test_logging_out_ends_the_session(host: str) -> None:
    """On the server too: a cookie that was kept opens nothing. The page alone ends none."""
    cookie = {"cookie": cookie_of(log_in(host, RIGHT))}
    response, text = ask(host, "GET", "/logout", cookie)
    assert response.status == 200
    assert 'method="post" action="/logout"' in text
    assert ask(host, "GET", "/", cookie)[0].status == 200
    response, _ = ask(host, "POST", "/logout", cookie)
    assert (response.status, response.getheader("location")) == (303, "/login")
    assert "max-age=0" in (response.getheader("set-cookie") or "").lower()
    assert ask(host, "GET", "/", cookie)[0].status == 401


def test_open_socket_closes_after_logging_out(host: str) -> None:
    """A page that stayed open asks nothing more."""
    cookie = cookie_of(log_in(host, RIGHT))
    address = f"ws://{host}/_stcore/stream"
    with connect(
        address, additional_headers={"cookie": cookie}, subprotocols=["streamlit"]
    ) as page:
        ask(host, "POST", "/logout", {"cookie": cookie})
        page.send(b"")
        # What was under way may still come; then it ends.
        with pytest.raises(ConnectionClosedError) as closed:
            list(page)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1008


def test_forms_of_other_sites_are_refused(host: str) -> None:
    """Browsers say where a form stood; one of ours names this host."""
    assert log_in(host, RIGHT, origin="https://evil.example").status == 403
    assert log_in(host, RIGHT, origin="null").status == 403
    assert log_in(host, RIGHT, origin=f"http://{host}").status == 303


def test_cookie_is_secure_behind_tls(host: str) -> None:
    """As a proxy of the same machine says."""
    response = log_in(host, RIGHT, **{"x-forwarded-proto": "https"})
    assert "; secure" in (response.getheader("set-cookie") or "").lower()


def test_odd_forms_do_no_harm(host: str) -> None:
    """Too long, too many fields, no form at all."""
    headers = {"content-type": FORM, "x-forwarded-for": "192.0.2.77"}
    assert ask(host, "POST", "/login", headers, "a" * 70_000)[0].status == 413
    for body in ("&".join(f"a{n}=1" for n in range(100)), "\0\xff", "passphrase"):
        assert ask(host, "POST", "/login", headers, body)[0].status == 401


def test_wrong_passphrase_can_be_tried_ten_times(host: str) -> None:
    """Then even the right one has to wait, from this address; elsewhere it opens."""
    guesser = {"x-forwarded-for": "192.0.2.99"}
    assert [log_in(host, WRONG, **guesser).status for _ in range(10)] == [401] * 10
    response = log_in(host, RIGHT, **guesser)
    assert response.status == 429
    assert 0 < int(response.getheader("retry-after") or 0) <= 15 * 60
    assert response.getheader("set-cookie") is None
    assert log_in(host, RIGHT).status == 303


def serve(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """`citewell serve` where it is expected to refuse."""
    return subprocess.run(
        [sys.executable, "-m", "search_app.cli", "serve", "--port", str(free_port()), *arguments],
        cwd=folder,
        env={**environment(folder / "index"), "PYTHONPATH": str(ROOT), "HOME": str(folder)}
        | settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "settings", "reason"),
    [
        ((), {"CITEWELL_PASSPHRASE": "short"}, "shorter than 12"),
        (("--host", "0.0.0.0"), {}, "Name a file with a passphrase"),  # noqa: S104
    ],
)
def test_server_does_not_start_open_by_mistake(
    tmp_path: Path, arguments: tuple[str, ...], settings: dict[str, str], reason: str
) -> None:
    """It says what to set, in a line."""
    done = serve(tmp_path, *arguments, **settings)
    assert done.returncode == 2
    assert reason in done.stderr
    assert "Traceback" not in done.stderr


def test_unreadable_secrets_stop_the_server(tmp_path: Path) -> None:
    """Streamlit would go on without them, and so ask nobody to log in."""
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "secrets.toml").write_text("[auth\n", "utf-8")
    done = serve(tmp_path)
    assert done.returncode == 2
    assert "cannot be read" in done.stderr


def test_passphrase_and_accounts_exclude_each_other(tmp_path: Path) -> None:
    """One of them would not be asked for."""
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "secrets.toml").write_text('[auth]\nclient_id = "a"\n', "utf-8")
    done = serve(tmp_path, CITEWELL_PASSPHRASE=RIGHT)
    assert done.returncode == 2
    assert "not both" in done.stderr
