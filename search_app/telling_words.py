"""How much of what a question names a text says, rare words counting more than common ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from stop_words import safe_get_stop_words

from index.overlap import stems_of, words_of
from index.words import WordIndex


@dataclass(frozen=True)
class TellingWords:
    """The words of a question that say what it is about: how rare each is, by its stem."""

    weights: Mapping[str, float]

    def said_in(self, text: str) -> float:
        """The share of the words that a text holds, by weight: 0 to 1."""
        total = sum(self.weights.values())
        held = set(stems_of(text))
        said = sum(weight for stem, weight in self.weights.items() if stem in held)
        return said / total if total else 0.0


def read_telling_words(words: WordIndex, question: str) -> TellingWords:
    """The words of a question, weighted by how rare they are in the library."""
    # The word index keeps "does" and "what"; few texts hold them, so they would seem to tell much.
    telling = [word for word in words_of(question) if not is_common(word)]
    return TellingWords(words.weigh(" ".join(telling)).weights)


def is_common(word: str) -> bool:
    """Whether a word in lower case is one that tells nothing, such as "does" or "what"."""
    return word in _common_words()


@cache
def _common_words() -> frozenset[str]:
    return frozenset(safe_get_stop_words("en"))
