"""Directions: which way a sentence points, as a careful reader would say."""

import re

import pytest

from search_app.evidence.directions import Direction, Vote, read_direction, vote_of
from search_app.evidence.questions import Asked, Asks

IL6 = [re.compile(r"IL-6|interleukin", re.IGNORECASE)]
RAISES, LOWERS, NULL = Direction.RAISES, Direction.LOWERS, Direction.NO_DIFFERENCE


@pytest.mark.parametrize(
    ("sentence", "direction"),
    [
        ("Acute stress increased IL-6 by 40 % within two hours.", RAISES),
        ("IL-6 rose after the speech task (P = 0.003).", RAISES),
        ("Levels of IL-6 were significantly higher in caregivers than in controls.", RAISES),
        ("Loneliness was positively associated with IL-6.", RAISES),
        ("Caregivers had elevated IL-6.", RAISES),
        ("Sleep loss up-regulated IL-6 in monocytes.", RAISES),
        ("Chronic stress was associated with greater IL-6 at follow-up.", RAISES),
        ("IL-6 doubled in the stress group.", RAISES),
        ("The training reduced IL-6 compared with the waiting list.", LOWERS),
        ("IL-6 was lower in the meditation group (p<0.01).", LOWERS),
        ("Higher fitness was associated with lower IL-6.", LOWERS),
        ("Optimism was inversely associated with IL-6.", LOWERS),
        ("Fish oil attenuated the increase in IL-6 after stress.", LOWERS),
        ("The drug prevented the rise of IL-6.", LOWERS),
        ("IL-6 fell by a third.", LOWERS),
        ("Swimmers had half as much IL-6 as others.", LOWERS),
        ("Smokers had twice as much IL-6 as others.", RAISES),
        ("Social support was protective against raised IL-6.", LOWERS),
        ("There was no significant difference in IL-6 between groups.", NULL),
        ("IL-6 did not change.", NULL),
        ("The intervention failed to lower IL-6.", NULL),
        ("IL-6 was similar in both groups.", NULL),
        ("Stress was not associated with IL-6.", NULL),
        ("None of the patients had elevated IL-6.", NULL),
        ("The training was not superior to usual care in reducing IL-6.", NULL),
        ("Although IL-6 was lower in the test group, this difference was not significant.", NULL),
        ("IL-6 was lower in the test group, this difference was not significant.", NULL),
        ("Neither diet nor exercise reduced IL-6.", NULL),
        ("IL-6 was unchanged.", NULL),
        ("IL-6 increased slightly (p = 0.42).", NULL),
        ("No trial showed that diet lowers IL-6.", NULL),
        ("CRP did not change, but IL-6 increased.", RAISES),
        ("IL-6 increased, whereas CRP did not change.", RAISES),
        ("IL-6 did not differ, while cortisol was higher.", NULL),
        ("It would seem that stress lowers IL-6, yet long-lasting stress raised IL-6.", RAISES),
        ("Cortisol calms IL-6, and stress raises cortisol.", Direction.UNCLEAR),
        ("Cortisol fell, and IL-6 rose.", RAISES),
        ("Stress raised cortisol, CRP, and IL-6.", RAISES),
        ("It remains unclear whether stress raises IL-6.", Direction.UNCLEAR),
        ("Stress may raise IL-6.", Direction.UNCLEAR),
        ("It would seem to follow that stress lowers IL-6.", Direction.UNCLEAR),
        ("This library does not hold a study that measured stress and IL-6.", Direction.UNCLEAR),
        ("No trial in this library has tested diet and IL-6.", Direction.UNCLEAR),
        ("No trial in this library shows that rest lowers IL-6.", NULL),
        ("We examined whether stress raises IL-6.", Direction.UNCLEAR),
        ("The aim was to test if IL-6 increases.", Direction.UNCLEAR),
        ("It is often said that yoga lowers IL-6.", Direction.UNCLEAR),
        ("IL-6 was measured with an immunoassay.", Direction.UNCLEAR),
        ("Depression was associated with IL-6.", Direction.FOUND),
        ("IL-6 (odds ratio 1.94, 95% CI 1.15-3.26).", RAISES),
        ("IL-6 (odds ratio 0.61, 95% CI 0.40-0.93).", LOWERS),
    ],
)
def test_direction_of_a_sentence(sentence: str, direction: Direction) -> None:
    """Of what it says about IL-6."""
    assert read_direction(sentence, IL6) is direction


@pytest.mark.parametrize(
    ("direction", "asks", "vote"),
    [
        (RAISES, Asks.RAISES, Vote.RAISES),
        (LOWERS, Asks.RAISES, Vote.LOWERS),
        (NULL, Asks.LOWERS, Vote.NO_DIFFERENCE),
        (Direction.FOUND, Asks.RAISES, Vote.UNCLEAR),
        (Direction.UNCLEAR, Asks.YES_NO, Vote.UNCLEAR),
        (RAISES, Asks.YES_NO, Vote.SUPPORTS),
        (LOWERS, Asks.YES_NO, Vote.SUPPORTS),
        (Direction.FOUND, Asks.YES_NO, Vote.SUPPORTS),
        (NULL, Asks.YES_NO, Vote.AGAINST),
    ],
)
def test_vote_of_a_direction(direction: Direction, asks: Asks, vote: Vote) -> None:
    """A finding without a direction says nothing to a question that asks for one."""
    assert vote_of(direction, Asked(asks)) is vote
