"""Candidates to a ranking: what meaning and wording each say, on scales that mean something.

Peers stretch each ranking of a query to 0..1 and add them up with fixed weights, so that the
best of a hopeless ranking counts as much as that of a sure one. Here every scale is absolute:
the cosine of a passage, how well it meets each word of the question by meaning, and the share
of the question's words that it repeats.
"""

from collections.abc import Sequence

import numpy as np

from index.database import Candidate
from index.documents import Hit
from index.embedder import TokenVectors, Vectors
from index.late_interaction import meet, weigh_question
from index.overlap import QuestionWords, measure_overlaps

# Weights, chosen on four judged sets, the starter library and questions in lay words; see "What
# was tried" in benchmarks/README.md. Half or twice a weight costs about a hundredth of nDCG.
_MEANING = 2.0
_EACH_WORD = 3.0
_WORDS = 1.0
_PAIRS = 0.5
_TITLE = 0.1
# A score of 1 is a passage that is the question itself, under a title that is, too.
_SUM = _MEANING + _EACH_WORD + _WORDS + _PAIRS + _TITLE


def rank(
    question: TokenVectors, words: QuestionWords, candidates: Sequence[Candidate]
) -> list[Hit]:
    """Rank candidates by meaning and wording, best first; scores are comparable across questions.

    With m the cosine of a passage, e how well it meets each word by meaning (its cosine where
    that is not known), and w, p and t the shares of the question's words, of its pairs of
    words, and of its words in the title: score = (2 m + 3 e + w + .5 p + .1 t) / 6.6.

    Args:
        question: its vector and those of its tokens.
        words: of the question, weighed.
        candidates: what to rank.

    Returns:
        All candidates; equal scores in the order of their keys.
    """
    if not candidates:
        return []
    meaning = _cosines(question.vector, candidates)
    each_word = _each_word(question, words, candidates, meaning)
    overlaps = measure_overlaps(words, [(c.title, c.stems) for c in candidates])
    wording = _WORDS * overlaps.words + _PAIRS * overlaps.pairs + _TITLE * overlaps.title
    scores = (_MEANING * meaning + _EACH_WORD * each_word + wording) / _SUM
    hits = [Hit(one.key, score) for one, score in zip(candidates, scores.tolist(), strict=True)]
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage_id))


def _cosines(question: Vectors, candidates: Sequence[Candidate]) -> Vectors:
    """float32[n]; exact, whatever the index that proposed them compares."""
    stored = np.frombuffer(b"".join(c.vector for c in candidates), np.float16)
    return stored.reshape(len(candidates), -1).astype(np.float32) @ question


def _each_word(
    question: TokenVectors, words: QuestionWords, candidates: Sequence[Candidate], meaning: Vectors
) -> Vectors:
    """float32[n]; the cosine where the model gives no vectors of tokens."""
    weighed = weigh_question(question, words.weights)
    if weighed is None:
        return meaning
    met = meet(weighed, [candidate.signs for candidate in candidates])
    return np.where(np.isnan(met), meaning, met)
