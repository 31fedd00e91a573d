"""How many passages each ranker must propose: `python benchmarks/ranking_depth.py DIR --work DIR`.

DIR and --work are those of ranking.py, whose indexes are used. nDCG@10 of documents (for covidqa
of the passages that hold the answer) where meaning and words propose so many passages each. What
a question costs grows with them.
"""

import argparse
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import fmean

from ranking import (
    LAY,
    SETS,
    holds_answer,
    index_of,
    load_set,
    ndcg_at_10,
    passages_of,
    read_answers,
    sample,
)

from index.retrievers import DEFAULT_RETRIEVER, RETRIEVERS
from index.search import Index
from ingest.judged_set import JudgedSet
from search_app.evaluating import measure

DEPTHS = (20, 40, 60, 100, 200)

# Passage keys for a question, best first.
Ranker = Callable[[str], list[int]]


def main() -> None:
    """Print a row a depth and a column a set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, metavar="DIR", help="folder of the judged sets")
    parser.add_argument("--work", type=Path, required=True, help="folder that keeps the indexes")
    parser.add_argument("--queries", type=int, default=400, help="at most N of each set")
    given = parser.parse_args()
    names = (*SETS, *(f"lay-{name}" for name in LAY))
    columns = {name: _by_depth(given.shared, given.work, name, given.queries) for name in names}
    print("| proposed by each |" + "".join(f" {name} |" for name in names) + " mean |")
    print("|---|" + "---|" * (len(names) + 1))
    for depth in DEPTHS:
        values = [columns[name][depth] for name in names]
        print(f"| {depth} |" + "".join(f" {value:.4f} |" for value in [*values, fmean(values)]))


def _by_depth(shared: Path, work: Path, name: str, queries: int) -> dict[int, float]:
    judged = sample(load_set(shared, name), queries)
    answers = judged.corpus.with_name("answers.jsonl")
    with closing(index_of(judged, work / judged.corpus.parent.name)) as index:
        measured = {}
        for depth in DEPTHS:
            ranker = _ranker(index, depth)
            measured[depth] = (
                _ndcg_of_passages(index, judged, answers, ranker)
                if answers.exists()
                else _ndcg_of_documents(index, judged, ranker)
            )
    return measured


def _ranker(index: Index, depth: int) -> Ranker:
    retrieve = RETRIEVERS[DEFAULT_RETRIEVER]
    return lambda question: [hit.passage_id for hit in retrieve(index, question, depth, None)]


def _ndcg_of_documents(index: Index, judged: JudgedSet, ranker: Ranker) -> float:
    run = {}
    for query, text in judged.queries.items():
        keys = ranker(text)
        known = index.database.passages(keys, index.manifest.build)
        ranked = dict.fromkeys(known[key][1].id for key in keys)
        run[query] = {document: 1 / rank for rank, document in enumerate(ranked, 1)}
    return fmean(measure(judged.qrels, run)["ndcg@10"])


def _ndcg_of_passages(index: Index, judged: JudgedSet, answers: Path, ranker: Ranker) -> float:
    spans, passages = read_answers(answers), passages_of(index)
    values = []
    for query in (query for query in judged.queries if spans.get(query)):
        relevant = {one.id for one in passages if holds_answer(one, spans[query])}
        keys = ranker(judged.queries[query])
        values.append(ndcg_at_10([key in relevant for key in keys], relevant))
    return fmean(values)


if __name__ == "__main__":
    main()
