"""When to say that the library does not answer: `python benchmarks/abstaining.py [--shared DIR]`.

For a range of thresholds: the share of answerable questions that get an answer, and the share
of unanswerable ones that get one all the same. Without DIR on the starter corpus; with it (the
folder that holds squad2/, pubmedqa/ and unanswerable/) on those too, with how often the answer
of a squad2 question stands in the sentences shown, and whether every sentence shown is found
where it says. With --fit the constants of search_app/answering.py are fitted again, and tested
on each set with the two others. With --work FOLDER the indexes are kept there.
"""

import argparse
import re
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import numpy as np
from labels import read_answerable

from index.embedder import Embedder, Vectors
from index.runtimes import embedder_to_write
from index.search import Index, open_index, search
from ingest.judged_index import build_index
from ingest.judged_set import load_judged_set, read_jsonl, read_qrels, read_queries
from ingest.pipeline import ingest
from search_app.answering import THRESHOLD, answer_question
from search_app.quotes import ScoredQuote, score_quotes
from search_app.telling_words import read_telling_words
from search_app.verifying import stands_in_source

ROOT = Path(__file__).resolve().parents[1]
STARTER = ROOT / "benchmarks" / "starter_corpus"
THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6)
# Every n-th question of PubMedQA is enough for two digits, and n times as quick.
EVERY = 3


class Remembering:
    """Embeds each sentence once: the same passages are found for many questions."""

    def __init__(self, embedder: Embedder) -> None:
        """Take the embedder that does it."""
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """As the embedder, in the order of the texts."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(new, self._embedder.embed_passages(new), strict=True))
        return np.stack([self._known[text] for text in texts])

    def __getattr__(self, name: str) -> object:
        """Everything else is the embedder's."""
        return getattr(self._embedder, name)


@dataclass(frozen=True)
class Asked:
    """A question that was asked, and the sentences found for it."""

    is_answerable: bool
    answers: tuple[str, ...]
    scored: list[ScoredQuote]


