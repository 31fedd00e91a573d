"""How much of a question's wording a passage repeats: shares that a reader can work out."""

import math

import pytest

from index.overlap import Overlap, QuestionWords, measure_overlap, stems_of, weigh

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


@pytest.mark.parametrize(
    ("title", "text", "overlap"),
    [
        ("Rats", "Cortisol.", Overlap(0.0, 0.0, 0.0)),
        ("Rats", "Oxytocin.", Overlap(3 * ONCE / 4, 0.0, 0.0)),
        ("Rats", "Oxytocin. Oxytocin.", Overlap(3 * TWICE / 4, 0.0, 0.0)),
        ("Rats", "Oxytocin in mice.", Overlap(4 * ONCE / 4, ONCE, 0.0)),
        ("Rats", "Oxytocin in young mice.", Overlap(4 * ONCE / 4, 0.0, 0.0)),
        ("Rats", "Mice and oxytocin.", Overlap(4 * ONCE / 4, 0.0, 0.0)),
        ("Mice", "Oxytocin.", Overlap(4 * ONCE / 4, 0.0, 1 / 4)),
    ],
)
def test_shares_are_by_weight_and_fall_with_each_mention(
    title: str, text: str, overlap: Overlap
) -> None:
    """A count n of a word gives n / (n + .6) of its weight; the pair must stand side by side."""
    found = measure_overlap(WORDS, title, "", text)
    assert (found.words, found.pairs, found.title) == pytest.approx(
        (overlap.words, overlap.pairs, overlap.title)
    )


def test_a_question_of_stop_words_overlaps_with_nothing() -> None:
    """There is nothing to divide by."""
    words = weigh("is it the", 100, lambda _stem: 0)
    assert measure_overlap(words, "Is it?", "", "It is the one.") == Overlap(0.0, 0.0, 0.0)
