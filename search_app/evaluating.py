"""How well judged questions find their documents: runs, measures, and times."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import ir_measures
import numpy as np
from ir_measures import RR, R, Success, nDCG

from index.search import Index, rank_documents, search

# A relevant document has grade 1 or more. The gain of nDCG is the grade itself, as in
# trec_eval and BEIR (Järvelin and Kekäläinen 2002, https://doi.org/10.1145/582415.582418).
_MEASURES = {
    "ndcg@10": nDCG @ 10,
    "mrr@10": RR @ 10,
    "recall@10": R @ 10,
    "recall@100": R @ 100,
    "hit@1": Success @ 1,
}
_DEPTH = 100
_WARM_UP = 3
# Enough for two digits of a percentile; they are spread evenly over the set.
_TIMED = 300
_RESAMPLES = 5000

Qrels = Mapping[str, Mapping[str, int]]
# Called before each question with its id, how many are done, and how many there are.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Evaluation:
    """How one retriever fared.

    Attributes:
        retriever: its name.
        queries: how many the means are over.
        measures: mean of each measure, by its name in files (``ndcg@10``).
        ndcg_margin: half the width of the 95 % interval of nDCG@10.
        query_p50_ms: median of the time of a search.
        query_p95_ms: 95th percentile of it.
    """

    retriever: str
    queries: int
    measures: dict[str, float]
    ndcg_margin: float
    query_p50_ms: float
    query_p95_ms: float


def evaluate(
    index: Index,
    retriever: str,
    queries: Mapping[str, str],
    qrels: Qrels,
    progress: Progress = lambda _query, _done, _total: None,
) -> Evaluation:
    """Ask every question, and measure the rankings of documents.

    Args:
        index: an opened index of the corpus.
        retriever: a key of `RETRIEVERS`.
        queries: what to ask, by query id; at least one.
        qrels: grade by document id, by query id. A query that is not asked found nothing.
        progress: told of each query before it is asked.
    """
    run: dict[str, dict[str, float]] = {}
    for number, (query, text) in enumerate(queries.items()):
        progress(query, number, len(queries))
        ranked = rank_documents(index, text, _DEPTH, retriever)
        # By rank: equal scores would be put in an order of their own.
        run[query] = {document: 1 / rank for rank, (document, _) in enumerate(ranked, 1)}
    values = measure(qrels, run)
    p50, p95 = np.percentile(_times_ms(index, retriever, list(queries.values())), (50, 95))
    return Evaluation(
        retriever,
        len(qrels),
        {name: float(np.mean(of_query)) for name, of_query in values.items()},
        bootstrap_margin(values["ndcg@10"]),
        float(p50),
        float(p95),
    )


def measure(qrels: Qrels, run: Mapping[str, Mapping[str, float]]) -> dict[str, list[float]]:
    """Each measure of each query of the qrels; 0 for a query that the run lacks.

    Args:
        qrels: grade by document id, by query id; each query with a relevant document.
        run: score by document id, by query id.
    """
    calculated = ir_measures.iter_calc(list(_MEASURES.values()), qrels, run)
    found = {(value.measure, value.query_id): value.value for value in calculated}
    return {
        name: [found.get((of, query), 0.0) for query in qrels] for name, of in _MEASURES.items()
    }


def bootstrap_margin(values: list[float]) -> float:
    """Half the width of the 95 % interval of their mean, from means of random resamples.

    After Efron, "Bootstrap Methods: Another Look at the Jackknife" (1979),
    https://doi.org/10.1214/aos/1176344552. The same values, in any order, always give the same.
    """
    random = np.random.default_rng(0)
    sample = np.sort(values)
    means = [random.choice(sample, len(sample)).mean() for _ in range(_RESAMPLES)]
    low, high = np.percentile(means, (2.5, 97.5))
    return float(high - low) / 2


def _times_ms(index: Index, retriever: str, questions: list[str]) -> list[float]:
    """Milliseconds of `search` as the product calls it, one question after the other."""
    for question in questions[:_WARM_UP]:
        search(index, question, retriever=retriever)
    times = []
    for question in questions[:: -(-len(questions) // _TIMED)]:
        started = time.perf_counter()
        search(index, question, retriever=retriever)
        times.append(1000 * (time.perf_counter() - started))
    return times
