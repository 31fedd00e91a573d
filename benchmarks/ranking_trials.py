"""What was tried for the ranking: `python benchmarks/ranking_trials.py DIR --work DIR`.

DIR and --work are those of ranking.py, whose indexes are used. The passages that meaning and
words propose (a hundred each) are ranked anew by each method in `METHODS`, and the mean nDCG@10
of documents is printed, for covidqa of the passages that hold the answer.
"""

import argparse
import math
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from passage_scoring import Ranker, Scorer
from ranking import LAY, SETS, index_of, load_set, passages_of, sample
from trial_words import Acronym, acronyms_of, american, with_other_forms

from index.documents import Document, Passage
from index.embedder import Vectors
from index.late_interaction import QuestionTokens, meet, weigh_question
from index.overlap import QuestionWords, measure_overlaps, pack_stems, stems_of
from index.search import Index

DEPTH = 100
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Found:
    """The candidates of a question and what is known of each; all arrays are float[n].

    Attributes:
        candidates: passages proposed by meaning or by words.
        documents: of each.
        vectors: of the candidates, float32[n, d].
        question: vector of the question.
        meaning: cosine.
        each_word: late interaction with all words of the question.
        by_signs: the same, of the question, too, the signs alone: float[n], from -1 to 1.
        bm25: score by words, 0 where words did not propose it.
        overlap: words, pairs and title, float[3, n].
        american: share of words with British spellings made American on both sides.
        acronyms: share of words where a short form stands for its long one, and the reverse.
        words: of the question, weighed.
    """

    candidates: list[Passage]
    documents: list[Document]
    vectors: Vectors
    question: Vectors
    meaning: Vectors
    each_word: Vectors
    by_signs: Vectors
    bm25: Scores
    overlap: Scores
    american: Scores
    acronyms: Scores
    words: QuestionWords


def default(found: Found, m: float = 2, e: float = 3, w: float = 1, p: float = 0.5) -> Scores:
    """The product's formula, its weights changed where given."""
    words, pairs, title = found.overlap
    return m * found.meaning + e * found.each_word + w * words + p * pairs + 0.1 * title


def convex(found: Found) -> Scores:
    """Peers' fusion: each ranking stretched to 0..1, .6 and .4."""
    top = np.sort(found.meaning)[::-1]
    lowest, highest = top[min(DEPTH, len(top)) - 1], top[0]
    meaning = np.clip((found.meaning - lowest) / (highest - lowest + 1e-9), 0, None)
    return 0.6 * meaning + 0.4 * found.bm25 / (found.bm25.max() or 1)


def by_best_cosine(found: Found) -> Scores:
    """Cosine weighted by the square of the best one: the product's formula before."""
    words, pairs, title = found.overlap
    weight = 5 * max(float(found.meaning.max()), 0) ** 2
    return weight * found.meaning + words + 0.3 * pairs + 0.1 * title


def weighted_by_words(found: Found) -> Scores:
    """Wording counts less where even the best candidate repeats few of the words."""
    words, pairs, title = found.overlap
    wording = words + 0.5 * pairs + 0.1 * title
    return 2 * found.meaning + 3 * found.each_word + words.max() ** 0.5 * wording


def rocchio(found: Found) -> Scores:
    """Feedback on vectors: the question moved towards the first three (Rocchio 1971)."""
    first = np.argsort(-default(found))[:3]
    moved = found.question + 0.4 * found.vectors[first].mean(axis=0)
    cosine = found.vectors @ (moved / np.linalg.norm(moved))
    return default(replace(found, meaning=(found.meaning + cosine) / 2))


def rm3(found: Found) -> Scores:
    """Feedback on words: the most telling ones of the first five (Lavrenko and Croft 2001)."""
    scores = default(found)
    texts = [
        Counter(stems_of(f"{document.title} {passage.heading} {passage.text}"))
        for passage, document in zip(found.candidates, found.documents, strict=True)
    ]
    seen = Counter(stem for text in texts for stem in text)
    told: Counter[str] = Counter()
    for place in np.argsort(-scores)[:5]:
        size = texts[place].total() or 1
        for stem, count in texts[place].items():
            told[stem] += count / size * math.log(1 + len(texts) / seen[stem])
    told = Counter({stem: n for stem, n in told.items() if stem not in found.words.weights})
    terms = dict(told.most_common(20))
    whole = sum(terms.values()) or 1
    shares = [
        sum(n * text[stem] / (text[stem] + 0.6) for stem, n in terms.items()) / whole
        for text in texts
    ]
    return scores + 0.3 * np.array(shares)


def several_passages(found: Found) -> Scores:
    """A third of a document's second best passage is added to all of its passages."""
    scores = default(found)
    documents = [document.id for document in found.documents]
    second: dict[str, float] = {}
    for document in set(documents):
        own = np.sort([s for s, d in zip(scores, documents, strict=True) if d == document])
        second[document] = own[-2] if len(own) > 1 else 0.0
    return scores + np.array([second[document] for document in documents]) / 3


