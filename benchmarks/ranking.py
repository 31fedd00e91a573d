"""Every judged set by every retriever: `python benchmarks/ranking.py DIR --work DIR [--queries N]`.

DIR holds the judged sets (scifact/, medquad/, medline/, covidqa/, pubmedqa/, squad2/). The
indexes are kept under --work and used again. `plain` is what peers do: whole documents, convex
fusion with fixed weights. For covidqa, whose answers are marked in the texts, also how well
passages that hold the answer are ranked, and how often one of the first that a reader is shown
holds it; there, `plain` ranks the same passages as the others.
"""

import argparse
import hashlib
import math
from collections.abc import Collection
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from plain_fusion import PLAIN, open_whole_documents, plain

from index.documents import Passage
from index.retrievers import RETRIEVERS, available_retrievers
from index.runtimes import embedder_to_write
from index.search import Index, open_index, search
from ingest.judged_index import build_index
from ingest.judged_set import (
    JudgedSet,
    load_judged_set,
    read_jsonl,
    read_qrels,
    read_queries,
)
from search_app.evaluating import evaluate

SETS = ("scifact", "medquad", "medline", "covidqa")
# On these nothing of the ranking was chosen.
UNSEEN = ("squad2",)
# Questions of our own in lay words, about the texts of these sets.
LAY = ("scifact", "pubmedqa")
LAY_QUESTIONS = Path(__file__).with_name("lay_questions")
HEADINGS = ("nDCG@10", "±", "MRR@10", "recall@10", "recall@100", "hit@1", "p50 ms", "p95 ms")
# As many passages as a reader looks at without scrolling.
SHOWN = 5
CANDIDATES = 100
METHODS = tuple(available_retrievers())

# Document and character range of an answer.
Span = tuple[str, int, int]


def main() -> None:
    """Print a row a set and retriever, and a table of passages for covidqa."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, metavar="DIR", help="folder of the judged sets")
    parser.add_argument("--work", type=Path, required=True, help="folder that keeps the indexes")
    parser.add_argument("--queries", type=int, help="at most N of each set, always the same ones")
    names = (*SETS, *map(_lay_name, LAY), *UNSEEN)
    parser.add_argument("--rest", action="store_true", help="those that --queries leaves out")
    parser.add_argument("--set", action="append", choices=names, help="only this set")
    parser.add_argument("--retriever", action="append", choices=RETRIEVERS, help="only this one")
    arguments = parser.parse_args()
    # Here, so that whoever imports this module sees the product's retrievers alone.
    RETRIEVERS[PLAIN] = plain
    print("| set | queries | retriever |" + "".join(f" {name} |" for name in HEADINGS))
    print("|---|---|---|" + "---|" * len(HEADINGS))
    for name in arguments.set or names:
        judged = sample(load_set(arguments.shared, name), arguments.queries, rest=arguments.rest)
        corpus = judged.corpus.parent.name
        index = index_of(judged, arguments.work / corpus)
        for retriever in arguments.retriever or METHODS:
            _print_row(index, judged, retriever)
        with closing(_whole_documents(judged, arguments.work / f"{corpus}-whole")) as whole:
            _print_row(whole, judged, PLAIN)
        answers = arguments.shared / name / "answers.jsonl"
        if answers.exists():
            retrievers = arguments.retriever or list(METHODS)
            _print_passage_hits(index, judged, answers, [*retrievers, PLAIN])
        index.close()


def load_set(shared: Path, name: str) -> JudgedSet:
    """A judged set by name; one of lay questions takes the texts of the set it is about."""
    corpus = name.removeprefix(_lay_name(""))
    judged = load_judged_set(shared / corpus)
    if corpus == name:
        return judged
    folder = LAY_QUESTIONS / corpus
    queries = read_queries(folder / "queries.jsonl")
    return replace(
        judged, name=name, queries=queries, qrels=read_qrels(folder / "qrels" / "test.tsv")
    )


def _lay_name(corpus: str) -> str:
    return f"lay-{corpus}"


def sample(judged: JudgedSet, size: int | None, *, rest: bool = False) -> JudgedSet:
    """The queries with the smallest hashes, or the others: no order of the file shows in them."""
    ordered = sorted(judged.qrels, key=lambda query: hashlib.sha256(query.encode()).digest())
    chosen = ordered[size:] if rest else ordered[:size]
    return replace(
        judged,
        queries={query: judged.queries[query] for query in chosen if query in judged.queries},
        qrels={query: judged.qrels[query] for query in chosen},
    )


def index_of(judged: JudgedSet, folder: Path) -> Index:
    """The index of a set's texts in a folder; made where it is not there yet."""
    embedder = embedder_to_write(folder)
    build_index(judged, folder, embedder)
    return open_index(folder, lambda _name: embedder)


