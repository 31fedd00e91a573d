"""How much of a question's wording a passage repeats: rare words, and words side by side."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TypeVar
from zlib import crc32

import numpy as np
import numpy.typing as npt
import tantivy

MOST_WORDS = 64
# A second mention adds little, and a long passage is no worse than a short one: passages are
# of a size. BM25 with b = 0 (Robertson and Zaragoza 2009, https://doi.org/10.1561/1500000019).
_SATURATION = 0.6
WORD = re.compile(r"[^\W_]+")
# A stem is kept as a number of 32 bits; nothing has the number that keeps passages apart.
_NUMBER = np.dtype("<u4")
_APART = bytes(_NUMBER.itemsize)

Pair = tuple[str, str]
Key = TypeVar("Key", str, Pair)
Shares = npt.NDArray[np.float64]


@dataclass(frozen=True)
class QuestionWords:
    """The words of a question that carry weight.

    Attributes:
        weights: inverse document frequency by stem; a word that no passage holds has the
            highest there is.
        pairs: mean weight of two stems that stand side by side, stop words left out.
    """

    weights: dict[str, float]
    pairs: dict[Pair, float]


@dataclass(frozen=True)
class Overlaps:
    """How much of a question's wording each of some passages repeats, from 0 to 1.

    Attributes:
        words: of its words, by weight; the passage's title and heading count as its text;
            float64[n], as the others.
        pairs: of its neighbouring words, by weight; those that the passage has side by side too.
        title: of its words, by weight; those in the title of the document.
    """

    words: Shares
    pairs: Shares
    title: Shares


def analyzer() -> tantivy.TextAnalyzer:
    """Lower case, without accents and English stop words, stemmed (Snowball)."""
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stopword("english"))
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )


def words_of(text: str) -> list[str]:
    """The words of a text, in lower case."""
    return WORD.findall(text.lower())


@lru_cache(maxsize=200_000)
def stem_of(word: str) -> str:
    """Stem of a word in lower case; nothing for a stop word. Texts repeat their words."""
    return next(iter(_shared_analyzer().analyze(word)), "")


def stems_of(text: str) -> list[str]:
    """Stems of the words of a text, in order, without stop words."""
    return [stem for stem in map(stem_of, words_of(text)) if stem]


def weigh(question: str, passages: int, holding: Callable[[str], int]) -> QuestionWords:
    """Weigh the words of a question by how rare they are.

    Args:
        question: as typed.
        passages: how many passages there are.
        holding: how many of them hold a stem.
    """
    stems = stems_of(question)[:MOST_WORDS]
    weights = {stem: _inverse_frequency(passages, holding(stem)) for stem in stems}
    pairs = {pair: (weights[pair[0]] + weights[pair[1]]) / 2 for pair in pairwise(stems)}
    return QuestionWords(weights, pairs)


def pack_stems(heading: str, text: str) -> bytes:
    """The stems of a passage, in order, as an index keeps them: four bytes each.

    Each is the CRC-32 of its UTF-8, little-endian (two of a passage and a question that differ
    have the same one by a chance of one in four billion).
    """
    return _numbers_of(heading) + _numbers_of(text)


def measure_overlaps(question: QuestionWords, passages: Sequence[tuple[str, bytes]]) -> Overlaps:
    """How much of the question's wording passages repeat.

    Args:
        question: its words, weighed.
        passages: title and stems of each, these as `pack_stems` gave them.
    """
    # One array for all: to go through some hundred passages one by one takes twenty times as long.
    titles = [_numbers_of_title(title) for title, _ in passages]
    parts = [_APART + title + stems for title, (_, stems) in zip(titles, passages, strict=True)]
    numbers = np.frombuffer(b"".join(parts), _NUMBER)
    starts = np.fromiter(accumulate(map(len, parts), initial=0), np.intp) // _NUMBER.itemsize
    asked = {stem: _number_of(stem) for stem in question.weights}
    places = np.flatnonzero(np.isin(numbers, np.array(list(asked.values()), _NUMBER)))
    found, passage = numbers[places], np.searchsorted(starts, places, "right") - 1
    is_next = np.diff(places) == 1
    title_lengths = np.fromiter(map(len, titles), np.intp, len(titles)) // _NUMBER.itemsize
    is_in_title = places - starts[passage] <= title_lengths[passage]

    def count(where: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
        return np.bincount(passage[: len(where)][where], minlength=len(passages))

    holds = {stem: found == number for stem, number in asked.items()}
    words = {stem: _saturated(count(where)) for stem, where in holds.items()}
    pairs = {
        (first, second): _saturated(count(holds[first][:-1] & holds[second][1:] & is_next))
        for first, second in question.pairs
    }
    in_title = {stem: count(where & is_in_title) > 0 for stem, where in holds.items()}
    nothing = np.zeros(len(passages))
    return Overlaps(
        _share(question.weights, words, nothing),
        _share(question.pairs, pairs, nothing),
        _share(question.weights, in_title, nothing),
    )


def _saturated(counts: npt.NDArray[np.intp]) -> Shares:
    return counts / (counts + _SATURATION)


def _share(
    weights: Mapping[Key, float], found: Mapping[Key, npt.NDArray], nothing: Shares
) -> Shares:
    whole = sum(weights.values()) or 1.0
    return sum((weight * found[key] for key, weight in weights.items()), nothing) / whole


def _inverse_frequency(passages: int, holding: int) -> float:
    """As in BM25, and never below 0."""
    return math.log(1 + (passages - holding + 0.5) / (holding + 0.5))


@lru_cache(maxsize=1)
def _shared_analyzer() -> tantivy.TextAnalyzer:
    return analyzer()


@lru_cache(maxsize=200_000)
def _number_of(stem: str) -> int:
    return crc32(stem.encode()) or 1


def _numbers_of(text: str) -> bytes:
    return np.array([_number_of(stem) for stem in stems_of(text)], _NUMBER).tobytes()


@lru_cache(maxsize=10_000)
def _numbers_of_title(title: str) -> bytes:
    """The passages of a document share their title."""
    return _numbers_of(title)
