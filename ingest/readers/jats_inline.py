"""Text of a JATS paragraph: superscripts kept as such, note marks left out."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ingest.readers.superscripts import superscript
from ingest.readers.xml_tree import local_name, own_text
from ingest.text_cleaning import one_line

if TYPE_CHECKING:
    from lxml.etree import _Element

# Stand in a paragraph, but are blocks of their own.
BLOCKS = frozenset(
    {
        "array", "boxed-text", "chem-struct-wrap", "code", "def-list", "disp-formula-group",
        "disp-quote", "fig", "fig-group", "list", "media", "preformat", "ref-list", "speech",
        "statement", "supplementary-material", "table-wrap", "table-wrap-group", "verse-group",
    }
)  # fmt: skip
# Say nothing in a line of text, or say it a second time.
_SILENT = frozenset(
    {
        "alt-text", "annotation", "annotation-xml", "contrib-group", "fn", "graphic", "index-term",
        "inline-graphic", "long-desc", "object-id", "tex-math",
    }
)  # fmt: skip
_NOTES = frozenset({"aff", "author-notes", "bibr", "corresp", "fn"})


def inline_text(element: "_Element") -> str:
    """The text of an element on one line, without the blocks in it."""
    return one_line("".join(_pieces(element)))


def _pieces(element: "_Element") -> Iterator[str]:
    yield own_text(element)
    for child in element:
        yield from _child(child)
        yield child.tail or ""


def _child(child: "_Element") -> Iterator[str]:
    name = local_name(child)
    if name == "xref" and child.get("ref-type") in _NOTES and child.find("sup") is not None:
        return
    if form := _FORMS.get(name):
        yield form(child)
    elif name not in BLOCKS and name not in _SILENT:
        yield from _pieces(child)


def _set_apart(child: "_Element") -> str:
    return f" {inline_text(child)} "


def _and_others(child: "_Element") -> str:
    return inline_text(child) or "et al"


def _name(child: "_Element") -> str:
    """A person's name; where nothing stands between it and the next one, a comma."""
    parts = [inline_text(part) for part in child]
    written = own_text(child) + "".join(part.tail or "" for part in child)
    text = inline_text(child) if written.strip() else " ".join(filter(None, parts))
    apart = bool(child.tail) or child.getnext() is None
    return text if apart else f"{text}, "


def _raised(child: "_Element") -> str:
    if any(xref.get("ref-type") in _NOTES for xref in child.iter("xref")):
        # A note mark: with it, the word before would be another word.
        return ""
    text = inline_text(child)
    # A mark between the numbers of two notes.
    return "" if text in {",", "\u2013"} else superscript(text)


_FORMS: dict[str, Callable[["_Element"], str]] = {
    "break": _set_apart,
    "disp-formula": _set_apart,
    "etal": _and_others,
    "inline-formula": _set_apart,
    "name": _name,
    "pub-id": _set_apart,
    "string-name": _name,
    "sup": _raised,
}
