"""OpenDocument text (ODT): headings, paragraphs, lists, tables and notes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.documents import Document, Page
from index.errors import SourceError
from ingest.readers.dublin_core import Description, description
from ingest.readers.tables import Cell, span, table_text
from ingest.readers.titles import choose_title, first_heading, without_title, written_by_person
from ingest.readers.xml_tree import local_name, own_text, parse_xml
from ingest.readers.zip_container import Container
from ingest.sources import Source
from ingest.text_cleaning import one_line, unlike_heading

if TYPE_CHECKING:
    from lxml.etree import _Element

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_ORIGIN = "OpenDocument properties"
_DEEPEST = 6
# Deleted text, comments, and what programs keep for themselves.
_SILENT = frozenset(
    {"annotation", "annotation-end", "forms", "note", "sequence-decls", "tracked-changes"}
)
_BLOCKS = frozenset({"h", "list", "p", "section", "table", "table-of-content", "text-box"})
_MOST_SPACES = 100


def read_odt(content: bytes, source: Source) -> Document:
    """Read an OpenDocument text.

    Raises:
        SourceError: it is damaged, protected, or holds no text.
    """
    container = Container(content)
    body = parse_xml(container.read("content.xml")).find(f".//{_OFFICE}text")
    if body is None:
        raise SourceError("it is no OpenDocument text (.odt): perhaps a sheet or a presentation")
    blocks = list(_blocks(body))
    stated = _stated(container)
    title, origin = choose_title(
        source,
        (written_by_person(stated.title), _ORIGIN),
        (first_heading(blocks), "first heading"),
    )
    text = without_title(blocks, title)
    if not text:
        raise SourceError("it holds no text, perhaps only pictures")
    notes = list(_notes(body))
    if notes:
        text += "\n\n## Notes\n\n" + "\n".join(notes)
    return Document(
        id=source.id,
        title=title,
        link=source.link,
        pages=(Page(text),),
        metadata={
            "kind": "odt",
            "reader": "OpenDocument",
            "reading": {"reader": "OpenDocument"},
            **stated.metadata(_ORIGIN, origin),
        },
    )


def _stated(container: Container) -> Description:
    if "meta.xml" not in container.names:
        return Description()
    return description(parse_xml(container.read("meta.xml")), "creation-date", "date")


def _blocks(parent: "_Element") -> Iterator[str]:
    for element in parent:
        yield from _block(element, local_name(element))


def _block(element: "_Element", name: str) -> Iterator[str]:
    if name in {"h", "p"}:
        if text := one_line(_inline(element)):
            level = span(element.get(f"{_TEXT}outline-level"))
            yield f"{'#' * min(level, _DEEPEST)} {text}" if name == "h" else unlike_heading(text)
        for box in element.iterdescendants("{*}text-box"):
            yield from _blocks(box)
    elif name == "list":
        yield from filter(None, ["\n".join(_items(element))])
    elif name == "table":
        yield from filter(None, [table_text(_row(row) for row in _rows(element))])
    elif name and name not in _SILENT and name != "table-of-content":
        yield from _blocks(element)


def _items(element: "_Element") -> Iterator[str]:
    for item in element.iterchildren(f"{_TEXT}list-item", f"{_TEXT}list-header"):
        own = [_inline(part) for part in item if local_name(part) in {"h", "p"}]
        if text := one_line(" ".join(own)):
            yield f"- {text}"
        for inner in item.iterchildren(f"{_TEXT}list"):
            yield from _items(inner)


def _rows(table: "_Element") -> Iterator["_Element"]:
    for row in table.iter(f"{_TABLE}table-row"):
        if next(row.iterancestors(f"{_TABLE}table"), None) is table:
            yield row


def _row(row: "_Element") -> list[Cell]:
    # A covered cell is one that another reaches over: it has no place of its own.
    return [
        Cell(
            one_line(" ".join(_inline(part) for part in cell.iter(f"{_TEXT}h", f"{_TEXT}p"))),
            span(cell.get(f"{_TABLE}number-columns-spanned")),
            span(cell.get(f"{_TABLE}number-rows-spanned")),
        )
        for cell in row.iterchildren(f"{_TABLE}table-cell")
    ]


def _inline(element: "_Element") -> str:
    parts = [own_text(element)]
    for child in element:
        parts += [_child(child, local_name(child)), child.tail or ""]
    return "".join(parts)


def _child(child: "_Element", name: str) -> str:
    if name == "note":
        return (
            f"[{one_line(_inline(citation))}]" if (citation := _citation(child)) is not None else ""
        )
    if name == "s":
        return " " * span(child.get(f"{_TEXT}c"))
    if name in {"tab", "line-break"}:
        return " "
    return "" if name in _SILENT or name in _BLOCKS or name == "frame" else _inline(child)


def _citation(note: "_Element") -> "_Element | None":
    return note.find(f"{_TEXT}note-citation")


def _notes(body: "_Element") -> Iterator[str]:
    for note in body.iter(f"{_TEXT}note"):
        citation, text = _citation(note), note.find(f"{_TEXT}note-body")
        if citation is not None and text is not None:
            yield f"[{one_line(_inline(citation))}] {one_line(' '.join(_blocks(text)))}"
