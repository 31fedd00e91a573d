"""What was found for a question by year and kind of study, as places on a picture."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.documents import Document, RankedPassage
from index.search import Index
from search_app.evidence.known_studies import study_of
from search_app.evidence.study_types import StudyType
from search_app.wording import counted

NOTE = (
    "Dates and kinds of study are those that the documents state, or that somebody corrected; "
    "kinds are read by fixed rules that can be wrong. The number leads to the passage."
)
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_MONTHS, _DAYS = 12, 31
# Of the picture's width: marks nearer than that stand above one another, on a phone too.
_MARK_WIDTH = 0.1
_MOST_TICKS = 5
_ORDER = [kind.value for kind in StudyType]


@dataclass(frozen=True)
class Mark:
    """A document that was found.

    Attributes:
        rank: of its best passage.
        document: without its pages.
        kind: of study, as the document states it.
        at: its date, 0 for the earliest of those found and 1 for the latest.
        level: 0, or more where others are as near in time and of the same kind.
    """

    rank: int
    document: Document
    kind: str
    at: float
    level: int


@dataclass(frozen=True)
class Row:
    """The marks of one kind of study, by date."""

    kind: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Timeline:
    """Documents by date and kind of study.

    Attributes:
        rows: of the dated ones, the kinds in the order of `StudyType`.
        ticks: dates to write below, with their places from 0 to 1.
        undated: those whose date nobody stated.
    """

    rows: tuple[Row, ...]
    ticks: tuple[tuple[str, float], ...]
    undated: tuple[Mark, ...]

    @property
    def told(self) -> str:
        """What the picture shows, in a line."""
        dated = sum(len(row.marks) for row in self.rows)
        if not dated:
            return f"Timeline: none of the {counted(len(self.undated), 'document')} is dated"
        first, last = self.ticks[0][0], self.ticks[-1][0]
        dates = first if first == last else f"{first} to {last}"
        undated = f"; {len(self.undated)} undated" if self.undated else ""
        return f"Timeline: {counted(dated, 'document')} by kind of study, {dates}{undated}"


def timeline_of(index: Index, ranked: Sequence[RankedPassage]) -> Timeline | None:
    """The documents of the passages found; None where none was.

    Args:
        index: an opened index.
        ranked: passages, in any order.
    """
    best: dict[str, RankedPassage] = {}
    for found in sorted(ranked, key=lambda one: one.rank):
        best.setdefault(found.document.id, found)
    if not best:
        return None
    dates = {id_: date for id_, one in best.items() if (date := _date(one.document)) is not None}
    first, last = min(dates.values(), default=0.0), max(dates.values(), default=0.0)
    marks = [
        Mark(
            one.rank,
            one.document,
            study_of(index, one.document).kind.value,
            _place(dates[id_], first, last) if id_ in dates else 0.0,
            0,
        )
        for id_, one in best.items()
    ]
    dated = [mark for mark in marks if mark.document.id in dates]
    return Timeline(
        tuple(Row(kind, _stacked([m for m in dated if m.kind == kind])) for kind in _kinds(dated)),
        _ticks([mark.document for mark in dated], first, last),
        tuple(mark for mark in marks if mark.document.id not in dates),
    )


def _date(document: Document) -> float | None:
    """As a year and a fraction; the middle of it, where no month or day is known."""
    stated = _DATE.match(document.date)
    if not stated:
        return None
    year, month, day = (int(part) if part else None for part in stated.groups())
    days = (day - 1) / _DAYS if day else 0.5
    months = (month - 1 + days) / _MONTHS if month else 0.5
    return (year or 0) + months


def _place(date: float, first: float, last: float) -> float:
    return (date - first) / (last - first) if last > first else 0.5


def _kinds(marks: Sequence[Mark]) -> list[str]:
    kinds = {mark.kind for mark in marks}
    known = [kind for kind in _ORDER if kind in kinds]
    return known + sorted(kinds.difference(known))


def _stacked(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """The marks of a row by date, those that would cover another one a level higher."""
    ends: list[float] = []
    placed = []
    for mark in sorted(marks, key=lambda one: (one.at, one.rank)):
        free = (level for level, end in enumerate(ends) if mark.at - end >= _MARK_WIDTH)
        level = next(free, len(ends))
        ends[level : level + 1] = [mark.at]
        placed.append(Mark(mark.rank, mark.document, mark.kind, mark.at, level))
    return tuple(placed)


def _ticks(
    documents: Sequence[Document], first: float, last: float
) -> tuple[tuple[str, float], ...]:
    """The first and the last date as stated, and some years between them."""
    stated = sorted(document.date for document in documents)
    if not stated:
        return ()
    if first == last:
        return ((stated[0], 0.5),)
    years = list(range(int(first) + 1, int(last) + 1))
    if len(years) < 2:  # noqa: PLR2004  (within two years the months tell more)
        return ((stated[0][:7], 0.0), (stated[-1][:7], 1.0))
    step = -(-len(years) // _MOST_TICKS)
    between = [(str(year), _place(year, first, last)) for year in years[::step]]
    inner = [tick for tick in between if _MARK_WIDTH * 1.5 < tick[1] < 1 - _MARK_WIDTH * 1.5]
    return ((str(int(first)), 0.0), *inner, (str(int(last)), 1.0))
