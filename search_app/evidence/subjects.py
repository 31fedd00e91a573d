"""Who or what was studied, and how many, by the text's own words."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum

from search_app.evidence.study_types import Stated


class Subjects(StrEnum):
    """Whom a study speaks of. Never added together."""

    HUMAN = "human"
    ANIMAL = "animal"
    CELLS = "cells"
    UNSTATED = "not stated"


_PEOPLE = (
    r"patients?|participants?|volunteers?|women|men|children|adolescents|adults?|infants|neonates|"
    r"newborns|students|caregivers|nurses|workers|veterans|subjects|individuals|people|persons|"
    r"respondents|residents|smokers|mothers|fathers|girls|boys|families|couples|physicians|cases|"
    r"controls|survivors|twins|pregnancies|recipients|athletes|soldiers|households"
)
_ANIMALS = (
    r"mice|mouse|rats?|murine|rabbits?|pigs|piglets?|porcine|dogs|canine|horses|sheep|lambs|"
    r"zebrafish|monkeys?|macaques?|hamsters?|rodents?|goats?|cows|calves|cattle|chickens?|ducks?|cats|"
    r"animals"
)
_WORDS = {
    Subjects.ANIMAL: re.compile(rf"\b(?:{_ANIMALS})\b", re.IGNORECASE),
    Subjects.CELLS: re.compile(
        r"\b(?:in vitro|cell lines?|cultured|cell cultures?|incubated)\b", re.IGNORECASE
    ),
    Subjects.HUMAN: re.compile(rf"\b(?:{_PEOPLE}|humans?)\b", re.IGNORECASE),
}
_ONES = {
    word: number
    for number, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        1,
    )
}
_TENS = {
    word: 10 * number
    for number, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2
    )
}
_SPELT = rf"(?:(?:{'|'.join([*_ONES, *_TENS])}|hundred|and)[ -])+"
_NUMBER = r"\d{1,3}(?:[, \u2009]\d{3})+|\d+"
_ADJECTIVES = (
    r"(?:(?!(?:to|of|per|and|years?|months?|weeks?|days?|hours?|h|mg|ml|kg|or|in)\b)"
    r"[\w/'\u2019-]+,? ){0,5}?"
)
_COUNTED = re.compile(
    rf"(?<![\d.,/\u2013-])(?<!type )(?<!phase )\b(?P<number>{_NUMBER}|{_SPELT})\s*{_ADJECTIVES}"
    rf"(?:{_PEOPLE}|mice|rats|rabbits|pigs|piglets|dogs|horses|sheep|goats|animals)\b",
    re.IGNORECASE,
)
_EQUALS = re.compile(rf"\bn ?= ?(?P<number>{_NUMBER})", re.IGNORECASE)
# Where a study tells how many took part, against where it counts some of them.
_ENROLS = re.compile(
    r"\b(?:total of|enrol|recruit|includ|randomi|assign|allocat|sample of|consist|compris|"
    r"conducted (?:on|in|with)|divided|studied)",
    re.IGNORECASE,
)
_TAKES_PART = re.compile(
    r"\b(?:underwent|examined|completed|analy[sz]|evaluated|interview|received|were|data|with)\b",
    re.IGNORECASE,
)
_OF_THE_WORLD = re.compile(
    r"\b(?:million|worldwide|each year|every year|annually|globally|in the world|"
    r"per (?:100|1,?000))",
    re.IGNORECASE,
)
# Below that it is mostly a number of something else: "type 2 diabetic patients".
_FEWEST = 4


def read_subjects(title: str, sentences: Iterable[str]) -> Stated:
    """Whether people, animals or cells were studied: what title and beginning name most."""
    counts: Counter[Subjects] = Counter()
    first: dict[Subjects, str] = {}
    for sentence, weight in [(title, 3), *((sentence, 1) for sentence in sentences)]:
        for subjects, pattern in _WORDS.items():
            found = len(pattern.findall(sentence))
            counts[subjects] += weight * found
            if found:
                first.setdefault(subjects, sentence)
    if not first:
        return Stated(Subjects.UNSTATED)
    # Cells come from people or animals: they count only where neither is named as often.
    best = max(_WORDS, key=lambda subjects: counts[subjects])
    return Stated(best, first[best])


def read_size(sentences: Sequence[str]) -> Stated:
    """How many were studied, from the first sentence that counts those who took part."""
    usable = [sentence for sentence in sentences if not _OF_THE_WORLD.search(sentence)]
    for telling in (_ENROLS, _TAKES_PART):
        for sentence in usable:
            sizes = [_value(match["number"]) for match in _COUNTED.finditer(sentence)]
            if telling.search(sentence) and max(sizes, default=0) >= _FEWEST:
                return Stated(str(max(sizes)), sentence)
    for sentence in usable:
        match = _EQUALS.search(sentence)
        if match and _value(match["number"]) >= _FEWEST:
            return Stated(str(_value(match["number"])), sentence)
    return Stated()


def _value(number: str) -> int:
    """The number that digits or words spell; 0 where they spell none."""
    digits = re.sub(r"[^\d]", "", number)
    if digits:
        return int(digits)
    total = 0
    for word in re.findall(r"[a-z]+", number.lower()):
        if word == "hundred":
            total = max(total, 1) * 100
        else:
            total += _ONES.get(word, 0) + _TENS.get(word, 0)
    return total
