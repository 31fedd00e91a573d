"""What may be meant by a question with words of no document: the same with words that are in some.

Nothing is corrected unasked: what was typed is what is searched.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.overlap import MOST_WORDS, WORD, stem_of
from index.search import MAX_QUESTION_CHARACTERS, Index
from index.sentences import Span
from search_app.slips import FEWEST_LETTERS, count_slips, most_slips

# A word in a single passage may be misspelt itself.
_FEWEST_PASSAGES = 2
# A word whose stem is held, though not this form, is more often a form than misspelt.
_TIMES_AS_MANY = 5
# What is looked at of the library. Twice as much finds one misspelling in a hundred more, in
# twice the time.
_MOST_STEMS, _MOST_PASSAGES = 6, 50
# Letters of a word beyond its stem: "mind" of "mindfulness".
_LONGEST_ENDING = 8
_SHORTEST_STEM = 3


@dataclass(frozen=True)
class Suggestion:
    """A question as it may be meant.

    Attributes:
        question: the one that was typed, with some words exchanged.
        exchanged: where these stand in it.
    """

    question: str
    exchanged: tuple[Span, ...]

    @property
    def told(self) -> str:
        """In a line."""
        return f"Did you mean: {self.question}"


class _Candidate(NamedTuple):
    """A word that may be meant; of two, the one that is more likely meant comes first.

    Attributes:
        slips: that make what was typed of it.
        strange: letters typed that it has not.
        passages: that hold its stem, less than 0.
        times: how often it stands in those that were read, less than 0.
        word: itself, in lower case.
    """

    slips: int
    strange: int
    passages: int
    times: int
    word: str


_BEST = (1, 0)


def suggest(index: Index, question: str) -> Suggestion | None:
    """What may be meant by a question; None where nothing in it looks misspelt.

    Args:
        index: an opened index.
        question: as typed.
    """
    words = dict.fromkeys(WORD.findall(question)[:MOST_WORDS])
    meant = {word: near for word in words if (near := _word_meant(index, word))}
    if not meant:
        return None
    text, exchanged, read = "", [], 0
    for match in WORD.finditer(question):
        if word := meant.get(match.group()):
            text += question[read : match.start()]
            exchanged.append(Span(len(text), len(text) + len(word)))
            text += word
            read = match.end()
    text += question[read:]
    return Suggestion(text, tuple(exchanged)) if len(text) <= MAX_QUESTION_CHARACTERS else None


def _word_meant(index: Index, typed: str) -> str | None:
    """The word of the library that was meant by one that it does not hold."""
    word = typed.lower()
    if not _may_have_slips(typed) or _is_word(index, word):
        return None
    own = stem_of(word)
    # Not tantivy's fuzzy query: it finds passages and does not say by which of their words.
    passages = dict(index.words.stems_beginning(own[:1]))
    fewest = max(_FEWEST_PASSAGES, _TIMES_AS_MANY * passages.pop(own, 0))
    found: list[_Candidate] = []
    for stem in _stems_near(word, {s: count for s, count in passages.items() if count >= fewest}):
        for form, times in _forms_of(index, stem).items():
            if (slips := count_slips(word, form)) is not None:
                strange = len(set(word) - set(form))
                found.append(_Candidate(slips, strange, -passages[stem], -times, form))
        if found and min(found)[:2] == _BEST:
            break
    return _as_typed(min(found).word, typed) if found else None


def _is_word(index: Index, word: str) -> bool:
    """Whether the model knows it as a whole, for it learnt from what millions wrote, or it is held.

    That its stem is held is not enough: that of "inflamation" is the one of "inflamed".
    """
    stem = stem_of(word)
    if not stem or index.embedder.count_tokens(word) == 1:
        return True
    holding = index.words.holding(stem)
    return holding > _MOST_PASSAGES or (holding > 0 and word in _forms_of(index, stem))


def _may_have_slips(typed: str) -> bool:
    """Whether it is written as words are; names of genes have capitals and numbers: "mTOR"."""
    return len(typed) >= FEWEST_LETTERS and typed.isalpha() and typed[1:].islower()


def _stems_near(word: str, passages: Mapping[str, int]) -> list[str]:
    """Stems that a beginning of the word is near to: those first that leave least of it over.

    Those near to its own stem are not enough: nothing takes the ending off "inflammatoin".
    """
    by_length: dict[int, list[str]] = {}
    for stem in passages:
        by_length.setdefault(len(stem), []).append(stem)
    most = most_slips(word)
    # "anxiety" has the stem "anxieti".
    word_as_stem = f"{word[:-1]}i" if word.endswith("y") else word
    near: dict[str, float] = {}
    for length in range(max(_SHORTEST_STEM, len(word) - _LONGEST_ENDING), len(word) + most + 1):
        for beginning in {word_as_stem[: length + more] for more in (-1, 0, 1)}:
            for stem, distance, _ in process.extract_iter(
                beginning, by_length.get(length, ()), scorer=OSA.distance, score_cutoff=most
            ):
                near[stem] = min(distance, near.get(stem, most))
    nearest = sorted(near, key=lambda stem: (2 * near[stem] - len(stem), -passages[stem]))
    return nearest[:_MOST_STEMS]


def _forms_of(index: Index, stem: str) -> Counter[str]:
    """Words of a stem, in lower case, with how often they stand in the passages that are read."""
    keys = index.words.passages_with(stem, _MOST_PASSAGES)
    text = "\n".join(index.database.texts(keys, index.manifest.build)).lower()
    # The last letter of a stem may be another in its words: "studi" of "study".
    words = re.findall(rf"(?<![^\W_]){re.escape(stem[:-1])}[^\W\d_]*", text)
    return Counter(word for word in words if stem_of(word) == stem)


def _as_typed(word: str, typed: str) -> str:
    """With a capital where one was typed."""
    return word.capitalize() if typed[0].isupper() else word
