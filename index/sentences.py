"""Sentences of a text as character ranges, so that a quote can be shown in its place."""

import re
from dataclasses import dataclass

from sentencex import segment  # ty: ignore[missing-module-member]

_PARAGRAPH = re.compile(r"\S(?:.*?\S)??(?=\s*?\n\s*?\n|\s*\Z)", re.DOTALL)
_MARK = re.compile(r"(?:[-*\u2022\u2013]|\d+[.)])[ \t]+(?=\S)")
_LIST_MARK = re.compile(rf"^[ \t]*({_MARK.pattern})", re.MULTILINE)


@dataclass(frozen=True)
class Span:
    """A range of characters: from `start` until before `end`."""

    start: int
    end: int


def sentence_spans(text: str, language: str = "en") -> list[Span]:
    """Ranges of the sentences of a text, in order, without the space around them.

    A sentence never crosses a blank line. Abbreviations ("et al.", "e.g.") do not end one.
    """
    spans: list[Span] = []
    for paragraph in _PARAGRAPH.finditer(text):
        for item in _items(text, Span(paragraph.start(), paragraph.end())):
            spans += _sentences_of(text, item, language)
    return spans


def _items(text: str, paragraph: Span) -> list[Span]:
    """The items of a list, each with its mark; one that is no list is one item."""
    marks = _LIST_MARK.finditer(text, paragraph.start, paragraph.end)
    starts = sorted({paragraph.start, *(mark.start(1) for mark in marks)})
    return [Span(*ends) for ends in zip(starts, [*starts[1:], paragraph.end], strict=True)]


def _sentences_of(text: str, item: Span, language: str) -> list[Span]:
    mark = _MARK.match(text, item.start, item.end)
    # With its mark the library takes a whole list item for one sentence.
    position = mark.end() if mark else item.start
    spans: list[Span] = []
    for sentence in segment(language, text[position : item.end]):
        stripped = sentence.strip()
        if not stripped:
            continue
        # Searched for, not added up: the library may leave out space between sentences.
        position = text.index(stripped, position)
        spans.append(Span(position if spans else item.start, position + len(stripped)))
        position += len(stripped)
    return spans
