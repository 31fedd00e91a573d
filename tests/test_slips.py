"""What counts as a slip of the pen, and what is taken for another word."""

import pytest

from search_app.slips import count_slips, most_slips


@pytest.mark.parametrize(
    ("typed", "word", "slips"),
    [
        ("imune", "immune", 1),
        ("immunne", "immune", 1),
        ("stresss", "stress", 1),
        ("anxeity", "anxiety", 1),
        ("imflammation", "inflammation", 1),
        ("inflammatoin", "inflammation", 1),
        ("dissapointed", "disappointed", 2),
        ("inflamatary", "inflammatory", 2),
    ],
)
def test_letters_left_out_put_in_mistaken_or_swapped_are_slips(
    typed: str, word: str, slips: int
) -> None:
    """Two neighbours swapped are one."""
    assert count_slips(typed, word) == slips


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("nflammation", "inflammation"),
        ("stain", "stair"),
        ("strep", "step"),
        ("smoker", "smoke"),
        ("hypothesize", "hypothesis"),
        ("keratin", "ketamine"),
        ("infarction", "infection"),
        ("actin", "acting"),
        ("actin", "action"),
        ("vitamin", "mineral"),
    ],
)
def test_another_word_is_not_taken_for_a_slip(typed: str, word: str) -> None:
    """Another first letter, a strange letter in a short word, another ending, a protein's name."""
    assert count_slips(typed, word) is None


@pytest.mark.parametrize(("typed", "most"), [("cell", 0), ("imune", 1), ("fatiguee", 1)])
def test_short_words_have_few_slips(typed: str, most: int) -> None:
    """Of four letters, every other word is near to another."""
    assert most_slips(typed) == most
    assert count_slips("cell", "cells") is None
