"""How well the starter corpus is found: `python benchmarks/starter_corpus.py`.

Reads corpus/ into a temporary index and asks the judged questions of
benchmarks/starter_corpus/. With --write-corpus it also writes the texts as read to
benchmarks/starter_corpus/corpus.jsonl, so that the set is complete in the BEIR layout.
"""

import argparse
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

import ir_measures
from ir_measures import RR, R, Success, nDCG
from labels import read_answerable

from index.retrievers import available_retrievers
from index.runtimes import embedder_to_write
from index.search import Index, open_index, rank_documents
from ingest.judged_set import read_qrels, read_queries
from ingest.pipeline import ingest
from search_app.finding import find

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus"
SET = ROOT / "benchmarks" / "starter_corpus"
# A document that answers has grade 2; one that only says something to the point has 1.
MEASURES = [Success(rel=2) @ 1, Success(rel=2) @ 3, nDCG @ 10, RR(rel=2) @ 10, R @ 10]


@dataclass(frozen=True)
class Judged:
    """Queries by id, their judgements, and whether the corpus answers them."""

    queries: dict[str, str]
    qrels: dict[str, dict[str, int]]
    answerable: dict[str, bool]


def main() -> None:
    """Print a table of measures for each retriever, then how the answers fare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write-corpus", action="store_true", help="write corpus.jsonl too")
    arguments = parser.parse_args()
    queries = read_queries(SET / "queries.jsonl")
    qrels = read_qrels(SET / "qrels" / "test.tsv")
    judged = Judged(queries, qrels, read_answerable(SET, queries, qrels))
    with tempfile.TemporaryDirectory() as folder:
        embedder = embedder_to_write(Path(folder))
        report = ingest([str(CORPUS)], Path(folder), embedder)
        print(f"{report.documents} documents, {report.passages} passages")
        index = open_index(Path(folder), lambda _name: embedder)
        _print_measures(index, judged)
        _print_answers(index, judged)
        if arguments.write_corpus:
            _write_corpus(index)


def _print_measures(index: Index, judged: Judged) -> None:
    asked = {query: text for query, text in judged.queries.items() if judged.answerable[query]}
    print("| retriever |" + "".join(f" {measure} |" for measure in MEASURES))
    print("|---|" + "---|" * len(MEASURES))
    for retriever in available_retrievers():
        run = {query: _run_of(index, text, retriever) for query, text in asked.items()}
        values = ir_measures.calc_aggregate(MEASURES, judged.qrels, run)
        print(f"| {retriever} |" + "".join(f" {values[measure]:.3f} |" for measure in MEASURES))
        if retriever == "fused":
            missed = [q for q in asked if not _answers_within(run[q], judged.qrels[q], 3)]
            print(f"\nmissed at 3 by {retriever}: " + "; ".join(f"{q} {asked[q]}" for q in missed))


def _run_of(index: Index, question: str, retriever: str) -> dict[str, float]:
    """Path in the corpus to a score that falls with the rank."""
    ranked = rank_documents(index, question, retriever=retriever)
    names = [Path(document).relative_to(CORPUS).as_posix() for document, _ in ranked]
    return {name: 1 / rank for rank, name in enumerate(names, 1)}


def _answers_within(run: dict[str, float], qrels: dict[str, int], depth: int) -> bool:
    first = sorted(run, key=lambda name: -run[name])[:depth]
    return any(qrels.get(name) == 2 for name in first)  # noqa: PLR2004


def _print_answers(index: Index, judged: Judged) -> None:
    """Refusals, and how many quotes come from documents judged to answer."""
    answered = {True: 0, False: 0}
    to_the_point = quotes = 0
    for query, text in judged.queries.items():
        answer = find(index, text).answer
        answered[judged.answerable[query]] += answer.is_answered
        if judged.answerable[query]:
            names = [
                Path(quote.source.document.id).relative_to(CORPUS).as_posix()
                for quote in answer.quotes
            ]
            quotes += len(names)
            to_the_point += sum(name in judged.qrels[query] for name in names)
    answerable = sum(judged.answerable.values())
    print(
        f"\nanswered: {answered[True]} of {answerable} answerable questions, "
        f"{answered[False]} of {len(judged.queries) - answerable} unanswerable ones; "
        f"{to_the_point} of {quotes} quotes are from documents judged to be to the point"
    )


def _write_corpus(index: Index) -> None:
    with (SET / "corpus.jsonl").open("w", encoding="utf-8") as file:
        for document in sorted(index.documents(), key=lambda document: document.id):
            pages = index.database.pages(document.id, index.manifest.build)
            record = {
                "_id": Path(document.id).relative_to(CORPUS).as_posix(),
                "title": document.title,
                "text": "\n\n".join(page.text for page in pages),
            }
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
