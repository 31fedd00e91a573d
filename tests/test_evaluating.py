"""Evaluating: the measures against arithmetic, and what a run is made of."""

from math import log2
from pathlib import Path

import pytest
from support import FakeEmbedder, load_fake, write_judged_set

from index.retrievers import available_retrievers
from index.search import open_index
from ingest.judged_index import build_index
from ingest.judged_set import load_judged_set
from search_app.evaluating import bootstrap_margin, evaluate, measure

QRELS = {
    "graded": {"best": 2, "good": 1, "bad": 0},
    "two": {"first": 1, "twelfth": 1},
    "late": {"eleventh": 1},
    "unasked": {"any": 3},
}


def ranking(*names: str, to: int = 0) -> dict[str, float]:
    """Scores that fall with the rank; filled up with others to a length."""
    filled = [*names, *(f"other{n}" for n in range(to - len(names)))]
    return {name: 1 / rank for rank, name in enumerate(filled, 1)}


def at(rank: int, name: str) -> dict[str, float]:
    """A ranking with one document at a rank, after others."""
    others = [f"other{n}" for n in range(rank - 1)]
    return ranking(*others, name)


RUN = {
    "graded": ranking("bad", "good", "best"),
    "two": {"first": 2.0, **at(11, "x"), "twelfth": 0.01},
    "late": at(11, "eleventh"),
}


def test_measures_are_those_of_the_arithmetic() -> None:
    """For each query, in the order of the qrels; the gain of a grade is the grade."""
    ideal = 2 / log2(2) + 1 / log2(3)
    values = measure(QRELS, RUN)
    assert values["ndcg@10"] == pytest.approx(
        [
            (0 / log2(2) + 1 / log2(3) + 2 / log2(4)) / ideal,
            (1 / log2(2)) / (1 / log2(2) + 1 / log2(3)),
            0,
            0,
        ]
    )
    assert values["mrr@10"] == pytest.approx([1 / 2, 1 / 1, 0, 0])
    assert values["recall@10"] == pytest.approx([2 / 2, 1 / 2, 0 / 1, 0 / 1])
    assert values["recall@100"] == pytest.approx([2 / 2, 2 / 2, 1 / 1, 0 / 1])
    assert values["hit@1"] == [0, 1, 0, 0]


def test_margin_is_that_of_a_mean_of_many_values() -> None:
    """About 1.96 standard errors: of 100 values, half 0 and half 1, 1.96 * .5 / 10."""
    values = [0.0, 1.0] * 50
    assert bootstrap_margin(values) == pytest.approx(1.96 * 0.5 / 10, rel=0.1)
    assert bootstrap_margin(values) == bootstrap_margin(sorted(values))
    assert bootstrap_margin([0.7]) == 0


@pytest.mark.parametrize("retriever", available_retrievers())
def test_means_are_over_all_judged_queries(
    tmp_path: Path, index_folder: Path, fake: FakeEmbedder, retriever: str
) -> None:
    """Of two, one finds its document at once and the other cannot be asked."""
    qrels = "q1\td1\t1\nq2\td1\t1\n"
    judged = load_judged_set(write_judged_set(tmp_path / "set", qrels=qrels))
    build_index(judged, index_folder, fake)
    index = open_index(index_folder, load_fake)
    steps = []
    found = evaluate(
        index, retriever, judged.queries, judged.qrels, lambda *step: steps.append(step)
    )
    index.close()
    assert (found.retriever, found.queries) == (retriever, 2)
    assert found.measures == dict.fromkeys(found.measures, 1 / 2)
    assert 0 < found.query_p50_ms <= found.query_p95_ms
    assert steps == [("q1", 0, 1)]
