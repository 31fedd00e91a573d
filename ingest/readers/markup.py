"""Blocks of text of (X)HTML that is all article: chapters of a book, converted Word files."""

from collections.abc import Iterator
from textwrap import indent
from typing import TYPE_CHECKING

from index.errors import SourceError
from ingest.readers.encoding import decode
from ingest.readers.superscripts import superscript
from ingest.readers.tables import Cell, span, table_text
from ingest.readers.xml_tree import local_name, own_text, parse_xml
from ingest.text_cleaning import one_line, unlike_heading

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol", "menu"})
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup",
        "hr", "li", "main", "nav", "p", "pre", "section", "summary", "table", "tbody", "td", "th",
        "thead", "tr", *_HEADINGS, *_LISTS,
    }
)  # fmt: skip
_SILENT = frozenset(
    {
        "", "annotation", "annotation-xml", "audio", "button", "canvas", "head", "iframe",
        "noscript", "object", "script", "select", "style", "svg", "template", "textarea", "video",
    }
)  # fmt: skip


def parse_markup(content: bytes) -> "_Element | None":
    """The root of a page: as XML where it is that, else as a browser would read it."""
    from lxml import etree  # noqa: PLC0415

    try:
        return parse_xml(content)
    except SourceError:
        parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
        return etree.fromstring(decode(content).encode(), parser)


def markup_blocks(element: "_Element") -> Iterator[str]:
    """Headings as Markdown lines, paragraphs, lists and tables, in order."""
    line = [own_text(element)]
    for child in element:
        name = local_name(child)
        if name in _SILENT:
            line.append(own_text(child) if not name else "")
        elif name in _BLOCKS or _holds_blocks(child):
            yield from _paragraph(line)
            line = []
            yield from _block(child, name)
        else:
            line.append(_inline(child, name))
        line.append(child.tail or "")
    yield from _paragraph(line)


def plain_text(element: "_Element") -> str:
    """All text of an element on one line, words of neighbouring blocks kept apart."""
    return one_line(_inline(element, local_name(element)))


def _paragraph(parts: list[str]) -> Iterator[str]:
    if text := one_line("".join(parts)):
        yield unlike_heading(text)


def _holds_blocks(element: "_Element") -> bool:
    return any(local_name(part) in _BLOCKS for part in element.iterdescendants())


def _block(element: "_Element", name: str) -> Iterator[str]:
    if name in _HEADINGS:
        if text := plain_text(element):
            yield f"{'#' * _HEADINGS[name]} {text}"
    elif name in _LISTS:
        yield from filter(None, ["\n".join(_items(element))])
    elif name == "table":
        yield from filter(None, [_table(element)])
    elif name == "pre":
        text = "".join(element.itertext()).strip("\n")
        # Indented, for a line of code that begins with "#" is no heading.
        yield from filter(str.strip, [indent(text, "    ")])
    else:
        yield from markup_blocks(element)


def _items(element: "_Element") -> Iterator[str]:
    for item in element:
        if local_name(item) in _LISTS:
            yield from _items(item)
            continue
        inner = [part for part in item if local_name(part) in _LISTS]
        lists = set(inner)
        own = [own_text(item)]
        for part in item:
            own += ["" if part in lists else _inline(part, local_name(part)), part.tail or ""]
        if text := one_line("".join(own)):
            yield f"- {text}"
        for part in inner:
            yield from _items(part)


def _table(element: "_Element") -> str:
    captions = [plain_text(part) for part in element if local_name(part) == "caption"]
    rows = [
        row
        for row in element.iter("{*}tr")
        if next(row.iterancestors("{*}table"), element) is element
    ]
    return "\n".join(filter(None, [*captions, table_text(_row(row) for row in rows)]))


def _row(row: "_Element") -> list[Cell]:
    return [
        Cell(plain_text(cell), span(cell.get("colspan")), span(cell.get("rowspan")))
        for cell in row
        if local_name(cell) in {"td", "th"}
    ]


def _inline(element: "_Element", name: str) -> str:
    if not name:
        return own_text(element)
    if name in _SILENT:
        return ""
    if name == "br":
        return " "
    parts = [own_text(element)]
    for child in element:
        parts += [_inline(child, local_name(child)), child.tail or ""]
    text = "".join(parts)
    if name == "sup":
        return _raised(element, text.strip())
    return f" {text} " if name in _BLOCKS else text


def _raised(element: "_Element", text: str) -> str:
    if text.isdecimal() and any(local_name(part) == "a" for part in element.iter()):
        # The number of a note, not a power.
        return f"[{text}]"
    return superscript(text)
