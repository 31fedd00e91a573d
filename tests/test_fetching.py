"""Addresses, against a real server on this machine."""

import gzip
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from support import DATA, LIBRARY, FakeEmbedder, load_fake

from index.errors import SourceError
from index.search import open_index
from ingest.fetching import Fetcher
from ingest.pipeline import IngestReport, ingest
from ingest.web import Fetched, Version, WebRules

MEBIBYTE = 1 << 20
# The server is on this machine, and no stranger's.
RULES = WebRules(allow_private=True, pause_seconds=0)


def fetch(address: str, **rules: float) -> Fetched:
    """Fetch from this machine, with other rules where they are given."""
    fetched = Fetcher(replace(RULES, **rules)).fetch(address)
    assert fetched
    return fetched


def ingest_web(addresses: list[str], folder: Path, fake: FakeEmbedder) -> IngestReport:
    """Ingest from this machine."""
    return ingest(addresses, folder, fake, web=RULES)


class Handler(BaseHTTPRequestHandler):
    """Answers by path."""

    article = (LIBRARY / "mindfulness.html").read_bytes()

    def do_GET(self) -> None:
        """Look the path up; an unknown one is 404."""
        page = getattr(self, f"page_{self.path.strip('/').partition('.')[0]}", None)
        if page is None:
            self.send_error(404)
        else:
            page()

    def answer(self, media_type: str, content: bytes, **headers: str) -> None:
        """Send a whole page."""
        self.send_response(200)
        if media_type:
            self.send_header("Content-Type", media_type)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def page_article(self) -> None:
        """An article, with parameters in its media type."""
        self.answer("Text/HTML; charset=utf-8", self.article)

    def page_changing(self) -> None:
        """Another article at each visit."""
        self.server.visits += 1  # ty: ignore[unresolved-attribute]
        number = str(self.server.visits).encode()  # ty: ignore[unresolved-attribute]
        self.answer("text/html", self.article.replace(b"Eight weeks", number + b" weeks"))

    def page_paper(self) -> None:
        """A PDF."""
        self.answer("application/pdf", (DATA / "report.pdf").read_bytes())

    def page_download(self) -> None:
        """A PDF that the server does not know."""
        self.answer("application/octet-stream", (DATA / "report.pdf").read_bytes())

    def page_notes(self) -> None:
        """Markdown that the server calls plain text."""
        self.answer("text/plain", (LIBRARY / "stress.md").read_bytes())

    def page_robots(self) -> None:
        """One page is not for programs, one is not for us."""
        rules = "User-agent: *\nDisallow: /secret\n\nUser-agent: citewell\nDisallow: /*cret\n"
        self.answer("text/plain", rules.encode())

    def page_to_secret(self) -> None:
        """A redirect to a page that is not for programs."""
        self.redirect("/secret")

    def page_secret(self) -> None:
        """Not for programs."""
        self.answer("text/html", self.article)

    def page_versioned(self) -> None:
        """The article, with a mark of its version."""
        if self.headers.get("If-None-Match") == '"one"':
            self.send_response(304)
            self.end_headers()
        else:
            self.server.visits += 1  # ty: ignore[unresolved-attribute]
            self.answer("text/html", self.article, ETag='"one"')

    def redirect(self, place: str) -> None:
        """Send elsewhere."""
        self.send_response(302)
        self.send_header("Location", place)
        self.end_headers()

    def page_moved(self) -> None:
        """A redirect to the article."""
        self.send_response(301)
        self.send_header("Location", "/article")
        self.end_headers()

    def page_circle(self) -> None:
        """A redirect to itself."""
        self.redirect("/circle")

    def page_picture(self) -> None:
        """No text at all."""
        self.answer("image/png", b"\x89PNG\r\n\x1a\n" + bytes(500))

    def page_large(self) -> None:
        """Two mebibytes."""
        self.answer("text/plain", b"x" * 2 * MEBIBYTE)

    def page_packed(self) -> None:
        """Two mebibytes that travel as two kibibytes."""
        self.answer("text/plain", gzip.compress(b"x" * 2 * MEBIBYTE), Content_Encoding="gzip")

    def page_silent(self) -> None:
        """Never answers in time."""
        time.sleep(1.5)

    def page_dripping(self) -> None:
        """A byte now and then."""
        self.send_response(200)
        self.end_headers()
        for _ in range(40):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.05)

    def page_broken(self) -> None:
        """Promises more than it sends."""
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"x")

    def log_message(self, *_arguments: object) -> None:
        """Quietly."""


class Server(ThreadingHTTPServer):
    """Counts visits; a client that hangs up is no error here."""

    daemon_threads = True
    visits = 0

    def handle_error(self, *_arguments: object) -> None:
        """The client has what it wanted."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Address of the server."""
    with Server(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


def test_bytes_and_media_type_come_back(server: str) -> None:
    """In lower case, without parameters."""
    assert fetch(f"{server}/article") == Fetched(Handler.article, "text/html")


def test_a_redirect_is_followed(server: str) -> None:
    """To the article."""
    assert fetch(f"{server}/moved").content == Handler.article


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("missing", "answered 404 Not Found"),
        ("circle", "redirect"),
        ("broken", "cannot be read"),
    ],
)
def test_what_is_wrong_with_an_address_is_told(server: str, path: str, reason: str) -> None:
    """With a way out."""
    with pytest.raises(SourceError, match=rf"(?i){reason}.*(browser|network)"):
        fetch(f"{server}/{path}")


