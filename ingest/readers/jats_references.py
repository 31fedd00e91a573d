"""Reference lists of JATS articles, a line a reference."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.readers.jats_inline import inline_text
from ingest.readers.xml_tree import flat_text, local_name, own_text

if TYPE_CHECKING:
    from lxml.etree import _Element

_CITATIONS = ("mixed-citation", "element-citation", "citation", "nlm-citation")
# Are put where readers look for them.
_PLACED = frozenset(
    {
        "name", "string-name", "collab", "etal", "year", "volume", "issue", "fpage", "lpage",
        "pub-id",
    }
)  # fmt: skip
_PUNCTUATION = re.compile(r"[.,;:]")


def reference_list(article: "_Element") -> list[str]:
    """All references of an article in order, each on one line."""
    references = [
        _reference(reference)
        for part in article.iterchildren("body", "back", "floats-group")
        for reference in part.iter("ref")
    ]
    return [reference for reference in references if reference]


def _reference(reference: "_Element") -> str:
    label = flat_text(reference.find("label")).strip("[]().")
    texts = [_citation(part) for part in reference.iter(*_CITATIONS)]
    text = " ".join(filter(None, texts)) or inline_text(reference)
    return f"{label}. {text}" if label and text else text


def _citation(citation: "_Element") -> str:
    written = own_text(citation) + "".join(child.tail or "" for child in citation)
    if _PUNCTUATION.search(written) or len(citation) == 0:
        return inline_text(citation)
    return _composed(citation)


def _composed(citation: "_Element") -> str:
    """A reference given in parts only, with the marks that a reader expects between them."""
    names = [_name(part) for part in citation.iter("name", "string-name", "collab")]
    if citation.find(".//etal") is not None:
        names.append("et al")
    parts = [", ".join(filter(None, names))]
    parts += [inline_text(part) for part in _others(citation)]
    parts.append(_where(citation))
    parts += [f"{p.get('pub-id-type', 'id')}:{flat_text(p)}" for p in citation.iter("pub-id")]
    return " ".join(
        part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part
    )


def _others(citation: "_Element") -> Iterator["_Element"]:
    """Title, journal, publisher and what else is given, in the order given."""
    for part in citation:
        if (
            part.tag not in _PLACED
            and part.find(".//name") is None
            and part.find(".//collab") is None
        ):
            yield part


def _name(part: "_Element") -> str:
    if local_name(part) != "name":
        return inline_text(part)
    return " ".join(filter(None, (flat_text(part.find(n)) for n in ("surname", "given-names"))))


def _where(citation: "_Element") -> str:
    year, volume, issue, first, last = (
        flat_text(citation.find(f".//{name}"))
        for name in ("year", "volume", "issue", "fpage", "lpage")
    )
    pages = "-".join(filter(None, (first, last)))
    place = f"{volume}{f'({issue})' if issue else ''}{f':{pages}' if pages else ''}"
    return ";".join(filter(None, (year, place)))
