"""Answerable and unanswerable questions of three sets, asked: what was found for each."""

import argparse
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from labels import read_answerable

from index.embedder import Embedder, Vectors
from index.filters import NO_FILTER, Filter
from index.late_interaction import QuestionTokens, meet, weigh_question
from index.overlap import words_of
from index.runtimes import embedder_to_write
from index.search import Index, open_index, search
from ingest.judged_index import build_index
from ingest.judged_set import load_judged_set, read_jsonl, read_qrels, read_queries
from ingest.pipeline import ingest
from search_app.answering import Answer, answer_question
from search_app.definitions import says_what_it_is
from search_app.evidence.questions import read_question
from search_app.evidence.voting import says_which_way
from search_app.meeting import signs_of
from search_app.scoring import ScoredQuote, score_quotes
from search_app.verifying import stands_in_source

ROOT = Path(__file__).resolve().parents[1]
STARTER = ROOT / "benchmarks" / "starter_corpus"
# Every n-th question of PubMedQA is enough for two digits, and n times as quick.
EVERY = 3
_EVERY_OF_MEDQUAD = 15


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


@dataclass(frozen=True)
class Asked:
    """A question that was asked, and the sentences found for it.

    Attributes:
        question: as it stands in the set.
        is_answerable: whether the judges say that the set answers it.
        answers: the words that do, where the set has them.
        scored: all sentences found.
        meanings: cosine of each sentence's own vector with the question's, by its text.
        in_context: the same of each sentence found, by the signs of its tokens in its passage.
        lowest: of each sentence found, how well the word is met that it meets least.
        has_unknown: the question has a word of no document.
    """

    question: str
    is_answerable: bool
    answers: tuple[str, ...]
    scored: list[ScoredQuote]
    meanings: Mapping[str, float]
    in_context: Vectors
    lowest: Vectors
    has_unknown: bool

    def near(self, texts: Sequence[str]) -> Vectors:
        """How near sentences are to the question, as the product asks it."""
        return np.array([self.meanings[text] for text in texts], np.float32)

    def answer(self, threshold: float) -> Answer:
        """What the product answers."""
        says = says_what_it_is(self.question) or says_which_way(read_question(self.question))
        return answer_question(self.scored, self.near, threshold, says=says)

    def is_told_by(self, text: str) -> bool:
        """Whether one of the answers stands in a text."""
        return any(_plain(answer) in _plain(text) for answer in self.answers)


