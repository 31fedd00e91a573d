"""Sentences of ranked passages, word for word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.documents import RankedPassage
from index.sentences import Span, sentence_spans

_LIST_MARK = re.compile(r"^(?:[-*\u2022\u2013]|\d+[.)])\s+")


@dataclass(frozen=True)
class Quote:
    """A sentence as it stands in its source.

    Attributes:
        text: equals ``source.passage.text[start:end]``.
        source: the passage it is from.
        start: offset of its first character in the passage.
        end: offset after its last character.
    """

    text: str
    source: RankedPassage
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where it stands in the passage."""
        return Span(self.start, self.end)


def quotes_of(ranked: Sequence[RankedPassage]) -> list[Quote]:
    """All sentences of the passages, in reading order of the passages."""
    return [quote for found in ranked for quote in _quotes_of(found)]


def _quotes_of(found: RankedPassage) -> list[Quote]:
    text = found.passage.text
    spans = (_without_list_mark(text, span) for span in sentence_spans(text))
    return [
        Quote(text[span.start : span.end], found, span.start, span.end)
        for span in spans
        if any(character.isalpha() for character in text[span.start : span.end])
    ]


def _without_list_mark(text: str, span: Span) -> Span:
    mark = _LIST_MARK.match(text[span.start : span.end])
    return Span(span.start + mark.end(), span.end) if mark else span
