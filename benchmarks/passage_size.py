"""How long passages should be: `python benchmarks/passage_size.py DIR --work DIR [--tokens N ...]`.

DIR is that of ranking.py; an index of each size is kept under --work. The default ranking: nDCG@10
of documents, and for covidqa how often one of the first five passages shown holds the whole answer
(of longer passages fewer questions have an answer that is cut in two, but there is more to read).
"""

import argparse
from contextlib import closing
from pathlib import Path
from statistics import fmean

from passage_scoring import Scorer
from ranking import (
    LAY,
    SETS,
    SHOWN,
    holds_answer,
    load_set,
    read_answers,
    sample,
)

from index.retrievers import DEFAULT_RETRIEVER, RETRIEVERS
from index.runtimes import embedder_to_write
from index.search import Index, open_index, search
from ingest.judged_index import build_index
from ingest.judged_set import JudgedSet
from ingest.splitting import PASSAGE_TOKENS

_CANDIDATES = 40


def main() -> None:
    """Print a row a size and a column a set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, metavar="DIR", help="folder of the judged sets")
    parser.add_argument("--work", type=Path, required=True, help="folder that keeps the indexes")
    parser.add_argument("--tokens", type=int, nargs="+", default=[120, 180, PASSAGE_TOKENS])
    parser.add_argument("--queries", type=int, default=400, help="at most N of each set")
    given = parser.parse_args()
    names = (*SETS, *(f"lay-{name}" for name in LAY))
    print("| tokens |" + "".join(f" {name} |" for name in names))
    print("|---|" + "---|" * len(names))
    for tokens in given.tokens:
        cells = [
            _measured(sample(load_set(given.shared, name), given.queries), given.work, tokens)
            for name in names
        ]
        print(f"| {tokens} |" + "".join(f" {cell:.3f} |" for cell in cells), flush=True)


def _measured(judged: JudgedSet, work: Path, tokens: int) -> float:
    name = judged.corpus.parent.name
    # The product's own size is what ranking.py keeps there.
    folder = work / (name if tokens == PASSAGE_TOKENS else f"{name}-{tokens}")
    embedder = embedder_to_write(folder)
    build_index(judged, folder, embedder, passage_tokens=tokens)
    with closing(open_index(folder, lambda _name: embedder)) as index:
        answers = judged.corpus.with_name("answers.jsonl")
        if answers.exists():
            return _hits(index, judged, answers)
        return Scorer(index, judged).mean_ndcg(lambda query: _rank(index, judged.queries[query]))


def _rank(index: Index, question: str) -> list[int]:
    hits = RETRIEVERS[DEFAULT_RETRIEVER](index, question, _CANDIDATES, None)
    return [hit.passage_id for hit in hits]


def _hits(index: Index, judged: JudgedSet, answers: Path) -> float:
    spans = read_answers(answers)
    return fmean(
        any(holds_answer(f.passage, spans[query]) for f in search(index, question, SHOWN))
        for query, question in judged.queries.items()
        if spans.get(query)
    )


if __name__ == "__main__":
    main()