METHODS: dict[str, Callable[[Found], Scores]] = {
    "**the default: 2 m + 3 e + w + .5 p + .1 t**": default,
    "signs of the question, too": lambda found: default(replace(found, each_word=found.by_signs)),
    "before: those, and .3 p": lambda found: default(
        replace(found, each_word=found.by_signs), p=0.3
    ),
    "cosine alone (m)": lambda found: default(found, 1, 0, 0, 0),
    "late interaction alone (e)": lambda found: default(found, 0, 1, 0, 0),
    "BM25 alone": lambda found: found.bm25,
    "convex fusion of the same passages": convex,
    "before that: 5 M² m + w + .3 p + .1 t": by_best_cosine,
    "without e, its weight to m": lambda found: default(found, 5, 0),
    "without m": lambda found: default(found, 0, 3),
    "without w, p, t": lambda found: default(found, 2, 3, 0, 0),
    "without p": lambda found: default(found, p=0),
    "half of m": lambda found: default(found, m=1),
    "twice m": lambda found: default(found, m=4),
    "half of e": lambda found: default(found, e=1.5),
    "twice e": lambda found: default(found, e=6),
    "half of p": lambda found: default(found, p=0.25),
    "twice p": lambda found: default(found, p=1),
    "half of w": lambda found: default(found, w=0.5),
    "twice w": lambda found: default(found, w=2),
    "wording by the square root of its best": weighted_by_words,
    "+ Rocchio": rocchio,
    "+ RM3": rm3,
    "+ a third of the second passage": several_passages,
    "American spelling": lambda found: default(found, w=0) + found.american,
    "acronyms": lambda found: default(found, w=0) + found.acronyms,
}


def main() -> None:
    """Print a row a method and a column a set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, metavar="DIR", help="folder of the judged sets")
    parser.add_argument("--work", type=Path, required=True, help="folder that keeps the indexes")
    parser.add_argument("--queries", type=int, default=400, help="at most N of each set")
    given = parser.parse_args()
    names = (*SETS, *(f"lay-{name}" for name in LAY))
    columns = {name: _means(given.shared, given.work, name, given.queries) for name in names}
    print("| method |" + "".join(f" {name} |" for name in names) + " mean |")
    print("|---|" + "---|" * (len(names) + 1))
    for method in METHODS:
        values = [columns[name][method] for name in names]
        cells = "".join(f" {value:.3f} |" for value in [*values, float(np.mean(values))])
        print(f"| {method} |{cells}")


def _means(shared: Path, work: Path, name: str, queries: int) -> dict[str, float]:
    """Mean nDCG@10 of each method on a set."""
    judged = sample(load_set(shared, name), queries)
    with closing(index_of(judged, work / judged.corpus.parent.name)) as index:
        acronyms = acronyms_of(passage.text for passage in passages_of(index))
        found = {query: _find(index, text, acronyms) for query, text in judged.queries.items()}
        scorer = Scorer(index, judged)
    return {method: scorer.mean_ndcg(_ranker(found, score)) for method, score in METHODS.items()}


def _ranker(found: Mapping[str, Found], score: Callable[[Found], Scores]) -> Ranker:
    def rank(query: str) -> list[int]:
        order = np.argsort(-score(found[query]), kind="stable")
        return [found[query].candidates[place].id for place in order]

    return rank


def _find(index: Index, question: str, acronyms: Collection[Acronym]) -> Found:
    embedded = index.embedder.embed_query_by_token(question)
    by_words = {hit.passage_id: hit.score for hit in index.words.search(question, DEPTH)}
    by_meaning = [hit.passage_id for hit in index.vectors.search(embedded.vector, DEPTH)]
    build = index.manifest.build
    stored = index.database.candidates({*by_words, *by_meaning}, build)
    known = index.database.passages([one.key for one in stored], build)
    candidates, documents = (
        list(part) for part in zip(*(known[c.key] for c in stored), strict=True)
    )
    halves = np.frombuffer(b"".join(one.vector for one in stored), np.float16)
    vectors = halves.reshape(len(stored), -1).astype(np.float32)
    words = index.words.weigh(question)
    weighed = weigh_question(embedded, words.weights)
    meaning = vectors @ embedded.vector
    asked = [a for a in acronyms if a.short in question.lower() or a.long in question.lower()]
    overlaps = measure_overlaps(words, [(one.title, one.stems) for one in stored])
    texts = [(d.title, p.heading, p.text) for p, d in zip(candidates, documents, strict=True)]
    with_forms = [(title, head, with_other_forms(text, asked)) for title, head, text in texts]
    return Found(
        candidates,
        documents,
        vectors,
        embedded.vector,
        meaning,
        meet(weighed, [one.signs for one in stored]) if weighed else meaning,
        _meet_by_signs(weighed, [one.signs for one in stored]) if weighed else meaning,
        np.array([by_words.get(one.key, 0.0) for one in stored]),
        np.stack([overlaps.words, overlaps.pairs, overlaps.title]),
        _share_of_words(
            index.words.weigh(american(question)),
            [tuple(american(part) for part in one) for one in texts],
        ),
        _share_of_words(words, with_forms),
        words,
    )


def _meet_by_signs(question: QuestionTokens, passages: Sequence[bytes]) -> Vectors:
    """Twice the share of signs that differ, from one; each token's best, by weight."""
    met = np.zeros(len(passages), np.float32)
    for place, packed in enumerate(passages):
        signs = np.frombuffer(packed, np.uint64).reshape(-1, question.signs.shape[1])
        differing = np.bitwise_count(signs[None] ^ question.signs[:, None]).sum(axis=2)
        nearest = differing.min(axis=1, initial=question.vectors.shape[1])
        met[place] = question.weights @ (1 - 2 * nearest / question.vectors.shape[1])
    return met


def _share_of_words(words: QuestionWords, texts: Sequence[tuple[str, ...]]) -> Scores:
    """Of passages given as title, heading and text."""
    packed = [(title, pack_stems(heading, text)) for title, heading, text in texts]
    return measure_overlaps(words, packed).words


if __name__ == "__main__":
    main()
