"""EPUB: a book's chapters in their reading order, each read as markup."""

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from index.documents import Document, Page
from index.errors import SourceError
from ingest.readers.dublin_core import description
from ingest.readers.markup import markup_blocks, parse_markup
from ingest.readers.titles import choose_title, first_heading, without_title
from ingest.readers.xml_tree import parse_xml
from ingest.readers.zip_container import Container
from ingest.sources import Source

if TYPE_CHECKING:
    from lxml.etree import _Element

_ORIGIN = "EPUB package"
_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
# What hides only the fonts is no lock.
_LOCK = b"xmlenc#aes"
_CHAPTERS = frozenset({"application/xhtml+xml", "text/html"})


def read_epub(content: bytes, source: Source) -> Document:
    """Read a book.

    Raises:
        SourceError: it is damaged, locked by its seller, or holds no text.
    """
    container = Container(content)
    if _ENCRYPTION in container.names and _LOCK in container.read(_ENCRYPTION):
        raise SourceError("it is locked by its seller (DRM); only a copy without it can be read")
    place = _package_place(container)
    package = parse_xml(container.read(place))
    missing: list[str] = []
    blocks = list(_blocks(container, place, package, missing))
    if not blocks:
        raise SourceError("it holds no text, perhaps only pictures")
    stated = description(package, "date")
    title, origin = choose_title(
        source, (stated.title, _ORIGIN), (first_heading(blocks), "first heading")
    )
    text = without_title(blocks, title)
    return Document(
        id=source.id,
        title=title,
        link=source.link,
        pages=(Page(text),),
        metadata={
            "kind": "epub",
            "reader": "EPUB",
            **stated.metadata(_ORIGIN, origin),
            "reading": {"reader": "EPUB", "warnings": missing},
        },
    )


def _package_place(container: Container) -> str:
    for rootfile in parse_xml(container.read(_CONTAINER)).iter("{*}rootfile"):
        if place := rootfile.get("full-path"):
            return place
    raise SourceError("it names no package: it is damaged; get another copy")


def _blocks(
    container: Container, place: str, package: "_Element", missing: list[str]
) -> Iterator[str]:
    for name in _chapters(place, package):
        if name not in container.names:
            missing.append(f"The chapter {name} is missing in the file.")
            continue
        root = parse_markup(container.read(name))
        body = None if root is None else next(root.iter("{*}body"), None)
        if body is not None:
            yield from markup_blocks(body)


def _chapters(place: str, package: "_Element") -> Iterator[str]:
    """Names of the parts in reading order, without the table of contents."""
    items = {item.get("id"): item for item in package.iter("{*}item")}
    for reference in package.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") not in _CHAPTERS:
            continue
        if "nav" not in (item.get("properties") or "").split():
            folder = posixpath.dirname(place)
            yield posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))
