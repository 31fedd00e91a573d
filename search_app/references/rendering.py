"""References written in a style, by citeproc-py, and how a slide names a source in short."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from search_app.references.csl_items import CslItem

_FOLDER = Path(__file__).with_name("styles")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_NUMBER = re.compile(r"^\d+\.\s*")
_SECOND_STOP = re.compile(r"(?<=[?!])\.(?= |$)")
_NO_CASE = '<span class="nocase">{}</span>'
_TWO = 2
_SHORT_TITLE_WORDS = 5


@dataclass(frozen=True)
class Style:
    """A way of writing references.

    Attributes:
        name: as people call it.
        file: its CSL file.
        is_numbered: whether sources are cited by number, in the order in which they appear.
    """

    name: str
    file: str
    is_numbered: bool


STYLES = {
    "vancouver": Style("Vancouver", "nlm-citation-sequence.csl", is_numbered=True),
    "apa": Style("APA", "apa.csl", is_numbered=False),
}
DEFAULT_STYLE = "vancouver"


def write_references(items: Sequence[CslItem], style: str = DEFAULT_STYLE) -> list[str]:
    """The references in plain text, one an item, in the order of the items and without numbers.

    Args:
        items: each with another id.
        style: a key of `STYLES`.
    """
    from citeproc import (  # noqa: PLC0415  (takes a tenth of a second)
        Citation,
        CitationItem,
        CitationStylesBibliography,
        CitationStylesStyle,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON  # noqa: PLC0415

    chosen = STYLES[style]
    # Keys of our own: citeproc-py takes ids that differ in case only for one.
    prepared = [{**_prepared(item, style), "id": f"r{n}"} for n, item in enumerate(items)]
    bibliography = CitationStylesBibliography(
        CitationStylesStyle(str(_FOLDER / chosen.file), validate=False),
        CiteProcJSON(prepared),
        formatter.plain,
    )
    for item in prepared:
        bibliography.register(Citation([CitationItem(item["id"])]))
    written = [" ".join(str(entry).split()) for entry in bibliography.bibliography()]
    written = [_SECOND_STOP.sub("", entry) for entry in written]
    return [_NUMBER.sub("", entry) if chosen.is_numbered else entry for entry in written]


def short_reference(item: CslItem) -> str:
    """First author or authors and year; the beginning of the title where there is no author."""
    names = [name.get("family") or name.get("literal", "") for name in names_of(item)]
    if not names:
        words = str(item["title"]).split()
        is_long = len(words) > _SHORT_TITLE_WORDS
        who = " ".join(words[:_SHORT_TITLE_WORDS]) + ("\u2026" if is_long else "")
    elif len(names) > _TWO:
        who = f"{names[0]} et al."
    else:
        who = " and ".join(names)
    return f"{who}, {year_of(item) or 'no date'}"


def cited_at(short: str, page: str) -> str:
    """A source in short with the page, where there is one: "Cohen et al., 2012, p. 3"."""
    return f"{short}, p. {page}" if page else short


def year_of(item: CslItem) -> str:
    """The year in which it appeared, or an empty string."""
    issued = item.get("issued")
    return str(issued["date-parts"][0][0]) if isinstance(issued, dict) else ""


def names_of(item: CslItem) -> list[dict[str, str]]:
    """The names of the authors, in order; none where none are known."""
    names = item.get("author")
    return names if isinstance(names, list) else []


def _prepared(item: CslItem, style: str) -> CslItem:
    """The item as citeproc-py has to have it for the style to come out right."""
    prepared = dict(item)
    if "container-title" in item:
        # Names of journals and sites stay as they are: not "Zeitschrift Für", "Example.org".
        prepared["container-title"] = _NO_CASE.format(item["container-title"])
    if style == "vancouver":
        # It leaves out the spaces of "2017 Aug 5".
        prepared |= {key: _written_date(item[key]) for key in ("issued", "accessed") if key in item}
    elif not names_of(item):
        # Where a title stands in for the author, it would print the title again as the title.
        del prepared["title"]
        kind = f" [{prepared.pop('genre')}]" if "genre" in prepared else ""
        prepared["author"] = [{"literal": f"{item['title']}{kind}"}]
    return prepared


def _written_date(date: object) -> dict[str, str]:
    parts = date["date-parts"][0] if isinstance(date, dict) else []
    names = [_MONTHS[part - 1] if place == 1 else str(part) for place, part in enumerate(parts)]
    return {"literal": " ".join(names)}
