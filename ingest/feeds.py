"""Feeds (RSS, Atom) and sitemaps: lists of pages, each of which is a source of its own."""

import gzip
import io
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index.errors import SourceError
from ingest.sources import FEED, WEB, FoundSources, Source
from ingest.web import Fetched, Version

if TYPE_CHECKING:
    from ingest.fetching import Fetcher

_MOST_BYTES = 20 << 20
_MOST_SITEMAPS = 50
_GZIP_MARK = b"\x1f\x8b"
_ENDINGS = (".atom", ".rdf", ".rss", ".xml", ".xml.gz")
_NAMES = re.compile(r"[/=](?:atom|feeds?|rss2?|sitemap)(?:$|[/?&])", re.IGNORECASE)
_RSS_IN_RDF = b"http://purl.org/rss/"
_ROOT = re.compile(rb"<(?:\w+:)?(?P<root>rss|feed|rdf|urlset|sitemapindex)[\s>]", re.IGNORECASE)
# Before the root there may be a declaration, comments, and the way to a style sheet.
_ROOT_WITHIN = 4096
_SITEMAPS = {"urlset", "sitemapindex"}


@dataclass(frozen=True)
class Listed:
    """Pages that a list names, the newest first where it says so.

    Attributes:
        pages: their addresses.
        sitemaps: addresses of further lists.
    """

    pages: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()


def fetch_page(address: str, fetcher: "Fetcher", known: Version | None) -> Fetched | None:
    """Read an address that is to be a document; None where it is the known version.

    Raises:
        SourceError: it cannot be read, or is a list of pages.
    """
    fetched = fetcher.fetch(address, known)
    if fetched and _root(fetched.content):
        raise SourceError(
            "it is a list of pages, not a document. To read the pages: "
            f"citewell ingest {FEED}{address}"
        )
    return fetched


def expand_lists(found: FoundSources, fetcher: "Fetcher", most_pages: int) -> FoundSources:
    """Put the pages that feeds and sitemaps name in place of these.

    A list inside a folder is told of but not followed: who names a folder has not asked for
    pages from the network.

    Args:
        found: sources, some of which may be lists.
        fetcher: reads lists that are addresses.
        most_pages: of one list.
    """
    sources: dict[str, Source] = {}
    failed = dict(found.failed)
    notices: list[str] = []
    lists: list[str] = []
    for source in found.sources:
        try:
            pages = _pages_of(source, found, fetcher)
        except SourceError as error:
            failed[source.id] = str(error)
            continue
        if pages is None:
            sources.setdefault(source.id, source)
            continue
        lists.append(source.id)
        if len(pages) > most_pages:
            notices.append(
                f"{source.id} lists {len(pages):,} pages; the first {most_pages:,} are read. "
                "--max-pages reads more"
            )
        for page in pages[:most_pages]:
            sources.setdefault(page, Source(page, None, page))
    return replace(
        found,
        sources=tuple(sources.values()),
        failed=failed,
        notices=tuple(notices),
        lists=tuple(lists),
    )


def _pages_of(source: Source, found: FoundSources, fetcher: "Fetcher") -> tuple[str, ...] | None:
    """Addresses of the pages that a source lists; None where it is no list."""
    if not may_be_list(source):
        return None
    content = _content(source, fetcher)
    if not _root(content):
        if source.path or not source.id.startswith(FEED):
            return None
        raise SourceError("it is neither a feed (RSS, Atom) nor a sitemap")
    if source.path and any(source.path.is_relative_to(folder) for folder in found.folders):
        raise SourceError(
            "it is a list of pages, not a document. To read the pages, name the file itself: "
            f"citewell ingest {source.path}"
        )
    pages = tuple(dict.fromkeys(_follow(content, source.link, fetcher)))
    if not pages:
        raise SourceError("it lists no pages")
    return pages


def may_be_list(source: Source) -> bool:
    """Whether a source is a feed or sitemap by its name; what it holds decides."""
    if source.path:
        return source.path.name.lower().endswith(_ENDINGS)
    address = urlsplit(source.link)
    return (
        source.id.startswith(FEED)
        or address.path.lower().endswith(_ENDINGS)
        or bool(_NAMES.search(f"{address.path}?{address.query}"))
    )


def _content(source: Source, fetcher: "Fetcher") -> bytes:
    if source.path is None:
        return _fetch(source.link, fetcher)
    try:
        with source.path.open("rb") as file:
            start = file.read(_ROOT_WITHIN)
            # Most XML files are articles, and long.
            is_list = _root(start) or start.startswith(_GZIP_MARK)
            return _unpacked(start + file.read(_MOST_BYTES)) if is_list else b""
    except OSError as error:
        raise SourceError(f"the file cannot be opened ({error.strerror})") from error


def _fetch(address: str, fetcher: "Fetcher") -> bytes:
    fetched = fetcher.fetch(address)
    return _unpacked(fetched.content) if fetched else b""


def _unpacked(content: bytes) -> bytes:
    if not content.startswith(_GZIP_MARK):
        return content
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
            unpacked = file.read(_MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(f"it cannot be unpacked ({error})") from error
    if len(unpacked) > _MOST_BYTES:
        raise SourceError(f"unpacked it is larger than {_MOST_BYTES >> 20} MB")
    return unpacked


def _follow(content: bytes, address: str, fetcher: "Fetcher") -> Iterator[str]:
    listed = read_list(content, address)
    yield from listed.pages
    for sitemap in listed.sitemaps[:_MOST_SITEMAPS]:
        # One level: a sitemap index may not name others.
        yield from read_list(_fetch(sitemap, fetcher), sitemap).pages


def read_list(content: bytes, address: str) -> Listed:
    """Pages and further lists that a feed or sitemap names; only http and https addresses.

    Args:
        content: the bytes, unpacked.
        address: where it is from; links may be relative to it.
    """
    root = _root(content)
    if root in _SITEMAPS:
        places = _web(_sitemap_places(content))
        return Listed(pages=places) if root == "urlset" else Listed(sitemaps=places)
    return Listed(pages=_web(_feed_links(content, address)))


def _root(content: bytes) -> str:
    match = _ROOT.search(content[:_ROOT_WITHIN])
    if match is None or b"<html" in content[: match.start()].lower():
        return ""
    root = match["root"].decode().lower()
    # Much else is written as RDF, such as what Adobe's programs say of a picture.
    is_other = root == "rdf" and _RSS_IN_RDF not in content[:_ROOT_WITHIN]
    return "" if is_other else root


def _sitemap_places(content: bytes) -> list[str]:
    from lxml import etree  # noqa: PLC0415

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    tree = etree.fromstring(content, parser)
    if tree is None:
        return []
    entries = [
        (entry.findtext("{*}loc", "").strip(), entry.findtext("{*}lastmod", "").strip())
        for entry in tree.iterchildren("{*}url", "{*}sitemap")
    ]
    return [place for place, _ in sorted(entries, key=lambda entry: entry[1], reverse=True)]


def _feed_links(content: bytes, address: str) -> list[str]:
    import feedparser  # noqa: PLC0415

    # A file object: of bytes it would try whether they are a name or an address.
    feed = feedparser.parse(io.BytesIO(content), response_headers={"content-location": address})
    return [entry.get("link", "") for entry in feed.entries]


def _web(places: Iterable[str]) -> tuple[str, ...]:
    return tuple(place for place in places if place.startswith(WEB))
