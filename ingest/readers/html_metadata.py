"""What a web page states of itself: meta elements and JSON-LD, each field with where it is from."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.readers.licences import licence_name
from ingest.text_cleaning import one_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_META, _JSON_LD, _PAGE = "HTML meta", "JSON-LD", "page text"
# Names of meta elements by field, the most exact first. Scholarly ones (Highwire, Dublin Core)
# have one element an author; those for sharing come last, for they name a site as an author.
_NAMES = {
    "title": ("citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title"),
    "authors": ("citation_author", "citation_authors", "dc.creator", "dcterms.creator"),
    "date": (
        "citation_publication_date",
        "citation_date",
        "citation_online_date",
        "dc.date.issued",
        "dcterms.issued",
        "dc.date",
        "dcterms.date",
        "prism.publicationdate",
        "article:published_time",
        "datepublished",
    ),
    "journal": ("citation_journal_title", "prism.publicationname", "dc.source"),
    "site": ("og:site_name", "application-name"),
    "doi": ("citation_doi", "prism.doi", "bepress_citation_doi", "dc.identifier"),
    "pmid": ("citation_pmid",),
    "language": ("citation_language", "dc.language", "dcterms.language"),
    "licence": ("dc.rights", "dcterms.license", "dcterms.rights", "citation_license"),
}
_ARTICLES = re.compile(r"(?:article|posting|report|webpage|chapter|book|thesis)$", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?!\d)")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_].*)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Stated:
    """Fields as the page states them, and where each is from."""

    fields: dict[str, object] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)

    def completed(self, others: Mapping[str, object], origin: str) -> "Stated":
        """With the fields of another place, where these lack them."""
        new = {name: value for name, value in others.items() if value and name not in self.fields}
        return Stated({**self.fields, **new}, {**self.origins, **dict.fromkeys(new, origin)})


def stated_metadata(page: "HtmlElement", guessed: Mapping[str, object]) -> Stated:
    """Title, authors, date, journal, site, DOI, language and licence of a page.

    Args:
        page: tree of the page.
        guessed: what a reader found in its text; counts where the page itself states nothing.
    """
    stated = Stated().completed(_of_meta(page), _META)
    stated = stated.completed(_of_json_ld(page), _JSON_LD)
    links = {"licence": _licence(" ".join(page.xpath(".//*[@rel='license']/@href")))}
    return stated.completed(links, _META).completed(guessed, _PAGE)


def _of_meta(page: "HtmlElement") -> dict[str, object]:
    values: dict[str, list[str]] = {}
    for element in page.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("itemprop") or ""
        if content := one_line(element.get("content") or ""):
            values.setdefault(name.lower().replace("dc:", "dc."), []).append(content)
    found = {
        field_name: next((values[name] for name in names if name in values), [])
        for field_name, names in _NAMES.items()
    }
    first = {name: contents[0] if contents else "" for name, contents in found.items()}
    identifiers = [value for name in _NAMES["doi"] for value in values.get(name, [])]
    return {
        **first,
        "authors": [_in_order(name) for value in found["authors"] for name in value.split(";")],
        "date": _date(first["date"]),
        "doi": next(filter(None, map(_doi, identifiers)), ""),
        "language": _language(first["language"]),
        "licence": licence_name(first["licence"]),
    }


def _of_json_ld(page: "HtmlElement") -> dict[str, object]:
    nodes = [node for node in _nodes(page) if any(map(_ARTICLES.search, _strings(node, "@type")))]
    # An article on a page says more than the page.
    nodes.sort(key=lambda node: any("page" in kind.lower() for kind in _strings(node, "@type")))
    stated = Stated()
    for node in nodes:
        part_of = _strings(node, "isPartOf")
        fields: dict[str, object] = {
            "title": next(iter(_strings(node, "headline") or _strings(node, "name")), ""),
            "authors": _strings(node, "author") or _strings(node, "creator"),
            "date": _date(next(iter(_strings(node, "datePublished")), "")),
            "journal": next(iter(part_of), "") if "Scholarly" in str(node["@type"]) else "",
            "site": next(iter(_strings(node, "publisher")), ""),
            "doi": next(filter(None, map(_doi, _strings(node, "sameAs"))), ""),
            "language": _language(next(iter(_strings(node, "inLanguage")), "")),
            "licence": next(filter(None, map(_licence, _strings(node, "license"))), ""),
        }
        stated = stated.completed(fields, _JSON_LD)
    return stated.fields


def _nodes(page: "HtmlElement") -> Iterator[dict[str, object]]:
    """All objects of the page's JSON-LD that have a type; a block that is no JSON has none."""
    for script in page.xpath(".//script[@type='application/ld+json']"):
        try:
            waiting = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.pop(0)
            if isinstance(value, list):
                waiting += value
            elif isinstance(value, dict):
                waiting += [value.get("@graph"), value.get("mainEntity")]
                if "@type" in value:
                    yield value


def _strings(node: dict[str, object], name: str) -> list[str]:
    """Values of a property as text: of an object its name, or its address."""
    value = node.get(name)
    values = value if isinstance(value, list) else [value]
    texts = [
        one.get("name") or one.get("@id") or one.get("url") if isinstance(one, dict) else one
        for one in values
    ]
    return [one_line(text) for text in texts if isinstance(text, str) and text.strip()]


def _in_order(name: str) -> str:
    """A name as it is said: "Byron, Ada" is "Ada Byron"."""
    last, comma, first = name.strip().partition(", ")
    return f"{first} {last}" if comma and ", " not in first else name.strip()


def _date(text: str) -> str:
    match = _DATE.match(text.strip())
    return "-".join(part.zfill(2) for part in match.groups() if part) if match else ""


def _doi(text: str) -> str:
    match = _DOI.search(text)
    return match.group() if match else ""


def _language(text: str) -> str:
    match = _LANGUAGE.match(text.strip())
    return match[1].lower() if match else ""


def _licence(text: str) -> str:
    """Short name of a Creative Commons licence by its address, or an empty string."""
    name = licence_name(text)
    return name if name != text else ""
