"""What a reader narrows the library to: a filter of the index, and what kinds of study."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from index.documents import Document
from index.filters import NO_FILTER, Filter, why_nothing
from index.search import Index
from search_app.evidence.known_studies import studies_of
from search_app.evidence.studies import Study
from search_app.wording import counted

# Names of the parts in addresses and on the command line.
PARTS = ("study-type", "subjects", "kind", "source", "tag", "language", "from", "to")


@dataclass(frozen=True)
class Narrowing:
    """Which documents a reader wants to find. Between the values of one part any will do.

    Attributes:
        filters: what the index itself knows of.
        study_types: kinds of study, as `StudyType` names them or as they were corrected.
        subjects: whom or what was studied, as `Subjects` names them or as they were corrected.
    """

    filters: Filter = NO_FILTER
    study_types: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()

    @property
    def given(self) -> dict[str, tuple[str, ...]]:
        """The parts that narrow anything, by their names in `PARTS`."""
        known = self.filters
        dates = (tuple(filter(None, [date])) for date in (known.since, known.until))
        values = (
            *(self.study_types, self.subjects, known.kinds),
            *(known.sources, known.tags, known.languages),
            *dates,
        )
        return {name: value for name, value in zip(PARTS, values, strict=True) if value}

    def alone(self, name: str) -> "Narrowing":
        """This part of it and no other."""
        return narrowed({name: self.given.get(name, ())})

    def without(self, name: str) -> "Narrowing":
        """All of it but this part."""
        return narrowed({part: values for part, values in self.given.items() if part != name})

    def accepts(self, document: Document, study: Study) -> bool:
        """Whether a document, which is that study, may be shown."""
        return (
            self.filters.accepts(document)
            and _is_any_of(self.study_types, study.kind.value)
            and _is_any_of(self.subjects, study.subjects.value)
        )

    def applied(self, index: Index) -> Filter:
        """The filter that lets only these documents through."""
        if not (self.study_types or self.subjects):
            return self.filters
        studies = studies_of(index)
        accepted = (d.id for d in index.documents() if self.accepts(d, studies[d.id]))
        return replace(self.filters, documents=frozenset(accepted))


EVERYTHING = Narrowing()


def narrowed(parts: Mapping[str, Sequence[str]]) -> Narrowing:
    """The narrowing of parts by their names in `PARTS`.

    Raises:
        FilterError: a date is none.
    """
    study_types, subjects, kinds, sources, tags, languages, since, until = (
        tuple(parts.get(name, ())) for name in PARTS
    )
    first, last = ("".join(dates[:1]) for dates in (since, until))
    return Narrowing(Filter(kinds, first, last, sources, tags, languages), study_types, subjects)


def why_nothing_passes(narrowing: Narrowing, index: Index) -> str:
    """For a narrowing that leaves no document: which part of it does, or what to loosen."""
    documents, studies = index.documents(), studies_of(index)
    for name, values, there in (
        ("study-type", narrowing.study_types, {s.kind.value for s in studies.values()}),
        ("subjects", narrowing.subjects, {s.subjects.value for s in studies.values()}),
    ):
        if values and not any(_is_any_of(values, value) for value in there):
            return (
                f"No document of the library passes the filter {name} = {', '.join(values)}. "
                f"There are: {', '.join(sorted(there))}."
            )
    told = why_nothing(narrowing.filters, documents)
    return " ".join([told, *_what_loosening_gives(narrowing, documents, studies)])


def _what_loosening_gives(
    narrowing: Narrowing, documents: Sequence[Document], studies: Mapping[str, Study]
) -> Iterable[str]:
    for name in narrowing.given if len(narrowing.given) > 1 else ():
        looser = narrowing.without(name)
        if passing := sum(looser.accepts(d, studies[d.id]) for d in documents):
            yield f"Without the filter {name}, {counted(passing, 'document')} would pass."


def _is_any_of(wanted: Sequence[str], value: str) -> bool:
    return not wanted or value.casefold() in {one.casefold() for one in wanted}