def main() -> None:
    """Print one table a set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, help="folder of the judged sets")
    parser.add_argument("--work", type=Path, help="where indexes are kept")
    parser.add_argument("--fit", action="store_true", help="fit the constants again")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = arguments.work or Path(folder)
        sets = {"starter corpus": _starter(work / "starter")}
        if arguments.shared:
            sets["squad2"] = _squad2(arguments.shared / "squad2", work / "squad2")
            sets["PubMedQA"] = _pubmedqa(arguments.shared, work / "pubmedqa")
    for name, asked in sets.items():
        _print_table(name, asked)
    if arguments.fit:
        _print_fit(sets)


def _starter(folder: Path) -> list[Asked]:
    embedder = embedder_to_write(folder)
    queries = read_queries(STARTER / "queries.jsonl")
    judged = read_qrels(STARTER / "qrels" / "test.tsv")
    answerable = read_answerable(STARTER, queries, judged)
    ingest([str(ROOT / "corpus")], folder, embedder)
    with closing(open_index(folder, lambda _name: embedder)) as index:
        return _ask(index, {text: answerable[query] for query, text in queries.items()}, {})


def _squad2(shared: Path, folder: Path) -> list[Asked]:
    judged = load_judged_set(shared)
    embedder = embedder_to_write(folder)
    build_index(judged, folder, embedder)
    records = [record for _, record in read_jsonl(shared / "queries.jsonl")]
    answers = {record["text"]: tuple(record["answers"]) for record in records}
    with closing(open_index(folder, lambda _name: embedder)) as index:
        return _ask(index, {text: bool(known) for text, known in answers.items()}, answers)


def _pubmedqa(shared: Path, folder: Path) -> list[Asked]:
    judged = load_judged_set(shared / "pubmedqa")
    embedder = embedder_to_write(folder)
    build_index(judged, folder, embedder)
    foreign = [record["text"] for _, record in read_jsonl(shared / "unanswerable/pubmedqa.jsonl")]
    asked = dict.fromkeys(list(judged.queries.values())[::EVERY], True)
    with closing(open_index(folder, lambda _name: embedder)) as index:
        return _ask(index, {**asked, **dict.fromkeys(foreign, False)}, {})


def _ask(
    index: Index, asked: Mapping[str, bool], answers: Mapping[str, tuple[str, ...]]
) -> list[Asked]:
    found, shown, lost = [], 0, 0
    remembering = Remembering(index.embedder)
    for question, is_answerable in asked.items():
        words = read_telling_words(index.words, question)
        scored = score_quotes(remembering, question, search(index, question), words)
        found.append(Asked(is_answerable, answers.get(question, ()), scored))
        for quote in answer_question(scored).quotes:
            shown += 1
            lost += not stands_in_source(index, quote)
    print(f"{index.folder.name}: {shown - lost} of {shown} sentences shown are found in place")
    return found


def _print_table(name: str, asked: Sequence[Asked]) -> None:
    answerable = [one for one in asked if one.is_answerable]
    foreign = [one for one in asked if not one.is_answerable]
    print(f"\n{name}: {len(answerable)} answerable questions, {len(foreign)} unanswerable\n")
    print("| threshold | answered | answer in the sentences shown | answered though unanswerable |")
    print("|---|---|---|---|")
    for threshold in THRESHOLDS:
        right, wrong = (
            fmean(answer_question(one.scored, threshold).is_answered for one in kind)
            for kind in (answerable, foreign)
        )
        held = fmean(_holds_answer(one, threshold) for one in answerable)
        chosen = " (chosen)" if threshold == THRESHOLD else ""
        told = f"{held:.2f}" if any(one.answers for one in answerable) else ""
        print(f"| {threshold}{chosen} | {right:.2f} | {told} | {wrong:.2f} |")


def _holds_answer(one: Asked, threshold: float) -> bool:
    shown = [_plain(quote.text) for quote in answer_question(one.scored, threshold).quotes]
    return any(_plain(answer) in text for answer in one.answers for text in shown)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _print_fit(sets: Mapping[str, Sequence[Asked]]) -> None:
    """Logistic regression; each set counts alike, and in it both kinds of question."""
    features = {name: _features(asked) for name, asked in sets.items()}
    print("\n| left out | balanced accuracy | answered | answered though unanswerable |")
    print("|---|---|---|---|")
    for name, (inputs, known) in features.items():
        others = [pair for other, pair in features.items() if other != name]
        if others:
            answered = _chances(inputs, _fit(others)) >= THRESHOLD
            right, wrong = answered[known].mean(), answered[~known].mean()
            print(f"| {name} | {(right + 1 - wrong) / 2:.3f} | {right:.2f} | {wrong:.2f} |")
    nearness, standing_out, constant = _fit(list(features.values()))
    print(f"\nfitted on all: {nearness:.2f}, {standing_out:.2f}, {constant:.2f}")


def _features(asked: Sequence[Asked]) -> tuple[np.ndarray, np.ndarray]:
    rows = []
    for one in asked:
        first = next(iter(answer_question(one.scored, 0.0).quotes), None)
        nearness = next((s.meaning for s in one.scored if s.quote == first), 0.0)
        usual = fmean(s.meaning for s in one.scored) if one.scored else 0.0
        rows.append((nearness, nearness - usual, 1.0))
    return np.array(rows), np.array([one.is_answerable for one in asked])


def _fit(sets: Sequence[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    inputs, known = (np.concatenate(parts) for parts in zip(*sets, strict=True))
    weights = np.concatenate([np.where(k, 100 / k.sum(), 100 / (~k).sum()) for _, k in sets])
    scale = np.append(inputs[:, :2].std(axis=0), 1.0)
    scaled, slopes, ridge = inputs / scale, np.zeros(3), np.diag([1.0, 1.0, 0.0])
    for _ in range(50):
        chances = _chances(scaled, slopes)
        gradient = scaled.T @ (weights * (chances - known)) + ridge @ slopes
        hessian = (scaled.T * (weights * chances * (1 - chances))) @ scaled + ridge
        slopes = slopes - np.linalg.solve(hessian, gradient)
    return slopes / scale


def _chances(inputs: np.ndarray, slopes: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-inputs @ slopes))


if __name__ == "__main__":
    main()
