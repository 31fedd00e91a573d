"""Which documents a search may show: by kind, date, source, tag, language, or name."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from index.database import Database
from index.documents import Document
from index.errors import FilterError

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_SHOWN_VALUES = 10
# As they are called where they are asked for.
_NAMES = {
    "kinds": "kind",
    "since": "from",
    "until": "to",
    "sources": "source",
    "tags": "tag",
    "languages": "language",
}

Keys = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Filter:
    """What a document must be like to be found. An empty part lets every document through.

    Between the values of one part any will do; all parts must hold. Upper and lower case
    do not matter.

    Attributes:
        kinds: what it was read from, as `Document.kind`.
        since: date it is not older than: a year, a month or a day (2020, 2020-03, 2020-03-01).
        until: date it is not newer than, the whole of that year or month included.
        sources: its site, the host of its address, or a folder that it lies in, given by
            name ("articles"), by several ("corpus/articles"), or whole.
        tags: words that somebody gave it.
        languages: ISO 639 codes; "en" holds for "en-GB" too.
        documents: document ids; None for those of all documents, none for no document at all.
    """

    kinds: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    sources: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    documents: frozenset[str] | None = None

    def __post_init__(self) -> None:
        """Refuse what is no date.

        Raises:
            FilterError: `since` or `until` is none.
        """
        for date in filter(None, (self.since, self.until)):
            if not _DATE.fullmatch(date):
                raise FilterError(
                    f"{date!r} is not a date. Give a year, a month or a day: 2020, 2020-03 or "
                    "2020-03-01."
                )

    def accepts(self, document: Document) -> bool:
        """Whether the document may be shown."""
        return (
            _has_any(self.kinds, [document.kind])
            and _is_between(document.date, self.since, self.until)
            and (not self.sources or any(_is_from(document, source) for source in self.sources))
            and _has_any(self.tags, document.tags)
            and _has_any(self.languages, _and_wider(document.language))
            and (self.documents is None or document.id in self.documents)
        )


NO_FILTER = Filter()


@dataclass(frozen=True, eq=False)
class Allowed:
    """The documents and passages of one build that a filter lets through, keys ascending.

    Two of them are equal only if they are the same object, so that what FAISS and tantivy
    make of one can be kept by it.
    """

    documents: Keys
    passages: Keys


def allow(filters: Filter, database: Database, build: int) -> Allowed | None:
    """What the filter lets through of a build; None where that is everything."""
    if filters == NO_FILTER:
        return None
    accepted = {document.id for document in database.documents(build) if filters.accepts(document)}
    keys = [key for name, key in database.document_keys(build).items() if name in accepted]
    passages = database.passage_keys_of(keys)
    return Allowed(np.array(sorted(keys), np.int64), np.fromiter(passages, np.int64))


def why_nothing(filters: Filter, documents: Sequence[Document]) -> str:
    """For a filter that no document passes: which part of it none does, and what there is."""
    for part in fields(filters):
        given = getattr(filters, part.name)
        alone = Filter(**{part.name: given})
        if given and not any(alone.accepts(document) for document in documents):
            asked = given if isinstance(given, str) else ", ".join(given)
            return (
                f"No document of the library passes the filter {_NAMES.get(part.name, part.name)} "
                f"= {asked}."
                f"{_what_there_is(part.name, documents)}"
            )
    return "No document of the library passes all parts of the filter at once."


def _what_there_is(part: str, documents: Iterable[Document]) -> str:
    values = sorted({value for document in documents for value in _values(part, document)})
    if not values:
        return ""
    if part in {"since", "until"}:
        return f" Its documents are dated {values[0]} to {values[-1]}."
    more = " ..." if len(values) > _SHOWN_VALUES else ""
    return f" There are: {', '.join(values[:_SHOWN_VALUES])}{more}."


def _values(part: str, document: Document) -> list[str]:
    known = {
        "kinds": [document.kind],
        "since": [document.date],
        "until": [document.date],
        "sources": [document.site],
        "tags": document.tags,
        "languages": [document.language],
    }
    return list(filter(None, known.get(part, ())))


def _has_any(wanted: Sequence[str], values: Iterable[str]) -> bool:
    there = {value.casefold() for value in values}
    return not wanted or any(value.casefold() in there for value in wanted)


def _and_wider(language: str) -> tuple[str, str]:
    return language, language.partition("-")[0]


def _is_between(date: str, since: str, until: str) -> bool:
    """Dates are compared as far as both are known: 2020 may be within 2020-03 to 2020-05."""
    if not (since or until):
        return True
    if not _DATE.match(date):
        return False
    return since[: len(date)] <= date and date[: len(until)] <= (until or date)


def _is_from(document: Document, source: str) -> bool:
    """Whether whole parts of the document's path or address, or its site, are the source."""
    wanted, place = (_comparable(text) for text in (source, document.id))
    is_of_site = wanted == _comparable(document.site)
    return bool(wanted) and (is_of_site or f"/{wanted}/" in f"/{place}/")


def _comparable(place: str) -> str:
    return place.casefold().replace("://www.", "://").removeprefix("www.").strip("/")
