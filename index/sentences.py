"""Sentences of a text as character ranges, so that a quote can be shown in its place."""

import re
from dataclasses import dataclass

from sentencex import segment  # ty: ignore[missing-module-member]

_PARAGRAPH = re.compile(r"\S(?:.*?\S)??(?=\s*?\n\s*?\n|\s*\Z)", re.DOTALL)


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
        position = paragraph.start()
        for sentence in segment(language, paragraph.group()):
            stripped = sentence.strip()
            if not stripped:
                continue
            # Searched for, not added up: the library may leave out space between sentences.
            position = text.index(stripped, position)
            spans.append(Span(position, position + len(stripped)))
            position += len(stripped)
    return spans