def _whole_documents(judged: JudgedSet, folder: Path) -> Index:
    return open_whole_documents(judged, folder, embedder_to_write(folder))


def _print_row(index: Index, judged: JudgedSet, retriever: str) -> None:
    found = evaluate(index, retriever, judged.queries, judged.qrels)
    ndcg, *others = (f"{value:.3f}" for value in found.measures.values())
    times = (f"{milliseconds:.1f}" for milliseconds in (found.query_p50_ms, found.query_p95_ms))
    cells = (
        judged.name, found.queries, retriever, ndcg, f"{found.ndcg_margin:.3f}", *others, *times
    )  # fmt: skip
    print("".join(f"| {cell} " for cell in cells) + "|", flush=True)


def _print_passage_hits(
    index: Index, judged: JudgedSet, answers: Path, retrievers: list[str]
) -> None:
    spans = read_answers(answers)
    asked = {query: text for query, text in judged.queries.items() if spans.get(query)}
    passages = passages_of(index)
    whole = sum(any(holds_answer(p, spans[query]) for p in passages) for query in asked)
    print(
        f"\n{judged.name}: {len(asked)} questions with a marked answer; a passage of the index "
        f"holds it whole for {whole} of them\n"
    )
    print(
        f"| retriever | passage nDCG@10 | passage hit@1 | passage hit@{SHOWN} |\n|---|---|---|---|"
    )
    holding = {query: {p.id for p in passages if holds_answer(p, spans[query])} for query in asked}
    for retriever in retrievers:
        gains = first = shown = 0.0
        for query, text in asked.items():
            hits = RETRIEVERS[retriever](index, text, CANDIDATES, None)
            gains += ndcg_at_10([hit.passage_id in holding[query] for hit in hits], holding[query])
            ranked = search(index, text, SHOWN, retriever)
            holds = [found.passage.id in holding[query] for found in ranked]
            first += any(holds[:1])
            shown += any(holds)
        figures = (f"{total / len(asked):.3f}" for total in (gains, first, shown))
        print(f"| {retriever} | {' | '.join(figures)} |", flush=True)


def passages_of(index: Index) -> list[Passage]:
    """All passages of an index."""
    keys = index.database.passage_keys(index.manifest.build)
    return [p for p, _ in index.database.passages(keys, index.manifest.build).values()]


def ndcg_at_10(is_relevant: list[bool], relevant: Collection[int]) -> float:
    """nDCG@10 of a ranking of passages that hold the answer or do not; 0 where none does."""
    discounts = [1 / math.log2(rank + 1) for rank in range(1, 11)]
    best = sum(discounts[: len(relevant)])
    gain = sum(discount for discount, one in zip(discounts, is_relevant, strict=False) if one)
    return gain / best if best else 0.0


def read_answers(path: Path) -> dict[str, list[Span]]:
    """Where the answers of each query stand in the texts of the corpus."""
    return {
        record["query_id"]: [
            (record["doc_id"], answer["start"], answer["start"] + len(answer["text"]))
            for answer in record["answers"]
        ]
        for _, record in read_jsonl(path)
    }


def holds_answer(passage: Passage, spans: list[Span]) -> bool:
    """Whether a whole answer lies in the passage."""
    return any(
        passage.document_id == document and passage.start <= start and end <= passage.end
        for document, start, end in spans
    )


if __name__ == "__main__":
    main()
