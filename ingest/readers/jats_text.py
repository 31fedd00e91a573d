"""Abstract, sections, tables, figures and back matter of a JATS article as blocks of text."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ingest.readers.jats_inline import BLOCKS, inline_text
from ingest.readers.tables import Cell, span, table_text
from ingest.readers.xml_tree import flat_text, local_name
from ingest.text_cleaning import one_line, unlike_heading

if TYPE_CHECKING:
    from lxml.etree import _Element

_DEEPEST = 6
_SECTION = 2
# Described elsewhere, or nothing to read.
_PASSED_OVER = frozenset(
    {"label", "title", "sec-meta", "ref-list", "object-id", "alternatives", "graphic", "fn-type"}
)
_SECTIONS = frozenset({"ack", "app", "glossary", "notes", "sec"})
_CONTAINERS = frozenset(
    {
        "app-group", "array", "boxed-text", "caption", "def", "disp-quote", "fig-group",
        "fn-group", "list-item", "media", "speech", "statement", "supplementary-material",
        "table-wrap-group",
    }
)  # fmt: skip
_HEADINGS = {
    "ack": "Acknowledgements",
    "app": "Appendix",
    "bio": "About the authors",
    "fn-group": "Notes",
    "glossary": "Abbreviations",
    "notes": "Notes",
}
_ABSTRACTS = {
    "executive-summary": "Summary",
    "graphical": "Graphical abstract",
    "key-points": "Key points",
    "precis": "Summary",
    "short": "Short abstract",
    "summary": "Summary",
    "teaser": "Summary",
    "toc": "Summary",
}


def abstracts(article: "_Element") -> Iterator[str]:
    """The abstracts, each under its heading."""
    for part in article.iterfind("front/article-meta/abstract"):
        yield from _titled(part, _ABSTRACTS.get(part.get("abstract-type", ""), "Abstract"))
    for part in article.iterfind("front/article-meta/trans-abstract"):
        yield from _titled(part, "Abstract in another language")


def article_text(article: "_Element") -> Iterator[str]:
    """The sections of the body; figures and tables that stand apart come after them."""
    for body in article.iterchildren("body"):
        yield from _blocks(body, _SECTION)
    for part in article.iterchildren("floats-group", "floats-wrap"):
        blocks = list(_blocks(part, _SECTION))
        if blocks:
            yield "## Figures and tables"
            yield from blocks


def back_matter(article: "_Element") -> Iterator[str]:
    """Acknowledgements, funding, notes, appendices; reference lists are read elsewhere."""
    funding = article.iterfind("front/article-meta/funding-group/funding-statement")
    statements = list(filter(None, map(inline_text, funding)))
    if statements:
        yield "## Funding"
        yield from statements
    for notes in article.iterfind("front/article-meta/author-notes"):
        blocks = [block for note in notes.iterchildren("fn") for block in _block(note, _SECTION)]
        if blocks:
            yield "## Author notes"
            yield from blocks
    for back in article.iterchildren("back"):
        for part in back:
            if heading := _HEADINGS.get(local_name(part)):
                yield from _titled(part, heading)
            else:
                yield from _block(part, _SECTION)


def _titled(part: "_Element", heading: str) -> Iterator[str]:
    blocks = list(_blocks(part, _SECTION + 1))
    if blocks:
        yield f"## {_title(part) or heading}"
        yield from blocks


def _title(part: "_Element") -> str:
    title = part.find("title")
    label, text = flat_text(part.find("label")), "" if title is None else inline_text(title)
    return f"{label} {text}".strip()


def _blocks(parent: "_Element", level: int) -> Iterator[str]:
    for child in parent:
        yield from _block(child, level)


def _block(element: "_Element", level: int) -> Iterator[str]:
    """The text of one element of a section, and of the blocks within it."""
    name = local_name(element)
    if name in _SECTIONS:
        title = _title(element)
        if title:
            yield f"{'#' * min(level, _DEEPEST)} {title}"
        yield from _blocks(element, level + 1 if title else level)
    elif name in _FORMS:
        yield from filter(None, _FORMS[name](element))
    elif name in _CONTAINERS:
        yield from filter(None, [_title(element)])
        yield from _blocks(element, level)
    elif name and name not in _PASSED_OVER:
        yield from _paragraph(element, level)


def _paragraph(element: "_Element", level: int) -> Iterator[str]:
    if text := inline_text(element):
        yield unlike_heading(text)
    for child in element.iterdescendants(*BLOCKS):
        # Those within another block are read with it.
        outer = next(a for a in child.iterancestors() if a is element or a.tag in BLOCKS)
        if outer is element:
            yield from _block(child, level)


def _note(element: "_Element") -> Iterator[str]:
    yield " ".join([flat_text(element.find("label")), *_blocks(element, _SECTION)]).strip()


def _list(element: "_Element") -> Iterator[str]:
    yield "\n".join(_items(element))


def _items(element: "_Element") -> Iterator[str]:
    for item in element:
        name = local_name(item)
        if name == "list-item":
            text = one_line(" ".join(_blocks(item, _SECTION)))
            label = flat_text(item.find("label"))
            yield f"- {label} {text}" if label else f"- {text}"
        elif name == "def-item":
            term, meaning = (flat_text(item.find(part)) for part in ("term", "def"))
            yield f"- {term}: {meaning}"
        elif name in {"list", "def-list"}:
            yield from _items(item)
        elif name == "title":
            yield inline_text(item)


def _figure(element: "_Element") -> Iterator[str]:
    yield _caption(element)


def _caption(element: "_Element") -> str:
    caption = element.find("caption")
    parts = [_label(element)]
    for holder in [element] if caption is None else [caption, element]:
        parts += [_sentence(inline_text(part)) for part in holder.iterchildren("title", "p")]
    return " ".join(filter(None, parts))


def _label(element: "_Element") -> str:
    return _sentence(flat_text(element.find("label")))


def _sentence(text: str) -> str:
    return text if not text or text.endswith((".", ":", "?", "!")) else f"{text}."


def _table(element: "_Element") -> Iterator[str]:
    if caption := _caption(element):
        yield caption
    for table in element.iter("table", "{*}tgroup"):
        if text := table_text(_row(row) for row in table.iter("tr", "{*}row")):
            yield text
    for foot in element.iterchildren("table-wrap-foot"):
        notes = [" ".join(_block(part, _SECTION)) for part in foot]
        yield from filter(None, ["\n".join(filter(None, notes))])


def _row(row: "_Element") -> list[Cell]:
    return [
        Cell(
            one_line(" ".join(_paragraph(cell, _SECTION))),
            span(cell.get("colspan")),
            span(cell.get("rowspan")),
        )
        for cell in row.iterchildren("td", "th", "{*}entry")
    ]


_FORMS: dict[str, Callable[["_Element"], Iterator[str]]] = {
    "def-list": _list,
    "fig": _figure,
    "fn": _note,
    "list": _list,
    "table-wrap": _table,
}
