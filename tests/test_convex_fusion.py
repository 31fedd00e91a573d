"""Fusion: values by hand, and no dependence on the order of equals."""

import math

import pytest
from convex_fusion import MEANING_WEIGHT, fuse
from hypothesis import given
from hypothesis import strategies as st
from ranking import ndcg_at_10

from index.documents import Hit

FINITE = st.floats(-1, 100, allow_nan=False, width=32)


def ranking(scores: dict[int, float]) -> list[Hit]:
    """Hits, best first."""
    ordered = sorted(scores.items(), key=lambda item: -item[1])
    return [Hit(passage_id, score) for passage_id, score in ordered]


RANKINGS = st.dictionaries(st.integers(1, 30), FINITE, max_size=20).map(ranking)


def test_scores_are_the_weighted_sum_of_the_scaled_scores() -> None:
    """Meaning is scaled between last and first, words are divided by the first."""
    meaning = [Hit(1, 0.9), Hit(2, 0.6), Hit(3, 0.4)]
    words = [Hit(2, 8.0), Hit(4, 2.0)]
    fused = {hit.passage_id: hit.score for hit in fuse(meaning, words)}
    assert fused == pytest.approx(
        {
            1: 0.6 * (0.9 - 0.4) / (0.9 - 0.4),
            2: 0.6 * (0.6 - 0.4) / (0.9 - 0.4) + 0.4 * 8 / 8,
            3: 0.6 * 0.0,
            4: 0.4 * 2 / 8,
        }
    )


def test_the_best_of_both_rankings_comes_first() -> None:
    """Order of the fused ranking."""
    meaning = [Hit(1, 0.9), Hit(2, 0.6), Hit(3, 0.4)]
    words = [Hit(2, 8.0), Hit(4, 2.0)]
    assert [hit.passage_id for hit in fuse(meaning, words)] == [2, 1, 4, 3]


def test_one_empty_ranking_leaves_the_order_of_the_other() -> None:
    """And nothing at all gives nothing."""
    hits = [Hit(7, 3.0), Hit(5, 2.0), Hit(6, 1.0)]
    assert [hit.passage_id for hit in fuse(hits, [])] == [7, 5, 6]
    assert [hit.passage_id for hit in fuse([], hits)] == [7, 5, 6]
    assert fuse([], []) == []


def test_a_single_hit_by_meaning_gets_the_whole_share() -> None:
    """There is no range to scale by."""
    assert fuse([Hit(1, 0.2)], []) == [Hit(1, MEANING_WEIGHT * 1.0)]


def test_equal_scores_are_all_the_best() -> None:
    """No division by the zero between them."""
    assert fuse([Hit(1, 0.5), Hit(2, 0.5)], []) == [Hit(1, 0.6), Hit(2, 0.6)]


@given(RANKINGS, RANKINGS, st.floats(0, 1))
def test_fused_ranking_holds_each_passage_once_best_first(
    meaning: list[Hit], words: list[Hit], weight: float
) -> None:
    """The union of both, in descending order."""
    fused = fuse(meaning, words, weight)
    ids = [hit.passage_id for hit in fused]
    assert sorted(ids) == sorted({hit.passage_id for hit in [*meaning, *words]})
    assert [hit.score for hit in fused] == sorted((hit.score for hit in fused), reverse=True)


@given(
    st.dictionaries(st.integers(1, 20), st.sampled_from([0.1, 0.2, 0.7]), max_size=12),
    RANKINGS,
    st.randoms(use_true_random=False),
)
def test_order_among_equal_scores_changes_nothing(
    scores: dict[int, float], words: list[Hit], random: object
) -> None:
    """A ranker may give equals in any order."""
    hits = [Hit(*item) for item in scores.items()]
    random.shuffle(hits)  # ty: ignore[unresolved-attribute]
    shuffled = sorted(hits, key=lambda hit: -hit.score)
    assert fuse(shuffled, words) == fuse(ranking(scores), words)


def test_passages_that_hold_the_answer_are_best_at_the_top() -> None:
    """The second of two holders is missing: 1 / log2(2), of 1 / log2(2) + 1 / log2(3)."""
    assert ndcg_at_10([True, False], {1, 2}) == pytest.approx(1 / (1 + 1 / math.log2(3)))
    assert ndcg_at_10([False, True], {1}) == pytest.approx(1 / math.log2(3))
    assert ndcg_at_10([False], set()) == 0.0
