"""Whether one word is another with a slip in it, or simply another word.

The rule was found on 40,000 misspellings and some thousand words that a library does not hold;
see benchmarks/README.md. It would rather miss a slip than take a word that is meant for one.
"""

import re

from rapidfuzz.distance import OSA

# Shorter words have too many neighbours: "stair", "stain", "strain".
FEWEST_LETTERS = 5
# From here on words are so far from each other that more can be wrong.
_LONG = 9
_VOWELS = frozenset("aeiouy")
_ENDING = 2


def most_slips(typed: str) -> int:
    """How many slips are thought possible in a word; 0 where none is."""
    if len(typed) < FEWEST_LETTERS:
        return 0
    return 1 if len(typed) < _LONG else 2


def count_slips(typed: str, word: str) -> int | None:
    """How many slips make a word out of another; None where it is not thought one with slips.

    A slip is a letter left out, put in or mistaken, or two neighbours swapped (optimal string
    alignment, after Damerau 1964, https://doi.org/10.1145/363958.363994). A first letter is
    seldom wrong. Who slips once or twice repeats, drops or swaps letters of the word: one that
    is strange to it is a sign of another word.

    Args:
        typed: in lower case.
        word: the one that may be meant, in lower case.
    """
    most = most_slips(typed)
    slips = OSA.distance(typed, word, score_cutoff=most)
    if typed[:1] != word[:1] or slips > most:
        return None
    if _has_another_ending(typed, word) or _names_a_protein(typed, word):
        return None
    strange = set(typed) - set(word)
    if len(typed) < _LONG and strange:
        return None
    # Vowels are mistaken for each other by the dozen: "inflamatary".
    return None if slips > 1 and strange - _VOWELS else slips


def _has_another_ending(typed: str, word: str) -> bool:
    """As "smoker" has than "smoke": then another form or another word is meant."""
    if sorted(typed) == sorted(word) or _without_doubles(typed) == _without_doubles(word):
        return False
    return word.startswith(typed[:-_ENDING]) and len(word) <= len(typed)


def _names_a_protein(typed: str, word: str) -> bool:
    """As "actin" does, which is no slip of "acting" or "action"."""
    return typed.endswith("in") and word in {f"{typed}g", f"{typed[:-1]}on"}


def _without_doubles(word: str) -> str:
    return re.sub(r"(.)\1+", r"\1", word)
