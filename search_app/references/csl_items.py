"""A document as a CSL-JSON item, the form that reference managers share."""

import re
from urllib.parse import urlsplit

from index.documents import Document
from search_app.plain_text import one_line
from search_app.references.names import csl_name
from search_app.wording import kind_name

CslItem = dict[str, object]

_DATE = re.compile(r"^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_MONTHS, _DAYS = range(1, 13), range(1, 32)
# Keys of a document's metadata that are text, and what CSL calls them.
_TEXTS = {
    "doi": "DOI",
    "pmid": "PMID",
    "pmcid": "PMCID",
    "language": "language",
    "volume": "volume",
    "issue": "issue",
}
_DOI_ADDRESS = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


def csl_item(document: Document, accessed: str = "") -> CslItem:
    """The CSL-JSON item of a document.

    Args:
        document: what is cited. The path of a local file is never part of it.
        accessed: the day it was looked at (ISO 8601), for pages on the web.
    """
    journal, site = _text(document, "journal"), _text(document, "site")
    is_article = bool(journal or any(_text(document, key) for key in ("doi", "pmid", "pmcid")))
    item: CslItem = {
        "id": document.fingerprint[:16] or document.id,
        "type": "article-journal" if is_article else "document" if document.is_local else "webpage",
        "title": one_line(document.title) or "Untitled",
    }
    if authors := [name for name in map(one_line, document.authors) if name]:
        item["author"] = [csl_name(name) for name in authors]
    if issued := date_parts(document.date):
        item["issued"] = {"date-parts": [issued]}
    item |= {csl: text for key, csl in _TEXTS.items() if (text := _text(document, key))}
    if "DOI" in item:
        item["DOI"] = _DOI_ADDRESS.sub("", str(item["DOI"]))
    if address := web_address(document):
        item["URL"] = address
        if parts := date_parts(accessed):
            item["accessed"] = {"date-parts": [parts]}
        site = site or str(urlsplit(address).hostname or "").removeprefix("www.")
    if container := journal or site:
        item["container-title"] = container
    if item["type"] == "document" and document.kind:
        item["genre"] = kind_name(document)
    return item


def web_address(document: Document) -> str:
    """Where anyone can open the document: its address on the web, or nothing."""
    return one_line(document.link) if urlsplit(document.link).scheme in {"http", "https"} else ""


def date_parts(date: str) -> list[int]:
    """Year, month and day of a date, as far as it states them and they can be true."""
    match = _DATE.match(date.strip())
    if not match:
        year = _YEAR.search(date)
        return [int(year[0])] if year else []
    year, month, day = (int(part or 0) for part in match.groups())
    if month not in _MONTHS:
        return [year]
    return [year, month, day] if day in _DAYS else [year, month]


def _text(document: Document, key: str) -> str:
    value = document.metadata.get(key)
    return one_line(str(value)) if isinstance(value, (str, int)) else ""
