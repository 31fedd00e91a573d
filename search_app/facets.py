"""What a library can be narrowed to: its values, how many documents have each, and addresses."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import urlsplit

from index.documents import Document
from index.search import Index
from search_app.evidence.known_studies import studies_of, studies_read_ahead
from search_app.evidence.studies import Study
from search_app.evidence.study_types import StudyType
from search_app.evidence.subjects import Subjects
from search_app.narrowing import PARTS, Narrowing, narrowed
from search_app.wording import kind_of_file, language_name

_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_YEAR = re.compile(r"\d{4}")
# An address is typed by anyone; a longer list is nonsense.
_MOST_VALUES, _MOST_CHARACTERS = 50, 200
_DATED = ("from", "to")


@dataclass(frozen=True)
class Value:
    """A value of a facet.

    Attributes:
        value: as it stands in the address.
        label: as a reader calls it.
        count: documents of the library that have it and pass all other parts of the narrowing.
    """

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Facet:
    """One of the ways in which documents differ.

    Attributes:
        name: in addresses and on the command line, a key of `PARTS`.
        label: as a reader calls it.
        values: what the documents of the library are, the most common first.
        chosen: values that the library is narrowed to.
    """

    name: str
    label: str
    values: tuple[Value, ...]
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facets:
    """All facets of a library in which its documents differ, seen under a narrowing.

    Attributes:
        facets: those with a choice.
        years: the first and the last year of its documents; None where they do not differ.
        passing: documents that pass the narrowing.
        total: documents of the library.
    """

    facets: tuple[Facet, ...]
    years: tuple[int, int] | None
    passing: int
    total: int


@dataclass(frozen=True)
class _Seen:
    """A document of a library; its folders are named only where documents lie in them."""

    document: Document
    study: Study
    folders: frozenset[str]

    @property
    def sources(self) -> list[str]:
        """The host of its address, or the folders that it lies in."""
        if not self.document.is_local:
            return [(urlsplit(self.document.id).hostname or "").removeprefix("www.")]
        return [name for name in PurePath(self.document.id).parts[:-1] if name in self.folders]


@dataclass(frozen=True)
class _Kind:
    label: str
    values: Callable[[_Seen], Iterable[str]]
    told: Callable[[str], str]
    order: Sequence[str] = ()


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


_KINDS = {
    "study-type": _Kind(
        "Study type", lambda seen: [seen.study.kind.value], _capitalised, tuple(StudyType)
    ),
    "subjects": _Kind(
        "Studied", lambda seen: [seen.study.subjects.value], _capitalised, tuple(Subjects)
    ),
    "kind": _Kind("Document type", lambda seen: [seen.document.kind], kind_of_file),
    "source": _Kind("Source", lambda seen: seen.sources, str),
    "tag": _Kind("Tag", lambda seen: seen.document.tags, str),
    "language": _Kind(
        "Language", lambda seen: [seen.document.language.partition("-")[0]], language_name
    ),
}


def facets_of(index: Index, narrowing: Narrowing) -> Facets:
    """The facets of a library, with counts that tell what a choice would leave.

    Args:
        index: an opened index.
        narrowing: what has been chosen.
    """
    library = _library(index, has_studies=bool(narrowing.study_types or narrowing.subjects))
    alone = {name: narrowing.alone(name) for name in narrowing.given}
    failing = [
        {name for name, part in alone.items() if not part.accepts(seen.document, seen.study)}
        for seen in library
    ]
    facets = (_facet(name, narrowing.given.get(name, ()), library, failing) for name in _KINDS)
    return Facets(
        facets=tuple(facet for facet in facets if len(facet.values) > 1 or facet.chosen),
        years=_years(seen.document for seen in library),
        passing=sum(not fails for fails in failing),
        total=len(library),
    )


def narrowing_in(address: Mapping[str, Sequence[str]]) -> Narrowing:
    """What an address narrows the library to; what cannot be meant is left out.

    Args:
        address: all values of each of its parameters.
    """
    parts = {
        name: tuple(dict.fromkeys(v for v in address.get(name, ())[:_MOST_VALUES] if _can_be(v)))
        for name in PARTS
    }
    dates = {name: tuple(filter(_DATE.fullmatch, parts[name]))[:1] for name in _DATED}
    return narrowed({**parts, **dates})


def label_of(name: str, value: str) -> str:
    """A value of a part of a narrowing, as a reader calls it."""
    if name in _DATED:
        return f"{name} {value}"
    kind = _KINDS[name]
    # "Animal" is a kind of study too.
    return f"{kind.label}: {kind.told(value)}" if name == "subjects" else kind.told(value)


def described(narrowing: Narrowing) -> str:
    """A narrowing in words, for a reader who was not there; empty where it narrows nothing."""
    told = [
        label_of(name, values[0])
        if name in _DATED
        else f"{_KINDS[name].label.lower()}: {' or '.join(map(_KINDS[name].told, values))}"
        for name, values in narrowing.given.items()
    ]
    return "; ".join(told)


def _facet(
    name: str,
    chosen: Sequence[str],
    library: Sequence[_Seen],
    failing: Sequence[set[str]],
) -> Facet:
    """A facet, counted over a library of which each document fails some parts of a narrowing."""
    kind, whole, passing = _KINDS[name], Counter[str](), Counter[str]()
    # What was chosen stays to be seen, whether or not the library has it. As in a filter, upper
    # and lower case do not matter.
    known = {value.casefold(): value for value in chosen}
    for seen, fails in zip(library, failing, strict=True):
        values = {value.casefold(): value for value in kind.values(seen) if value}
        known |= values
        whole.update(values.keys())
        if fails <= {name}:
            passing.update(values.keys())
    order = {value: place for place, value in enumerate(kind.order)}
    keys = sorted(known, key=lambda key: (order.get(key, len(order)), -whole[key], key))
    return Facet(
        name,
        kind.label,
        tuple(Value(known[key], kind.told(known[key]), passing[key]) for key in keys),
        tuple(dict.fromkeys(known[value.casefold()] for value in chosen)),
    )


def _library(index: Index, *, has_studies: bool) -> list[_Seen]:
    documents = index.documents()
    studies = studies_of(index) if has_studies else studies_read_ahead(index)
    folders = frozenset(PurePath(d.id).parent.name for d in documents if d.is_local)
    return [_Seen(document, studies[document.id], folders) for document in documents]


def _years(documents: Iterable[Document]) -> tuple[int, int] | None:
    years = {int(match.group()) for d in documents if (match := _YEAR.match(d.date))}
    return (min(years), max(years)) if len(years) > 1 else None


def _can_be(value: str) -> bool:
    return bool(value.strip()) and len(value) <= _MOST_CHARACTERS and value.isprintable()
