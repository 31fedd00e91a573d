"""How much of a question's wording a passage repeats: shares that a reader can work out."""

import math
from zlib import crc32

import numpy as np
import pytest

from index.overlap import (
    Overlaps,
    QuestionWords,
    measure_overlaps,
    pack_stems,
    stems_of,
    weigh,
)

# Two words, the first three times as rare; side by side they weigh 2, the mean.
WORDS = QuestionWords({"oxytocin": 3.0, "mice": 1.0}, {("oxytocin", "mice"): 2.0})
ONCE, TWICE = 1 / 1.6, 2 / 2.6


def test_stems_leave_out_stop_words_case_accents_and_endings() -> None:
    """As the word index has them."""
    assert stems_of("Is CAREGÍVING raising the levels of IL-6?") == [
        "caregiv", "rais", "level", "il", "6",
    ]  # fmt: skip


def test_a_rare_word_weighs_more_and_an_unknown_one_most() -> None:
    """ln(1 + (N - n + .5) / (n + .5)), as in BM25."""
    holding = {"stress": 80, "oxytocin": 2, "ketamin": 0}
    words = weigh("stress, oxytocin or ketamine?", 100, lambda stem: holding[stem])
    assert list(words.weights) == ["stress", "oxytocin", "ketamin"]
    assert words.weights["stress"] == pytest.approx(math.log(1 + 20.5 / 80.5))
    assert words.weights["stress"] < words.weights["oxytocin"] < words.weights["ketamin"]
    assert words.pairs["stress", "oxytocin"] == pytest.approx(
        (words.weights["stress"] + words.weights["oxytocin"]) / 2
    )


def test_a_stem_is_kept_as_four_bytes_in_the_order_of_the_text() -> None:
    """The heading first; stop words are none."""
    numbers = np.frombuffer(pack_stems("The mice", "Oxytocin in mice."), "<u4").tolist()
    assert numbers == [crc32(stem) for stem in (b"mice", b"oxytocin", b"mice")]


PASSAGES = {
    ("Rats", "Cortisol."): (0.0, 0.0, 0.0),
    ("Rats", "Oxytocin."): (3 * ONCE / 4, 0.0, 0.0),
    ("Rats", "Oxytocin. Oxytocin."): (3 * TWICE / 4, 0.0, 0.0),
    ("Rats", "Oxytocin in mice."): (4 * ONCE / 4, ONCE, 0.0),
    ("Rats", "Oxytocin in mice. Oxytocin in mice."): (4 * TWICE / 4, TWICE, 0.0),
    ("Rats", "Oxytocin in young mice."): (4 * ONCE / 4, 0.0, 0.0),
    ("Rats", "Mice and oxytocin."): (4 * ONCE / 4, 0.0, 0.0),
    ("Mice", "Oxytocin."): (4 * ONCE / 4, 0.0, 1 / 4),
    ("Mice, mice", "Oxytocin."): ((3 * ONCE + TWICE) / 4, 0.0, 1 / 4),
    # Words of two passages are no neighbours: this one begins with what the last one lacks.
    ("", "Oxytocin."): (3 * ONCE / 4, 0.0, 0.0),
    ("", "Mice."): (ONCE / 4, 0.0, 0.0),
    ("", ""): (0.0, 0.0, 0.0),
}  # fmt: skip


def overlaps(words: QuestionWords, *passages: tuple[str, str]) -> list[tuple[float, float, float]]:
    """Shares of words, pairs and title of passages given as title and text."""
    found = measure_overlaps(words, [(title, pack_stems("", text)) for title, text in passages])
    return list(zip(found.words, found.pairs, found.title, strict=True))


def test_shares_are_by_weight_and_fall_with_each_mention() -> None:
    """A count n of a word gives n / (n + .6) of its weight; the pair must stand side by side."""
    found = overlaps(WORDS, *PASSAGES)
    assert [pytest.approx(shares) for shares in PASSAGES.values()] == found


@pytest.mark.parametrize(("passage", "shares"), PASSAGES.items())
def test_a_passage_has_the_same_shares_alone_as_among_others(
    passage: tuple[str, str], shares: tuple[float, float, float]
) -> None:
    """All are measured at once, and none knows of the next."""
    assert overlaps(WORDS, passage) == [pytest.approx(shares)]


def test_a_question_of_stop_words_overlaps_with_nothing() -> None:
    """There is nothing to divide by."""
    words = weigh("is it the", 100, lambda _stem: 0)
    assert overlaps(words, ("Is it?", "It is the one.")) == [(0.0, 0.0, 0.0)]


def test_of_no_passages_there_is_nothing_to_say() -> None:
    """A filter may leave none."""
    nothing = measure_overlaps(WORDS, [])
    assert isinstance(nothing, Overlaps)
    assert [len(shares) for shares in (nothing.words, nothing.pairs, nothing.title)] == [0, 0, 0]
