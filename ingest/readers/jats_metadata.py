"""What a JATS article says of itself: title, authors, journal, date, identifiers, licence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ingest.readers.jats_inline import inline_text
from ingest.readers.licences import licence_name
from ingest.readers.xml_tree import LANGUAGE, flat_text

if TYPE_CHECKING:
    from lxml.etree import _Element

_HREF = "{http://www.w3.org/1999/xlink}href"
# Of the dates of an article, the first of these: when it could first be read by anyone.
_DATES = ("epub", "epub-ppub", "ppub", "pub", "collection", "epreprint", "preprint")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_LANGUAGE_CODE = re.compile(r"[a-z]{2}(?![a-z])")
_MONTHS = ("%m", "%b", "%B")


@dataclass(frozen=True)
class ArticleMetadata:
    """What is stated; empty where it is not. The date is as precise as stated (ISO 8601)."""

    title: str
    authors: tuple[str, ...]
    journal: str
    date: str
    doi: str
    pmid: str
    pmcid: str
    licence: str
    language: str
    article_type: str
    keywords: tuple[str, ...]


def article_metadata(article: "_Element") -> ArticleMetadata:
    """Collect the metadata of an ``<article>``."""
    front = article.find("front")
    meta = None if front is None else front.find("article-meta")
    if front is None or meta is None:
        return ArticleMetadata("", (), "", "", "", "", "", "", "", "", ())
    language = _LANGUAGE_CODE.match((article.get(LANGUAGE) or "").lower())
    pmcid = _identifier(meta, "pmc", "pmcid").upper()
    return ArticleMetadata(
        title=_title(meta),
        authors=tuple(_authors(meta)),
        journal=_journal(front),
        date=_date(meta),
        doi=_doi(meta),
        pmid=_identifier(meta, "pmid"),
        pmcid=f"PMC{pmcid.removeprefix('PMC')}" if pmcid else "",
        licence=_licence(meta),
        language=language.group() if language else "",
        article_type=article.get("article-type") or "",
        keywords=tuple(_keywords(meta)),
    )


def _title(meta: "_Element") -> str:
    parts = [
        inline_text(part)
        for path in ("title-group/article-title", "title-group/subtitle")
        for part in meta.findall(path)[:1]
    ]
    return ": ".join(part for part in parts if part)


def _authors(meta: "_Element") -> Iterator[str]:
    for contributor in meta.iterfind("contrib-group/contrib"):
        if contributor.get("contrib-type", "author") in {"author", "collab"}:
            name = _name(contributor)
            if name:
                yield name


def _name(contributor: "_Element") -> str:
    name = next(contributor.iter("name", "string-name", "collab", "anonymous"), None)
    if name is None:
        return ""
    if name.tag == "name":
        parts = ("prefix", "given-names", "surname", "suffix")
        return " ".join(filter(None, (flat_text(name.find(part)) for part in parts)))
    # A group's own name; its members may be listed within it.
    return "Anonymous" if name.tag == "anonymous" else inline_text(name)


def _journal(front: "_Element") -> str:
    for path in (".//journal-title", ".//journal-id[@journal-id-type='nlm-ta']", ".//journal-id"):
        for part in front.iterfind(f"journal-meta/{path}"):
            if name := flat_text(part):
                return name
    return ""


def _identifier(meta: "_Element", *kinds: str) -> str:
    for part in meta.iterfind("article-id"):
        if part.get("pub-id-type") in kinds:
            return flat_text(part)
    return ""


def _doi(meta: "_Element") -> str:
    match = _DOI.search(_identifier(meta, "doi"))
    return match.group() if match else ""


def _date(meta: "_Element") -> str:
    dates = {
        part.get("pub-type") or part.get("date-type") or "pub": _iso(part)
        for part in meta.iterfind("pub-date")
    }
    ranked = [dates.pop(kind, "") for kind in _DATES]
    return next(filter(None, [*ranked, *dates.values()]), "")


def _iso(part: "_Element") -> str:
    year, month, day = (flat_text(part.find(name)) for name in ("year", "month", "day"))
    if not re.fullmatch(r"\d{4}", year):
        return ""
    number = next(filter(None, (_month(month, form) for form in _MONTHS)), 0)
    if not number:
        return year
    try:
        return f"{datetime(int(year), number, int(day)):%Y-%m-%d}"  # noqa: DTZ001
    except ValueError:
        return f"{year}-{number:02}"


def _month(text: str, form: str) -> int:
    try:
        return datetime.strptime(text, form).month  # noqa: DTZ007
    except ValueError:
        return 0


def _licence(meta: "_Element") -> str:
    # In older articles without <permissions> around it.
    licence = next(meta.iter("license"), None)
    if licence is None:
        return next(filter(None, map(flat_text, meta.iter("copyright-statement"))), "")
    addresses = [licence.get(_HREF, ""), *(part.get(_HREF, "") for part in licence.iter("*"))]
    text = inline_text(licence)
    for stated in (*addresses, text):
        name = licence_name(stated)
        if name != stated:
            return name
    return text or addresses[0] or licence.get("license-type", "")


def _keywords(meta: "_Element") -> Iterator[str]:
    seen: set[str] = set()
    for group in meta.iterfind("kwd-group"):
        for keyword in group.iter("kwd", "compound-kwd"):
            text = inline_text(keyword)
            if text and text.lower() not in seen and group.get("kwd-group-type") != "abbreviations":
                seen.add(text.lower())
                yield text
