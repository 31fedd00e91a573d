"""Figures, tables and boxes that stand in the middle of a sentence, put after its paragraph."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.readers.pdf_nouns import Block, BodyStyle, Kind
from ingest.text_cleaning import LINE_END_HYPHEN

_CAPTION = re.compile(r"(?:fig(?:ure|\.)|table|box|scheme|key concept) ?[\dIVX]", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[.!?:;][\"\u201d\u2019)\]\d,\s-]*$")
_MOST_BETWEEN = 12
_SAME_SIZE = 0.97


def sentences_made_whole(blocks: Sequence[Block], body: BodyStyle) -> list[Block]:
    """The blocks of a page with each paragraph that a float interrupts in one piece.

    Such a paragraph ends without a full stop, and goes on in small letters after a caption,
    a table, or text that is not set as the body is.
    """
    whole: list[Block] = []
    waiting = list(blocks)
    while waiting:
        block = waiting.pop(0)
        while (rest := _rest_of(block, waiting, body)) is not None:
            block = replace(block, text=f"{block.text} {waiting.pop(rest).text}")
        whole.append(block)
    return whole


def _rest_of(block: Block, following: Sequence[Block], body: BodyStyle) -> int | None:
    """Which of the blocks that follow ends the sentence that this one begins; None if none."""
    if not _is_body(block, body) or _ENDS_SENTENCE.search(block.text):
        return None
    for number, other in enumerate(following[:_MOST_BETWEEN]):
        if other.kind is Kind.HEADING:
            return None
        if number and _is_body(other, body):
            goes_on = other.text[0].islower() or block.text.endswith(LINE_END_HYPHEN)
            return number if goes_on else None
        if not number and _is_body(other, body):
            return None
    return None


def _is_body(block: Block, body: BodyStyle) -> bool:
    return (
        block.kind is Kind.TEXT
        and not _CAPTION.match(block.text)
        and _SAME_SIZE * body.size <= block.size <= body.size / _SAME_SIZE
        and block.font in {body.font, ""}
    )
