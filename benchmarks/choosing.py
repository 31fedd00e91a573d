"""Which sentence to put first: `python benchmarks/choosing.py --shared DIR [--work FOLDER]`.

For several ways to score sentences, none of them refusing: on squad2 how often the first sentence
holds the answer, and of the passages that hold it how often their best sentence does; on the
starter corpus how often the first sentence is of a document judged to answer. DIR is the folder
that holds squad2/. With --work FOLDER the indexes are kept there.
"""

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import fmean

from judged_answers import ROOT, STARTER, Asked, ask_as_told

from ingest.judged_set import read_qrels, read_queries
from search_app.answering import can_answer, candidates
from search_app.refusing import MOST_EMBEDDED
from search_app.scoring import ScoredQuote

Score = Callable[[Asked, ScoredQuote], float]
# A document that answers has this grade in the starter set.
_ANSWERS = 2
_COSINES = (0.0, 0.15, 0.3, 0.6)


def main() -> None:
    """Print a row for each way to score."""
    sets = ask_as_told(__doc__, ("starter", "squad2"))
    squad2 = [one for one in sets["squad2"] if one.is_answerable]
    starter = [one for one in sets["starter"] if one.is_answerable]
    print("\n| score | squad2: first | best of its passage | starter: first |")
    print("|---|---|---|---|")
    for name, score in _ways().items():
        first = fmean(one.is_told_by(_first(one, score).quote.text) for one in squad2)
        marked = fmean(told for one in squad2 for told in _marked(one, score))
        print(f"| {name} | {first:.3f} | {marked:.3f} | {_of_answering(starter, score):.3f} |")
    print(f"\n| cosine added, of the best {MOST_EMBEDDED} | squad2: first | starter: first |")
    print("|---|---|---|")
    for weight in _COSINES:
        score = _with_cosine(weight)
        first = fmean(one.is_told_by(_first(one, score).quote.text) for one in squad2)
        print(f"| {weight} | {first:.3f} | {_of_answering(starter, score):.3f} |")


def _ways() -> dict[str, Score]:
    ways: dict[str, Score] = {
        "own vector": lambda asked, one: asked.meanings[one.quote.text],
        "own vector + .4 said": lambda asked, one: asked.meanings[one.quote.text] + 0.4 * one.said,
        "own vector + .4 said + 2 passage": lambda asked, one: (
            asked.meanings[one.quote.text] + 0.4 * one.said + 2 * one.quote.source.score
        ),
    }
    for met, said, passage in (
        *((1, 0, 0), (1, 0.4, 0), (1, 0, 2)),
        *((1, 0.4, 2), (1, 0.2, 2), (1, 0.8, 2), (1, 0.4, 1), (1, 0.4, 3), (2, 0.4, 2)),
    ):
        ways[f"{met} met + {said} said + {passage} passage"] = _weighted(met, said, passage)
    return ways


def _weighted(met: float, said: float, passage: float) -> Score:
    return lambda _, one: met * one.met + said * one.said + passage * one.quote.source.score


def _with_cosine(weight: float) -> Score:
    def score(asked: Asked, one: ScoredQuote) -> float:
        is_embedded = one in candidates(asked.scored)[:MOST_EMBEDDED]
        return one.score + weight * asked.meanings[one.quote.text] if is_embedded else -math.inf

    return score


def _first(asked: Asked, score: Score) -> ScoredQuote:
    able = [one for one in asked.scored if can_answer(one.quote)]
    return max(able, key=lambda one: score(asked, one))


def _marked(asked: Asked, score: Score) -> list[bool]:
    """Of each passage that holds the answer, whether its best sentence does."""
    passages: dict[int, list[ScoredQuote]] = {}
    for one in asked.scored:
        passages.setdefault(one.quote.source.passage.id, []).append(one)
    best = [
        max(some, key=lambda one: score(asked, one))
        for some in passages.values()
        if any(asked.is_told_by(one.quote.text) for one in some)
    ]
    return [asked.is_told_by(one.quote.text) for one in best]


def _of_answering(starter: Sequence[Asked], score: Score) -> float:
    queries = {text: query for query, text in read_queries(STARTER / "queries.jsonl").items()}
    judged = read_qrels(STARTER / "qrels" / "test.tsv")
    right = []
    for asked in starter:
        document = Path(_first(asked, score).quote.source.document.id)
        name = document.relative_to(ROOT / "corpus").as_posix()
        right.append(judged[queries[asked.question]].get(name) == _ANSWERS)
    return fmean(right)


if __name__ == "__main__":
    main()