def ask_as_told(description: str | None, names: Sequence[str]) -> dict[str, list[Asked]]:
    """Ask the sets of these names, with the folders that the command line gives."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--shared", type=Path, required=True, help="folder of the judged sets")
    parser.add_argument("--work", type=Path, help="where indexes are kept")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = given.work or Path(folder)
        return {name: _SETS[name](given.shared, work / name) for name in names}


def _starter(_shared: Path, folder: Path) -> list[Asked]:
    embedder = embedder_to_write(folder)
    queries = read_queries(STARTER / "queries.jsonl")
    judged = read_qrels(STARTER / "qrels" / "test.tsv")
    answerable = read_answerable(STARTER, queries, judged)
    ingest([str(ROOT / "corpus")], folder, embedder)
    with closing(open_index(folder, lambda _name: embedder)) as index:
        return _ask(index, {text: answerable[query] for query, text in queries.items()}, {})


def _squad2(shared: Path, folder: Path) -> list[Asked]:
    shared = shared / "squad2"
    records = [record for _, record in read_jsonl(shared / "queries.jsonl")]
    answers = {record["text"]: tuple(record["answers"]) for record in records}
    with closing(_built(shared, folder)) as index:
        return _ask(index, {text: bool(known) for text, known in answers.items()}, answers)


def _pubmedqa(shared: Path, folder: Path) -> list[Asked]:
    queries = load_judged_set(shared / "pubmedqa").queries
    foreign = [record["text"] for _, record in read_jsonl(shared / "unanswerable/pubmedqa.jsonl")]
    asked = dict.fromkeys(list(queries.values())[::EVERY], True)
    with closing(_built(shared / "pubmedqa", folder)) as index:
        return _ask(index, {**asked, **dict.fromkeys(foreign, False)}, {})


def _medquad(shared: Path, folder: Path) -> list[Asked]:
    """Each question twice: as it is, and without all texts that have its subject's rarest word.

    It is a large library in which much is near to any question.
    """
    judged = load_judged_set(shared / "medquad")
    titles, words = {}, {}
    for _, record in read_jsonl(judged.corpus):
        titles[record["_id"]] = set(words_of(record["title"]))
        words[record["_id"]] = titles[record["_id"]] | set(words_of(record["text"]))
    frequency = Counter(word for some in words.values() for word in some)
    asked, without = {}, {}
    for query, text in list(judged.queries.items())[::_EVERY_OF_MEDQUAD]:
        asked[text] = True
        document = next(iter(judged.qrels[query]))
        rarest = min(titles[document], key=lambda word: (frequency[word], word), default="")
        kept = frozenset(one for one, some in words.items() if rarest not in some)
        without[text] = Filter(documents=kept)
    with closing(_built(shared / "medquad", folder)) as index:
        whole = _ask(index, asked, {})
        return [*whole, *_ask(index, dict.fromkeys(asked, False), {}, without)]


# On the last one nothing was chosen.
_SETS: dict[str, Callable[[Path, Path], list[Asked]]] = {
    "starter": _starter,
    "pubmedqa": _pubmedqa,
    "squad2": _squad2,
    "medquad": _medquad,
}


def _built(shared: Path, folder: Path) -> Index:
    embedder = embedder_to_write(folder)
    build_index(load_judged_set(shared), folder, embedder)
    return open_index(folder, lambda _name: embedder)


def _ask(
    index: Index,
    asked: Mapping[str, bool],
    answers: Mapping[str, tuple[str, ...]],
    filters: Mapping[str, Filter] | None = None,
) -> list[Asked]:
    remembering = Remembering(index.embedder)
    found = []
    for question, is_answerable in asked.items():
        narrowed = (filters or {}).get(question, NO_FILTER)
        scored = score_quotes(index, question, search(index, question, filters=narrowed))
        vectors = remembering.embed_passages([one.quote.text for one in scored])
        meanings = vectors @ index.embedder.embed_query(question)
        texts = (one.quote.text for one in scored)
        in_context, lowest = _by_signs(index, question, scored)
        found.append(
            Asked(
                question,
                is_answerable,
                answers.get(question, ()),
                scored,
                dict(zip(texts, map(float, meanings), strict=True)),
                in_context,
                lowest,
                bool(index.words.unknown_words(question)),
            )
        )
    _print_shown(index, found)
    return found


def _by_signs(
    index: Index, question: str, scored: Sequence[ScoredQuote]
) -> tuple[Vectors, Vectors]:
    """Of each sentence the cosine of its mean signs with the question, and its least met word."""
    embedded = index.embedder.embed_query_by_token(question)
    weighed = weigh_question(embedded, index.words.weigh(question).weights)
    if weighed is None:
        return np.zeros(len(scored), np.float32), np.zeros(len(scored), np.float32)
    packed = signs_of(index, weighed.token_bytes, [one.quote for one in scored])
    cosines = [_cosine(signs, weighed.token_bytes, embedded.vector) for signs in packed]
    tokens = [
        meet(
            QuestionTokens(weighed.vectors[[n]], weighed.signs[[n]], np.ones(1, np.float32)),
            packed,
        )
        for n in range(len(weighed.signs))
    ]
    return np.array(cosines, np.float32), np.nan_to_num(np.min(tokens, axis=0))


def _cosine(signs: bytes, token_bytes: int, vector: Vectors) -> float:
    if not signs:
        return 0.0
    bits = np.unpackbits(np.frombuffer(signs, np.uint8).reshape(-1, token_bytes), axis=1)
    mean = 2 * bits[:, : len(vector)].mean(axis=0) - 1
    return float(mean @ vector / np.linalg.norm(mean))


def _print_shown(index: Index, asked: Sequence[Asked]) -> None:
    shown = [quote for one in asked for quote in one.answer(0.0).quotes]
    sound = sum(stands_in_source(index, quote) for quote in shown)
    print(f"{index.folder.name}: {sound} of {len(shown)} sentences are found in place", flush=True)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
