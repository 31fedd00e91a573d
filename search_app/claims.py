"""A pasted text as claims to look up: its sentences and list items, without headings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.errors import QuestionError
from index.search import MAX_QUESTION_CHARACTERS
from index.sentences import sentence_spans
from search_app.evidence.directions import Direction, read_direction

MOST_CLAIMS = 40
MOST_CHARACTERS = 20_000
# "Stress raises IL-6" is a claim, "Stress and inflammation" is a heading.
_FEWEST_WORDS = 3
# A shorter line was not broken because the page ended.
_FULL_LINE = 40
_LIST_MARK = re.compile(r"^\s*(?:[-*\u2022\u2013\u25aa\u25cf\u25e6\uf0b7]|\(?\d{1,2}[.)])\s+")
_HEADING_MARK = re.compile(r"^\s*#{1,6}\s")
# "BACKGROUND: ..." in an abstract, "Results: ..." on a slide.
_LABEL = re.compile(r"^(?:[A-Z][A-Z ,&/-]{3,}|[A-Z][a-z]+(?: and [a-z]+)?):\s+(?=[A-Z])")
_ENDS = re.compile(r"[.!?][\"'\u2019\u201d)\]]*(?:\s?\[[\d,\u2013 -]+\])?$")
_REFERENCE = re.compile(
    r"\bdoi\b|https?://|\b(?:19|20)\d\d\s?;\s?\d+|\b\d+\s?\(\d+\)\s?[,:]\s?\d+", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class LeftOut:
    """A line that is not looked up, and why."""

    text: str
    reason: str


@dataclass(frozen=True)
class PastedText:
    """What a text holds to look up.

    Attributes:
        claims: in the order in which they stand, each once.
        left_out: what else stands there.
        notices: what the reader should know: how much of the text was not looked at.
    """

    claims: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    notices: tuple[str, ...]


def read_claims(text: str) -> PastedText:
    """Split a text into claims.

    Args:
        text: a sentence, an abstract, or the lines of a slide.

    Raises:
        QuestionError: there is nothing to look up in it.
    """
    text, notices = _cut(text)
    claims: dict[str, None] = {}
    left_out: list[LeftOut] = []
    for part in _parts(text):
        reason = _why_left_out(part)
        if reason:
            left_out.append(LeftOut(part, reason))
        else:
            claims.setdefault(part)
    if not claims:
        raise QuestionError(
            "There is no claim to look up. Paste a sentence such as \u201cStress raises "
            "inflammation.\u201d, an abstract, or the lines of a slide."
        )
    if len(claims) > MOST_CLAIMS:
        notices.append(
            f"The text holds {len(claims)} claims. The first {MOST_CLAIMS} were looked up; paste "
            "the others by themselves."
        )
    return PastedText(tuple(claims)[:MOST_CLAIMS], tuple(left_out), tuple(notices))


def _cut(text: str) -> tuple[str, list[str]]:
    # Bytes of a file that are no UTF-8 arrive as halves of characters.
    text = text.encode("utf-8", "replace").decode("utf-8").strip()
    if len(text) <= MOST_CHARACTERS:
        return text, []
    notice = (
        f"The text has {len(text):,} characters. The first {MOST_CHARACTERS:,} were looked up; "
        "paste the rest by itself."
    )
    return text[:MOST_CHARACTERS], [notice]


def _parts(text: str) -> Iterator[str]:
    """Sentences, list items and headings, in order, on one line each."""
    for paragraph in re.split(r"\n\s*\n", text):
        for item in _items(paragraph):
            if _HEADING_MARK.match(item):
                yield item
                continue
            plain = " ".join(_LIST_MARK.sub("", item).split())
            for span in sentence_spans(plain):
                yield _LABEL.sub("", plain[span.start : span.end])


def _items(paragraph: str) -> Iterator[str]:
    """Lines, those joined that are one sentence which was broken to fit a page."""
    lines = [line for line in paragraph.splitlines() if line.strip()]
    # The lines of a slide end without a full stop, those of an abstract go on until there is one.
    is_prose = bool(lines) and bool(_ENDS.search(lines[-1].strip()))
    item: list[str] = []
    for line in lines:
        if item and not _goes_on(item[-1], line, is_prose=is_prose):
            yield " ".join(item)
            item = []
        item.append(line)
    if item:
        yield " ".join(item)


def _goes_on(before: str, line: str, *, is_prose: bool) -> bool:
    if _LIST_MARK.match(line) or _HEADING_MARK.match(line):
        return False
    if _HEADING_MARK.match(before) or before.rstrip().endswith(":"):
        return False
    is_broken = len(before) >= _FULL_LINE or bool(_ENDS.search(before.rstrip()))
    return line.lstrip()[0].islower() or (is_prose and is_broken)


def _why_left_out(part: str) -> str:
    if _HEADING_MARK.match(part) or part.endswith(":"):
        return "a heading"
    if part.endswith("?"):
        return "a question; ask it on the page Ask"
    if _REFERENCE.search(part):
        return "a reference"
    words = len(_WORD.findall(part))
    claims = bool(_ENDS.search(part)) or read_direction(part) is not Direction.UNCLEAR
    if words < _FEWEST_WORDS or (words == _FEWEST_WORDS and not claims):
        return "too short to look up"
    if len(part) > MAX_QUESTION_CHARACTERS:
        return f"longer than {MAX_QUESTION_CHARACTERS:,} characters without a full stop"
    return ""
