"""XML of strangers: parsed without entities and network, and its text."""

from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING

from index.errors import SourceError
from ingest.text_cleaning import one_line

if TYPE_CHECKING:
    from lxml.etree import _Element

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def parse_xml(content: bytes) -> "_Element":
    """The root of an XML document; what its own definitions would put in stays out.

    Raises:
        SourceError: it is not well-formed.
    """
    # Here, for each PDF is read in a process of its own that imports this package.
    from lxml import etree  # noqa: PLC0415

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(
            f"it is not well-formed XML ({one_line(str(error))}); get another copy of it"
        ) from error


def local_name(element: "_Element") -> str:
    """The element's name without its namespace; empty for entities and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def own_text(element: "_Element") -> str:
    """The text before the first child; that of an entity is the character it stands for."""
    if isinstance(element.tag, str):
        return element.text or ""
    # "&nbsp;" is known without a definition; what a file defines itself is left out.
    text = element.text or ""
    character = unescape(text) if text.startswith("&") else ""
    return "" if character.startswith("&") and character != "&" else character


def texts(element: "_Element") -> Iterator[str]:
    """All text of an element, in order."""
    yield own_text(element)
    for child in element:
        yield from texts(child)
        yield child.tail or ""


def flat_text(element: "_Element | None") -> str:
    """All text of an element on one line; empty where there is no element."""
    return "" if element is None else one_line("".join(texts(element)))
