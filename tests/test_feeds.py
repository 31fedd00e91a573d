"""Feeds and sitemaps: each page that they list is a source of its own."""

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from support import LIBRARY, FakeEmbedder

from ingest.feeds import expand_lists, may_be_list, read_list
from ingest.fetching import Fetcher
from ingest.pipeline import IngestReport, ingest
from ingest.sources import Source, find_sources
from ingest.web import WebRules

RULES = WebRules(allow_private=True, pause_seconds=0, most_pages=3)
ARTICLE = (LIBRARY / "mindfulness.html").read_text("utf-8")

RSS = """<?xml version="1.0"?><!-- news --><rss version="2.0"><channel><title>News</title>
<link>{0}/</link>{1}</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>
<entry><link href="/page/7"/></entry><entry><link href="{0}/page/8"/></entry></feed>"""
RSS_1 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/"><item rdf:about="a"><link>{0}/page/6</link></item></rdf:RDF>"""
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>{0}/page/1</loc><lastmod>2020-01-01</lastmod></url>
<url><loc> {0}/page/2 </loc><lastmod>2024-01-01</lastmod></url>
<url><loc>javascript:alert(1)</loc></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>{0}/packed.xml.gz</loc></sitemap></sitemapindex>"""


def rss(server: str, *pages: int) -> str:
    """A feed of pages."""
    return RSS.format(
        server, "".join(f"<item><link>{server}/page/{n}</link></item>" for n in pages)
    )


class Server(ThreadingHTTPServer):
    """A site whose feed changes; counts the pages that it sent whole."""

    daemon_threads = True
    listed = (1, 2)
    sent = 0

    @property
    def address(self) -> str:
        """Of the site."""
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """Pages, and lists of them."""

    server: Server

    def do_GET(self) -> None:
        """By path."""
        lists = {
            "/feed.xml": rss(self.server.address, *self.server.listed),
            "/news": rss(self.server.address, 5),
            "/atom": ATOM.format(self.server.address),
            "/old.rdf": RSS_1.format(self.server.address),
            "/sitemap.xml": INDEX.format(self.server.address),
            "/packed.xml.gz": SITEMAP.format(self.server.address),
        }
        if self.path.startswith("/page/"):
            self.page(self.path.rpartition("/")[2])
        elif self.path in lists:
            content = lists[self.path].encode()
            self.answer(
                gzip.compress(content) if self.path.endswith(".gz") else content, "text/xml"
            )
        else:
            self.send_error(404)

    def page(self, number: str) -> None:
        """An article of its own, sent again only if it is not known."""
        if self.headers["If-None-Match"] == f'"{number}"':
            self.send_response(304)
            self.end_headers()
            return
        self.server.sent += 1
        content = ARTICLE.replace("Eight weeks", f"{number} weeks").encode()
        self.answer(content, "text/html", f'"{number}"')

    def answer(self, content: bytes, media_type: str, etag: str = "") -> None:
        """Send it all."""
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        if etag:
            self.send_header("ETag", etag)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments: object) -> None:
        """Quietly."""


@pytest.fixture
def server() -> Iterator[Server]:
    """A site on this machine."""
    with Server(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


def pages(server: Server, *numbers: int) -> tuple[str, ...]:
    """Addresses of pages of the site."""
    return tuple(f"{server.address}/page/{number}" for number in numbers)


def ingest_lists(folder: Path, fake: FakeEmbedder, *arguments: str) -> IngestReport:
    """Ingest from this machine."""
    return ingest(arguments, folder, fake, web=RULES)


def test_the_pages_of_a_feed_are_sources(
    server: Server, index_folder: Path, fake: FakeEmbedder
) -> None:
    """Those that it no longer lists stay; those that are known are not sent again."""
    feed = f"{server.address}/feed.xml"
    assert ingest_lists(index_folder, fake, feed).added == pages(server, 1, 2)
    server.listed = (2, 3)
    again = ingest_lists(index_folder, fake, feed)
    assert (again.added, again.unchanged, again.removed) == (pages(server, 3), pages(server, 2), ())
    assert (again.documents, server.sent, again.failed) == (3, 3, ())


def test_only_so_many_pages_are_read(
    server: Server, index_folder: Path, fake: FakeEmbedder
) -> None:
    """The first, which a feed has newest; and it is told."""
    server.listed = (1, 2, 3, 4)
    report = ingest_lists(index_folder, fake, f"{server.address}/feed.xml")
    assert report.added == pages(server, 1, 2, 3)
    assert "lists 4 pages; the first 3 are read" in report.notices[0]


@pytest.mark.parametrize(
    ("name", "numbers"),
    [("sitemap.xml", (2, 1)), ("packed.xml.gz", (2, 1)), ("atom", (7, 8)), ("old.rdf", (6,))],
)
def test_lists_of_all_kinds_are_followed(
    server: Server, name: str, numbers: tuple[int, ...]
) -> None:
    """An index of sitemaps, a packed sitemap (newest first), Atom with relative links, RSS 1.0."""
    found = find_sources([f"{server.address}/{name}"])
    expanded = expand_lists(found, Fetcher(RULES), 9)
    assert (tuple(s.id for s in expanded.sources), expanded.failed) == (pages(server, *numbers), {})


def test_an_address_that_turns_out_to_be_a_list_says_how_to_read_it(
    server: Server, index_folder: Path, fake: FakeEmbedder
) -> None:
    """By the mark before it."""
    address = f"{server.address}/news"
    ((source, reason),) = ingest_lists(index_folder, fake, address).failed
    assert source == address
    assert reason.endswith(f"citewell ingest feed:{address}")
    assert ingest_lists(index_folder, fake, f"feed:{address}").added == pages(server, 5)


def test_a_feed_that_is_a_file_is_read(
    server: Server, sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """When it is named itself; in a folder it is told of, and nothing is fetched."""
    feed = sources / "feed.xml"
    feed.write_text(rss(server.address, 1), "utf-8")
    ((source, reason),) = ingest_lists(index_folder, fake, str(sources)).failed
    assert (Path(source).name, server.sent) == ("feed.xml", 0)
    assert reason.endswith(f"citewell ingest {feed}")
    assert ingest_lists(index_folder, fake, str(feed)).added == pages(server, 1)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("https://a.example/feed.xml", True),
        ("https://a.example/blog/feed/", True),
        ("https://a.example/?feed=rss2", True),
        ("https://a.example/sitemap", True),
        ("https://a.example/how-to-feed-a-baby", False),
        ("https://a.example/atom-physics", False),
        ("https://a.example/article.html", False),
    ],
)
def test_lists_are_known_by_their_names(name: str, expected: bool) -> None:
    """The others are asked for only once."""
    assert may_be_list(Source(name, None, name)) == expected


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><body><feed></body></html>",
        b"<article/>",
        b"\x00" * 99,
        b"<rss",
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
    ],
)
def test_what_is_no_list_stays_a_source(sources: Path, content: bytes) -> None:
    """A reader says what it is."""
    path = sources / "article.xml"
    path.write_bytes(content)
    found = find_sources([str(path)])
    assert expand_lists(found, Fetcher(RULES), 9).sources == found.sources


@pytest.mark.parametrize("content", [b"<rss></rss>", b"<urlset><url/></urlset>", b"\x1f\x8bno"])
def test_a_broken_or_empty_list_is_told(sources: Path, content: bytes) -> None:
    """With its name."""
    path = sources / "feed.xml"
    path.write_bytes(content)
    expanded = expand_lists(find_sources([str(path)]), Fetcher(RULES), 9)
    assert (expanded.sources, list(expanded.failed)) == ((), [str(path)])


def test_a_list_cannot_read_files_of_ours() -> None:
    """No entities, no other schemes."""
    content = b"""<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd">]>
    <urlset><url><loc>https://a.example/&x;</loc></url><url><loc>file:///etc/passwd</loc></url></urlset>"""
    assert all("root" not in page for page in read_list(content, "").pages)
    assert not any(page.startswith("file") for page in read_list(content, "").pages)
