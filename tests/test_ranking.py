"""Ranking candidates: the scores are sums that a reader can redo."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.database import Candidate
from index.overlap import QuestionWords
from index.ranking import rank

QUESTION = np.array([1.0, 0.0], np.float32)
WORDS = QuestionWords({"oxytocin": 1.0}, {})


def candidate(key: int, cosine: float, text: str = "", title: str = "") -> Candidate:
    """A passage at that cosine from the question."""
    vector = np.array([cosine, np.sqrt(1 - cosine**2)], np.float16)
    return Candidate(key, key, title, "", text, vector.tobytes())


def scores(*candidates: Candidate, words: QuestionWords = WORDS) -> dict[int, float]:
    """Score by key."""
    return {hit.passage_id: hit.score for hit in rank(QUESTION, words, candidates)}


def test_scores_are_the_sum_of_meaning_and_wording() -> None:
    """One mention of the only word is a share of 1 / 1.6."""
    found = scores(
        candidate(1, 0.5), candidate(2, 0.25, "Oxytocin."), candidate(3, 0, "", "Oxytocin")
    )
    assert found == pytest.approx(
        {
            1: 5 * 0.5**2 * 0.5 / 6.4,
            2: (5 * 0.5**2 * 0.25 + 1 / 1.6) / 6.4,
            3: (1 / 1.6 + 0.1) / 6.4,
        },
        abs=1e-3,
    )


def test_meaning_counts_more_where_the_best_passage_fits_better() -> None:
    """The same word outweighs .3 of cosine among poor passages, and not among good ones."""
    poor = scores(candidate(1, 0.4), candidate(2, 0.1, "Oxytocin."))
    good = scores(candidate(1, 0.9), candidate(2, 0.6, "Oxytocin."))
    assert poor[2] > poor[1]
    assert good[1] > good[2]


def test_nothing_to_rank_gives_nothing() -> None:
    """A filter may leave none."""
    assert rank(QUESTION, WORDS, []) == []


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_the_candidates_does_not_matter(cosines: list[float], random) -> None:  # noqa: ANN001
    """Every candidate once, best first, equal scores by key."""
    candidates = [candidate(key, cosine) for key, cosine in enumerate(cosines)]
    hits = rank(QUESTION, WORDS, candidates)
    shuffled = list(candidates)
    random.shuffle(shuffled)
    assert rank(QUESTION, WORDS, shuffled) == pytest.approx(hits)
    assert sorted(hit.passage_id for hit in hits) == list(range(len(cosines)))
    assert hits == sorted(hits, key=lambda hit: (-hit.score, hit.passage_id))