@pytest.mark.parametrize("path", ["large", "packed"])
def test_too_much_is_refused(server: str, path: str) -> None:
    """Counted as it is when it is unpacked."""
    with pytest.raises(SourceError, match="larger than 1 MB"):
        fetch(f"{server}/{path}", max_bytes=MEBIBYTE)
    assert len(fetch(f"{server}/{path}").content) == 2 * MEBIBYTE


def test_a_silent_server_is_not_waited_for(server: str) -> None:
    """Longer than the limit."""
    with pytest.raises(SourceError, match=r"did not answer within 0\.2 seconds"):
        fetch(f"{server}/silent", silence_seconds=0.2)


def test_a_dripping_server_is_not_waited_for(server: str) -> None:
    """Though it is never silent for long."""
    with pytest.raises(SourceError, match=r"longer than 0\.3 seconds"):
        fetch(f"{server}/dripping", silence_seconds=2, total_seconds=0.3)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/",
        "http://",
        "http://[::1",
        "http://xn--.com/",
        f"http://{'a' * 70}.example/",
    ],
)
def test_an_address_that_leads_nowhere_is_told(address: str) -> None:
    """Nobody listens, or no network could spell it."""
    with pytest.raises(SourceError, match="check the address"):
        fetch(address)


def test_addresses_are_ingested_as_files_are(
    server: str, index_folder: Path, fake: FakeEmbedder
) -> None:
    """An article, a PDF stated or not, Markdown by its ending; what fails is told."""
    good = {
        f"{server}/article": ("Mindfulness training and anxiety", "html"),
        f"{server}/paper": ("The example report on noise", "pdf"),
        f"{server}/notes.md?raw=1": ("Stress and inflammation", "markdown"),
    }
    bad = {
        f"{server}/missing": "404",
        f"{server}/secret": "robots.txt",
        f"{server}/picture": "'image/png' cannot be read",
        f"{server}/download": "",
    }
    report = ingest_web([*good, *bad], index_folder, fake)
    assert report.added == tuple(good)
    assert report.duplicates == ((f"{server}/download", f"{server}/paper"),)
    reasons = dict(report.failed)
    assert set(reasons) == set(bad) - {f"{server}/download"}
    assert all(bad[address] in reason for address, reason in reasons.items())
    index = open_index(index_folder, load_fake)
    documents = {one.id: one for one in index.documents()}
    index.close()
    assert {address: (one.title, one.kind) for address, one in documents.items()} == good
    assert all(one.link == address and not one.is_local for address, one in documents.items())


def test_an_address_is_read_again_when_it_is_named_again(
    server: str, index_folder: Path, fake: FakeEmbedder
) -> None:
    """An unchanged one costs no embedding; no folder that is read removes it."""
    assert ingest_web([f"{server}/article"], index_folder, fake).added == (f"{server}/article",)
    again = ingest_web([f"{server}/article"], index_folder, fake)
    assert (again.unchanged, again.embedded) == ((f"{server}/article",), 0)
    ingest_web([f"{server}/changing"], index_folder, fake)
    changed = ingest_web([f"{server}/changing"], index_folder, fake)
    assert (changed.updated, changed.embedded) == ((f"{server}/changing",), 1)
    assert ingest([str(LIBRARY)], index_folder, fake).removed == ()


@pytest.mark.parametrize("path", ["secret", "to_secret"])
def test_what_robots_txt_forbids_is_not_read(server: str, path: str) -> None:
    """Named itself or by a redirect; the way out is a browser."""
    with pytest.raises(SourceError, match=r"robots\.txt of 127\.0\.0\.1.*save it"):
        fetch(f"{server}/{path}")


def test_a_version_that_is_known_is_not_sent_again(
    server: str, index_folder: Path, fake: FakeEmbedder
) -> None:
    """The index remembers what the server called it."""
    address = f"{server}/versioned"
    version = fetch(address).version
    assert version == Version(etag='"one"')
    assert Fetcher(RULES).fetch(address, version) is None
    assert ingest_web([address], index_folder, fake).added == (address,)
    again = ingest_web([address], index_folder, fake)
    assert (again.unchanged, again.embedded, again.failed) == ((address,), 0, ())


def test_visits_to_a_host_are_apart(server: str) -> None:
    """By the pause that is asked for; this waits, but measures only that it does."""
    fetcher = Fetcher(replace(RULES, pause_seconds=0.2))
    started = time.monotonic()
    for _ in range(3):
        fetcher.fetch(f"{server}/article")
    assert time.monotonic() - started >= 2 * 0.2
