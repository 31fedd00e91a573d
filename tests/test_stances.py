"""Stances: a sentence says what a claim says, otherwise, or is only about the same."""

import pytest
from samples import ranked

from search_app.evidence.directions import Direction
from search_app.evidence.stances import Stance, read_claim, stance_of, without_direction
from search_app.nearness import NearQuote
from search_app.quotes import Quote

SO, OTHERWISE, ON_TOPIC = Stance.SAYS_SO, Stance.SAYS_OTHERWISE, Stance.ON_TOPIC


def near(sentence: str, meaning: float = 0.8, said: float = 0.8) -> NearQuote:
    """A sentence that search found near the claim."""
    return NearQuote(Quote(sentence, ranked(sentence), 0, len(sentence)), meaning, said)


@pytest.mark.parametrize(
    ("claim", "sentence", "stance"),
    [
        ("Stress raises IL-6.", "IL-6 was higher after stress.", SO),
        ("Stress raises IL-6.", "After stress IL-6 fell.", OTHERWISE),
        ("Stress raises IL-6.", "Stress did not change IL-6.", OTHERWISE),
        ("Stress raises IL-6.", "IL-6 was measured after stress.", ON_TOPIC),
        ("Stress raises IL-6.", "Stress is associated with IL-6.", ON_TOPIC),
        ("Stress raises IL-6.", "We asked whether stress raises IL-6.", ON_TOPIC),
        ("Stress raises IL-6.", "Does stress raise IL-6?", ON_TOPIC),
        ("Stress raises IL-6.", "No trial has shown that stress raises IL-6.", ON_TOPIC),
        ("Stress may raise IL-6.", "IL-6 was higher after stress.", SO),
        ("Stress does not change IL-6.", "Stress had no effect on IL-6.", SO),
        ("Stress does not change IL-6.", "IL-6 was higher after stress.", OTHERWISE),
        ("Stress is associated with IL-6.", "IL-6 was higher after stress.", SO),
        ("Stress is associated with IL-6.", "Stress was unrelated to IL-6.", OTHERWISE),
        ("It is unclear whether stress raises IL-6.", "Stress raises IL-6.", ON_TOPIC),
        ("Th17 cells come from naive T cells.", "Naive T cells become Th17 cells.", SO),
        ("Th17 cells come from naive T cells.", "Th17 cells never come from T cells.", ON_TOPIC),
    ],
)
def test_direction_of_a_sentence_is_held_against_that_of_the_claim(
    claim: str, sentence: str, stance: Stance
) -> None:
    """What is not clear is on the topic."""
    assert stance_of(read_claim(claim), near(sentence)) is stance


def test_sentence_about_another_outcome_is_on_the_topic() -> None:
    """It must name half of the words for what rises or falls."""
    claim = read_claim("Pioglitazone increases the incidence of pancreatic tumours.")
    other = near("Pioglitazone lowered blood glucose.")
    assert stance_of(claim, other) is ON_TOPIC


@pytest.mark.parametrize(("meaning", "said"), [(0.59, 0.8), (0.8, 0.49)])
def test_sentence_far_from_the_claim_is_on_the_topic(meaning: float, said: float) -> None:
    """Its direction then is that of something else."""
    claim = read_claim("Stress raises IL-6.")
    assert stance_of(claim, near("IL-6 was higher after stress.", meaning, said)) is ON_TOPIC


@pytest.mark.parametrize(
    ("claim", "direction", "named", "other"),
    [
        ("Early screening decreases hospital mortality.", Direction.LOWERS, "mortality", "Early"),
        ("Nerve activity is elevated throughout pregnancy.", Direction.RAISES, "nerve", "pregnan"),
        ("Lithium is associated with lower suicide rates.", Direction.LOWERS, "suicide", "Lithi"),
    ],
)
def test_outcome_is_what_the_claim_says_rises_or_falls(
    claim: str, direction: Direction, named: str, other: str
) -> None:
    """After the verb, or before "is elevated in"."""
    read = read_claim(claim)
    assert read.direction is direction
    assert any(pattern.search(named) for pattern in read.outcome)
    assert not any(pattern.search(other) for pattern in read.outcome)


def test_words_that_tell_a_direction_are_not_what_a_claim_is_about() -> None:
    """A sentence that says the opposite names as much of it."""
    assert without_direction("Stress raises IL-6.") == "Stress IL-6"
