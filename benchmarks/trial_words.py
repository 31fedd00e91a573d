"""Other forms of words for the trials: American spelling, and acronyms that a corpus explains."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

# The commonest differences; what else they hit is hit in questions and passages alike.
_BRITISH = (
    (re.compile(r"(?<=[a-z]{2})our(?=\b|s\b|al|ed|ing|ite)"), "or"),
    (re.compile(r"(?<=[a-z]{3})is(?=e[sd]?\b|ing\b|ation)"), "iz"),
    (re.compile(r"[ao]e(?=[dms])"), "e"),
    (re.compile(r"(?<=[a-z]{2})tre\b"), "ter"),
)
_EXPLAINED = re.compile(r"((?:[\w-]+ ){1,7})\(([A-Z][\w-]{1,7})s?\)")


@dataclass(frozen=True)
class Acronym:
    """A short form and what it stands for, in lower case."""

    short: str
    long: str


def american(text: str) -> str:
    """A text in lower case, British spellings made American."""
    text = text.lower()
    for pattern, instead in _BRITISH:
        text = pattern.sub(instead, text)
    return text


def acronyms_of(texts: Iterable[str]) -> set[Acronym]:
    """What the texts explain, as in "C-reactive protein (CRP)".

    After Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in
    biomedical text" (2003): the letters of the short form stand in the long one in their order,
    the first at the beginning of a word; the shortest such long form counts.
    """
    found = set()
    for text in texts:
        for match in _EXPLAINED.finditer(text):
            short = match[2].lower()
            if long := _long_form(match[1].strip().lower(), short):
                found.add(Acronym(short, long))
    return found


def with_other_forms(text: str, acronyms: Iterable[Acronym]) -> str:
    """A text with the long form after it of each short form that it holds, and the reverse."""
    words = set(re.findall(r"[\w-]+", text.lower()))
    lower = text.lower()
    others = [
        one.long if one.short in words else one.short
        for one in acronyms
        if (one.short in words) != (one.long in lower)
    ]
    return " . ".join([text, *others])


def _long_form(before: str, short: str) -> str:
    place = len(before)
    for number, letter in reversed(list(enumerate(re.sub(r"\W", "", short)))):
        place = before.rfind(letter, 0, place)
        while number == 0 and place > 0 and before[place - 1].isalnum():
            place = before.rfind(letter, 0, place)
        if place < 0:
            return ""
    long = before[place:]
    return long if len(long) > len(short) else ""
