"""What answers "what is ...?": `python benchmarks/defining.py DIR --work DIR [--questions N]`.

DIR and --work are those of ranking.py, whose index of MedQuAD is used. Of its questions of the
form "What is (are) X ?", how often the first sentence of the answer is one of the first two of an
answer judged right, which is where these say what the thing is; with and without preferring
sentences that do (search_app/definitions.py).
"""

import argparse
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from statistics import fmean

from ranking import index_of, load_set, sample

from index.search import Index, search
from index.sentences import sentence_spans
from ingest.judged_set import read_jsonl
from search_app.answering import answer_question
from search_app.definitions import says_what_it_is
from search_app.nearness import nearness_to
from search_app.scoring import score_quotes

_OPENING = 2


def main() -> None:
    """Print both shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, metavar="DIR", help="folder of the judged sets")
    parser.add_argument("--work", type=Path, required=True, help="folder that keeps the indexes")
    parser.add_argument("--questions", type=int, default=200, help="at most so many")
    given = parser.parse_args()
    judged = load_set(given.shared, "medquad")
    asked = {query: says_what_it_is(text) for query, text in judged.queries.items()}
    says = {query: one for query, one in asked.items() if one}
    qrels = {query: judged.qrels[query] for query in says if query in judged.qrels}
    judged = sample(replace(judged, qrels=qrels), given.questions)
    texts = {record["_id"]: record["text"] for _, record in read_jsonl(judged.corpus)}
    with closing(index_of(judged, given.work / "medquad")) as index:
        rows = [
            _answers(index, text, says[query], _openings(texts, judged.qrels[query]))
            for query, text in judged.queries.items()
        ]
    print(f"{len(rows)} questions")
    for name, place in (("as any other", 0), ("preferring what says what it is", 1)):
        told = [row[place] for row in rows]
        first = fmean(one is True for one in told)
        print(f"| {name} | answered {fmean(one is not None for one in told):.3f} | {first:.3f} |")


def _openings(texts: Mapping[str, str], grades: Mapping[str, int]) -> set[str]:
    """The first sentences of the texts that are judged right."""
    right = [texts[document] for document, grade in grades.items() if grade > 0]
    return {_plain(t[s.start : s.end]) for t in right for s in sentence_spans(t)[:_OPENING]}


def _plain(text: str) -> str:
    return " ".join(text.split())


def _answers(
    index: Index, question: str, says: Callable[[str], bool], openings: set[str]
) -> tuple[bool | None, bool | None]:
    scored = score_quotes(index, question, search(index, question))
    near = nearness_to(index.embedder, question)

    def is_opening(says: Callable[[str], bool]) -> bool | None:
        quotes = answer_question(scored, near, versions=index.versions, says=says).quotes
        if not quotes:
            return None
        return _plain(quotes[0].text) in openings

    return is_opening(lambda _sentence: True), is_opening(says)


if __name__ == "__main__":
    main()
