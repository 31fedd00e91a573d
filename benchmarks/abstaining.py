"""When to say that the library does not answer: `python benchmarks/abstaining.py [--shared DIR]`.

For a range of thresholds: the share of answerable questions that get an answer, and the share
of unanswerable ones that get one all the same. Without DIR on the starter corpus; with it
(the folder that holds pubmedqa/ and unanswerable/) on PubMedQA too.
"""

import argparse
import tempfile
from pathlib import Path

from labels import read_answerable

from index.embedder import Embedder
from index.runtimes import embedder_to_write
from index.search import Index, open_index, search
from ingest.judged_index import build_index
from ingest.judged_set import (
    load_judged_set,
    read_jsonl,
    read_qrels,
    read_queries,
)
from ingest.pipeline import ingest
from search_app.answering import THRESHOLD, answer_question
from search_app.quotes import score_quotes

ROOT = Path(__file__).resolve().parents[1]
STARTER = ROOT / "benchmarks" / "starter_corpus"
THRESHOLDS = (0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
# Every n-th question is enough for two digits, and n times as quick.
EVERY = 3


def main() -> None:
    """Print one table a set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, help="folder of the judged sets")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        embedder = embedder_to_write(Path(folder) / "starter")
        queries = read_queries(STARTER / "queries.jsonl")
        judged = read_qrels(STARTER / "qrels" / "test.tsv")
        answerable = read_answerable(STARTER, queries, judged)
        ingest([str(ROOT / "corpus")], Path(folder) / "starter", embedder)
        index = open_index(Path(folder) / "starter", lambda _name: embedder)
        asked = {text: answerable[query] for query, text in queries.items()}
        _print_table("starter corpus", index, asked)
        if arguments.shared:
            _print_pubmedqa(arguments.shared, Path(folder) / "pubmedqa", embedder)


def _print_pubmedqa(shared: Path, folder: Path, embedder: Embedder) -> None:
    judged = load_judged_set(shared / "pubmedqa")
    build_index(judged, folder, embedder)
    index = open_index(folder, lambda _name: embedder)
    asked = dict.fromkeys(list(judged.queries.values())[::EVERY], True)
    unanswerable = read_jsonl(shared / "unanswerable" / "pubmedqa.jsonl")
    foreign = [record["text"] for _, record in unanswerable]
    _print_table("PubMedQA", index, {**asked, **dict.fromkeys(foreign[::EVERY], False)})


def _print_table(name: str, index: Index, asked: dict[str, bool]) -> None:
    counts = {True: 0, False: 0}
    answered = {threshold: {True: 0, False: 0} for threshold in THRESHOLDS}
    for question, is_answerable in asked.items():
        counts[is_answerable] += 1
        scored = score_quotes(index.embedder, question, search(index, question))
        for threshold in THRESHOLDS:
            answer = answer_question(scored, threshold)
            answered[threshold][is_answerable] += answer.is_answered
    print(f"\n{name}: {counts[True]} answerable questions, {counts[False]} unanswerable\n")
    print("| threshold | answered | answered though unanswerable |\n|---|---|---|")
    for threshold in THRESHOLDS:
        right, wrong = (answered[threshold][known] / counts[known] for known in (True, False))
        chosen = " (chosen)" if threshold == THRESHOLD else ""
        print(f"| {threshold}{chosen} | {right:.2f} | {wrong:.2f} |")


if __name__ == "__main__":
    main()
