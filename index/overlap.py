"""How much of a question's wording a passage repeats: rare words, and words side by side."""

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

import tantivy

MOST_WORDS = 64
# A second mention adds little, and a long passage is no worse than a short one: passages are
# of a size. BM25 with b = 0 (Robertson and Zaragoza 2009, https://doi.org/10.1561/1500000019).
_SATURATION = 0.6
WORD = re.compile(r"[^\W_]+")

Pair = tuple[str, str]
Key = TypeVar("Key", str, Pair)


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
class Overlap:
    """How much of a question's wording a passage repeats, each from 0 to 1.

    Attributes:
        words: of its words, by weight; the passage's title and heading count as its text.
        pairs: of its neighbouring words, by weight; those that the passage has side by side too.
        title: of its words, by weight; those in the title of the document.
    """

    words: float
    pairs: float
    title: float


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


def measure_overlap(question: QuestionWords, title: str, heading: str, text: str) -> Overlap:
    """How much of the question's wording a passage repeats."""
    in_title = _stems_of_title(title)
    words: Counter[str] = Counter()
    pairs: Counter[Pair] = Counter()
    before = ""
    # A plain loop: this is done for some 150 passages a question.
    for stem in (*in_title, *stems_of(heading), *stems_of(text)):
        if stem not in question.weights:
            before = ""
            continue
        words[stem] += 1
        if (before, stem) in question.pairs:
            pairs[before, stem] += 1
        before = stem
    return Overlap(
        _share(question.weights, {stem: _saturated(n) for stem, n in words.items()}),
        _share(question.pairs, {pair: _saturated(n) for pair, n in pairs.items()}),
        _share(question.weights, dict.fromkeys(in_title, 1.0)),
    )


def _saturated(count: int) -> float:
    return count / (count + _SATURATION)


def _share(weights: Mapping[Key, float], found: Mapping[Key, float]) -> float:
    whole = sum(weights.values())
    part = sum(weight * found[key] for key, weight in weights.items() if key in found)
    return part / whole if whole else 0.0


def _inverse_frequency(passages: int, holding: int) -> float:
    """As in BM25, and never below 0."""
    return math.log(1 + (passages - holding + 0.5) / (holding + 0.5))


@lru_cache(maxsize=1)
def _shared_analyzer() -> tantivy.TextAnalyzer:
    return analyzer()


@lru_cache(maxsize=1_000)
def _stems_of_title(title: str) -> tuple[str, ...]:
    """The passages of a document share their title."""
    return tuple(stems_of(title))
