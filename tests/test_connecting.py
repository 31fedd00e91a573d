"""Only public addresses are connected to, however they are spelled or led to."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

import ingest.connecting
from index.errors import SourceError
from ingest.connecting import PublicTransport, is_public, resolve
from ingest.fetching import Fetcher
from ingest.web import WebRules

QUICK = WebRules(pause_seconds=0, silence_seconds=5)


class Handler(BaseHTTPRequestHandler):
    """Answers with the name that it was asked by, or leads elsewhere."""

    def do_GET(self) -> None:
        """No rules for programs; `/to/ADDRESS` redirects there."""
        self.server.asked.append(self.path)  # ty: ignore[unresolved-attribute]
        if self.path == "/robots.txt":
            self.send_error(404)
        elif self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.end_headers()
        else:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(self.headers["Host"].encode())

    def log_message(self, *_arguments: object) -> None:
        """Quietly."""


class Server(ThreadingHTTPServer):
    """Remembers what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str] = []


@pytest.fixture
def server() -> Iterator[Server]:
    """A server on this machine that nobody may be led to."""
    with Server() as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


PRIVATE_HOSTS = [
    "127.0.0.1",
    "127.1",
    "127.255.255.254",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "017700000001",
    "0",
    "0.0.0.0",  # noqa: S104
    "localhost",
    "LOCALHOST",
    "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b::10.0.0.1]",
    "[2002:7f00:1::]",
    "[2001:0:4136:e378:8000:63bf:80ff:fffe]",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "[fe80::1]",
    "[fec0::1]",
    "[ff02::1]",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.192",
    "192.168.0.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "example.org@127.0.0.1",
    "user:example.org@10.0.0.1",
    "\u0661\u0662\u0667.0.0.1",
    "127。0。0。1",
    "①②⑦.0.0.1",
]


@pytest.mark.parametrize("host", PRIVATE_HOSTS)
def test_no_private_address_is_connected_to(server: Server, host: str) -> None:
    """Whatever its spelling; nothing has arrived at the server."""
    with pytest.raises(SourceError):
        Fetcher(QUICK).fetch(f"http://{host}:{server.server_port}/")
    assert server.asked == []


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0"])
def test_spellings_of_this_machine_are_refused_for_that(host: str) -> None:
    """The reason names the address that they lead to, and the way out."""
    with pytest.raises(SourceError, match=r"(127\.|0\.0\.0\.0).*--allow-private"):
        Fetcher(QUICK).fetch(f"http://{host}/")


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"],
)
def test_public_addresses_are_public(address: str) -> None:
    """Wrapped ones too."""
    assert is_public(address)


@pytest.mark.parametrize("scheme", ["ftp", "file", "gopher", "data", "javascript"])
def test_only_web_addresses_are_fetched(scheme: str) -> None:
    """No other scheme."""
    with pytest.raises(SourceError, match="cannot be read"):
        Fetcher(QUICK).fetch(f"{scheme}://127.0.0.1/etc/passwd")


def test_one_private_address_among_public_ones_is_too_many() -> None:
    """Else a name server need only wait for the first to fail."""
    fetcher = Fetcher(QUICK, lambda _host, _port: ["8.8.8.8", "10.1.2.3"])
    with pytest.raises(SourceError, match=r"example\.org is at 10\.1\.2\.3"):
        fetcher.fetch("http://example.org/")


class Rebinding:
    """A name server that answers with a public address once, then with this machine's."""

    def __init__(self) -> None:
        self.answers: list[list[str]] = []

    def __call__(self, _host: str, _port: int) -> list[str]:
        self.answers.append(["127.0.0.1"] if self.answers else ["203.0.114.1"])
        return self.answers[-1]


def test_a_name_that_changes_its_address_is_asked_once(server: Server) -> None:
    """The connection goes to the address that was checked (here: not allowed by the tests)."""
    rebinding = Rebinding()
    url = f"http://rebind.example:{server.server_port}/"
    transport = PublicTransport(rebinding)
    # pytest-socket lets tests connect to this machine only, and names the address in its error.
    with pytest.raises(Exception, match=r"203\.0\.114\.1"):
        transport.handle_request(httpx.Request("GET", url))
    assert rebinding.answers == [["203.0.114.1"]]
    with pytest.raises(SourceError, match="127"):
        transport.handle_request(httpx.Request("GET", url))
    assert server.asked == []


@pytest.fixture
def _here_is_public(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take 127.0.0.1 for public, and nothing else: the only place tests may connect to."""
    monkeypatch.setattr(ingest.connecting, "is_public", lambda address: address == "127.0.0.1")


@pytest.mark.usefixtures("_here_is_public")
def test_a_server_is_asked_by_its_name(server: Server) -> None:
    """Though the connection is to its number."""
    fetcher = Fetcher(QUICK, lambda _host, _port: ["127.0.0.1"])
    fetched = fetcher.fetch(f"http://example.org:{server.server_port}/page")
    assert fetched
    assert fetched.content.decode() == f"example.org:{server.server_port}"


@pytest.mark.usefixtures("_here_is_public")
def test_only_a_server_that_answers_is_read(server: Server) -> None:
    """Where nobody listens the connection fails as it would without the check."""
    transport = PublicTransport(lambda _host, _port: ["127.0.0.1"])
    with pytest.raises(httpx.ConnectError):
        transport.handle_request(httpx.Request("GET", "http://example.org:9/"))
    answer = transport.handle_request(
        httpx.Request("GET", f"http://example.org:{server.server_port}/")
    )
    answer.close()
    assert answer.status_code == httpx.codes.OK


@pytest.mark.usefixtures("_here_is_public")
@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.2:{port}/",
        "http://localhost6:{port}/",
        "//10.0.0.1/",
        "http://[::1]:{port}/",
    ],
)
def test_a_redirect_to_a_private_address_is_not_followed(server: Server, place: str) -> None:
    """Each hop is checked; the first was fine."""

    def resolver(host: str, port: int) -> list[str]:
        names = {"example.org": ["127.0.0.1"], "localhost6": ["::1"]}
        return names.get(host) or resolve(host, port)

    start = f"http://example.org:{server.server_port}/to/"
    with pytest.raises(SourceError, match="not on the open internet"):
        Fetcher(QUICK, resolver).fetch(start + place.format(port=server.server_port))
    assert server.asked == ["/robots.txt", "/to/" + place.format(port=server.server_port)]


@pytest.mark.usefixtures("_here_is_public")
def test_a_redirect_to_a_file_is_not_followed(server: Server) -> None:
    """Only http and https."""
    with pytest.raises(SourceError, match="cannot be read"):
        Fetcher(QUICK, lambda _host, _port: ["127.0.0.1"]).fetch(
            f"http://example.org:{server.server_port}/to/file:///etc/passwd"
        )
