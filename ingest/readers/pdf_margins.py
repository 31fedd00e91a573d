"""Running heads, footers, page and line numbers: they repeat or count on, so they are found."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.pdf_nouns import Line
from ingest.readers.pdf_quality import FEWEST_LETTERS, letters

_EDGE_LINES = 5
_FEWEST_TO_SEE_SIDES = 15
_SHARE_OF_PAGES = 0.5
_FEWEST_PAGES = 2
# At the very edge and in the same place, so many pages are enough, as of a chapter in a book.
_FEWEST_AT_EDGE = 3
_SAME_HEIGHT = 3.0
_NUMBER = re.compile(r"\d+|\b[ivxl]+\b(?=\W*$)")

# What a line says apart from numbers, and about how high it stands.
_Key = tuple[str, int]


@dataclass(frozen=True)
class WithoutMargins:
    """Pages of a document without what only the printed page needs.

    Attributes:
        pages: the lines that stay.
        running: what the removed lines say, without numbers.
        removed: characters that are no longer there.
    """

    pages: list[list[Line]]
    running: frozenset[str]
    removed: int


def without_running_lines(pages: Sequence[Sequence[Line]]) -> WithoutMargins:
    """The pages without the lines that repeat at their upper or lower edge.

    Two lines are the same when they differ in numbers only and stand at the same height;
    a page number alone is such a line. Half of the pages must have it, or half of the left
    or of the right ones, or three where nothing else stands nearer to the edge. A line that says
    what such a line says goes at the other edge too: first pages carry it below.
    """
    running = _running(pages)
    said = frozenset(text for text, _ in running if len(text) > _FEWEST_PAGES)
    kept = [
        [
            line
            for number, line in enumerate(page)
            if number not in edge or not (_key(line) in running or _key(line)[0] in said)
        ]
        for page, edge in ((page, _edge(page)) for page in pages)
    ]
    # Next to nothing but such lines: then these are the text.
    if sum(letters(line.text) for page in kept for line in page) < FEWEST_LETTERS:
        kept = [list(page) for page in pages]
    before, after = (
        sum(len(line.text) for page in each for line in page) for each in (pages, kept)
    )
    return WithoutMargins(kept, frozenset(text for text, _ in running), before - after)


def said_by(text: str) -> str:
    """What a running line says apart from numbers."""
    return " ".join(_NUMBER.sub(" ", text).split())


def _running(pages: Sequence[Sequence[Line]]) -> set[_Key]:
    filled = [page for page in pages if page]
    running: set[_Key] = set()
    for part in (filled, filled[::2], filled[1::2]):
        seen = _count([[page[number] for number in _edge(page)] for page in part])
        # Of every second page only few are left of a short document.
        fewest = _FEWEST_PAGES if part is filled else _FEWEST_PAGES + (len(part) > _FEWEST_PAGES)
        fewest = max(fewest, _SHARE_OF_PAGES * len(part))
        running |= {key for key, count in seen.items() if count >= fewest}
    outermost = _count([_outermost(page) for page in filled])
    return running | {key for key, count in outermost.items() if count >= _FEWEST_AT_EDGE}


def _count(pages: Sequence[Sequence[Line]]) -> Counter[_Key]:
    """On how many pages each line stands, give or take a step of height."""
    seen = Counter(key for lines in pages for key in {_key(line) for line in lines})
    return Counter(
        {
            (text, height): sum(seen[text, height + step] for step in (-1, 0, 1))
            for text, height in seen
        }
    )


def _edge(page: Sequence[Line]) -> set[int]:
    """Which lines of a page are the uppermost or the lowest ones, or stand beside the text."""
    by_height = sorted(range(len(page)), key=lambda number: -page[number].top)
    edge = {*by_height[:_EDGE_LINES], *by_height[-_EDGE_LINES:]}
    if len(page) > _FEWEST_TO_SEE_SIDES:
        left = sorted(line.left for line in page)[len(page) // 5]
        right = sorted(line.right for line in page)[-len(page) // 5]
        edge |= {n for n, line in enumerate(page) if line.right < left or line.left > right}
    return edge


def _outermost(page: Sequence[Line]) -> list[Line]:
    highest, lowest = (max(line.top for line in page), min(line.bottom for line in page))
    return [
        line
        for line in page
        if line.top > highest - _SAME_HEIGHT or line.bottom < lowest + _SAME_HEIGHT
    ]


def _key(line: Line) -> _Key:
    return said_by(line.text), round(line.bottom / _SAME_HEIGHT)
