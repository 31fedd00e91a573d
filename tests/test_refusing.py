"""Refusing: few sentences are embedded, and what is near tells less where everything is."""

import math

import numpy as np
import pytest
from samples import ranked

from search_app.quotes import Quote
from search_app.refusing import Clues, read_clues
from search_app.scoring import ScoredQuote


def scored(text: str, met: float) -> ScoredQuote:
    """A sentence that is a whole passage."""
    return ScoredQuote(Quote(text, ranked(text), 0, len(text)), met)


def test_probability_is_that_of_the_regression() -> None:
    """18.21 x .7 - 7.87 x .5 - 6.34 x .2 - 5.13 = 2.414."""
    expected = 1 / (1 + math.exp(-2.414))
    assert Clues(nearness=0.7, usual=0.5, met=0.2).probability == pytest.approx(expected)


@pytest.mark.parametrize(
    "other", [Clues(0.7, 0.6, 0.2), Clues(0.7, 0.5, 0.3), Clues(0.6, 0.5, 0.2)]
)
def test_less_near_and_less_outstanding_is_less_likely(other: Clues) -> None:
    """The same nearness tells less where everything is as near."""
    assert other.probability < Clues(0.7, 0.5, 0.2).probability


def test_clues_are_of_the_two_nearest_and_of_all() -> None:
    """The best by words need not be the nearest; all sentences found count for what is met."""
    best = [scored(text, 0.5) for text in "abc"]
    clues = read_clues(np.array([0.2, 0.6, 0.4], np.float32), [*best, scored("d", 0.1)])
    assert clues.nearness == pytest.approx((0.6 + 0.4) / 2)
    assert clues.usual == pytest.approx((0.2 + 0.6 + 0.4) / 3)
    assert clues.met == pytest.approx((3 * 0.5 + 0.1) / 4)
