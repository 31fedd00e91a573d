"""How many passages each ranker must propose: `python benchmarks/ranking_depth.py DIR --work DIR`.

DIR and --work are those of ranking.py, whose indexes are used. nDCG@10 of documents (for covidqa
of the passages that hold the answer) where meaning and words propose so many passages each. What
a question costs grows with them.
"""

import argparse
from contextlib import closing
from pathlib import Path
from statistics import fmean

from passage_scoring import Ranker, Scorer
from ranking import LAY, SETS, index_of, load_set, sample

from index.retrievers import DEFAULT_RETRIEVER, RETRIEVERS
from index.search import Index
from ingest.judged_set import JudgedSet

DEPTHS = (20, 40, 60, 100, 200)


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
    with closing(index_of(judged, work / judged.corpus.parent.name)) as index:
        scorer = Scorer(index, judged)
        return {depth: scorer.mean_ndcg(_ranker(index, judged, depth)) for depth in DEPTHS}


def _ranker(index: Index, judged: JudgedSet, depth: int) -> Ranker:
    retrieve = RETRIEVERS[DEFAULT_RETRIEVER]
    return lambda query: [
        hit.passage_id for hit in retrieve(index, judged.queries[query], depth, None)
    ]


if __name__ == "__main__":
    main()
