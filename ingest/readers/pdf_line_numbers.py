"""Line numbers in the margin, as preprints and manuscripts have them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.readers.pdf_nouns import Line

_NUMBERED = re.compile(r"(\d{1,4})(?=\s|$)\s*")
_FEWEST = 8
# Of the lines that begin with a number: so many count on from the one before.
_COUNTING = 0.8
_STEPS = (1, 5)
_SAME_PLACE = 12.0


def without_line_numbers(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without numbers that count their lines, where most pages have such."""
    numbered = [_numbers(page) for page in pages]
    having = sum(bool(numbers) for numbers in numbered)
    if having * 2 <= sum(bool(page) for page in pages):
        return [list(page) for page in pages]
    return [
        [kept for number, line in enumerate(page) for kept in _without(line, number in numbers)]
        for page, numbers in zip(pages, numbered, strict=True)
    ]


def _numbers(page: Sequence[Line]) -> set[int]:
    """Which lines of a page are, or begin with, a line number."""
    found = [
        (number, line, int(match[1]))
        for number, line in enumerate(page)
        if (match := _NUMBERED.match(line.text))
    ]
    # Down the page, for some programs write all numbers first or last.
    found.sort(key=lambda each: -each[1].bottom)
    if len(found) < _FEWEST:
        return set()
    values = [value for _, _, value in found]
    steps = [after - before for before, after in pairwise(values)]
    for step in _STEPS:
        if steps.count(step) >= _COUNTING * len(steps):
            # In two steps: what stands elsewhere than most is a number of the text.
            places = sorted(line.left for _, line, _ in found)
            usual = places[len(places) // 2]
            return {n for n, line, _ in found if abs(line.left - usual) < _SAME_PLACE}
    return set()


def _without(line: Line, numbered: bool) -> list[Line]:  # noqa: FBT001
    if not numbered:
        return [line]
    text = _NUMBERED.sub("", line.text, count=1)
    if not text:
        return []
    cut = len(line.text) - len(text)
    gaps = [gap for gap in line.gaps if gap.end > cut]
    left = next((gap.right for gap in line.gaps if gap.end == cut), line.left)
    return [
        replace(
            line,
            text=text,
            left=left,
            gaps=tuple(replace(gap, end=gap.end - cut) for gap in gaps),
        )
    ]
