"""Ranking candidates: the scores are sums that a reader can redo."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.database import Candidate
from index.embedder import TokenVectors, without_tokens
from index.overlap import QuestionWords, pack_stems
from index.ranking import rank

QUESTION = without_tokens("oxytocin", np.array([1.0, 0.0], np.float32))
WORDS = QuestionWords({"oxytocin": 1.0}, {})


def candidate(
    key: int, cosine: float, text: str = "", title: str = "", signs: bytes = b""
) -> Candidate:
    """A passage at that cosine from the question."""
    vector = np.array([cosine, np.sqrt(1 - cosine**2)], np.float16)
    return Candidate(key, key, title, pack_stems("", text), vector.tobytes(), signs)


def scores(*candidates: Candidate, question: TokenVectors = QUESTION) -> dict[int, float]:
    """Score by key."""
    return {hit.passage_id: hit.score for hit in rank(question, WORDS, candidates)}


def test_scores_are_the_sum_of_meaning_and_wording() -> None:
    """One mention of the only word is a share of 1 / 1.6; without tokens the cosine counts 5."""
    found = scores(
        candidate(1, 0.5), candidate(2, 0.25, "Oxytocin."), candidate(3, 0, "", "Oxytocin")
    )
    assert found == pytest.approx(
        {1: 5 * 0.5 / 6.6, 2: (5 * 0.25 + 1 / 1.6) / 6.6, 3: (1 / 1.6 + 0.1) / 6.6}, abs=1e-3
    )


def test_a_passage_that_meets_the_word_passes_one_that_is_nearer_as_a_whole() -> None:
    """Where its tokens are known, they count three times and the cosine twice."""
    tokens = np.ones((1, 64), np.float32)
    question = TokenVectors("oxytocin", QUESTION.vector, tokens, [(0, 8)])
    same, half = b"\xff" * 8, b"\xff" * 4 + bytes(4)
    found = scores(candidate(1, 0.5, signs=half), candidate(2, 0.25, signs=same), question=question)
    # As `meet` estimates it of vectors whose numbers are all as great.
    met = math.sqrt(math.pi / 2)
    assert found == pytest.approx(
        {1: (2 * 0.5 + 3 * 0.0) / 6.6, 2: (2 * 0.25 + 3 * met) / 6.6}, abs=1e-3
    )


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
