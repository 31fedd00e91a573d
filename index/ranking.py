"""Candidates to a ranking: what meaning and wording each say, on scales that mean something.

Peers stretch each ranking of a query to 0..1 and add them up with fixed weights, so that the
best of a hopeless ranking counts as much as that of a sure one. Here both scales are absolute:
the share of the question's words that a passage repeats, and its cosine above that of any
passage. The better the best passage fits by meaning, the more meaning counts.
"""

from collections.abc import Sequence

import numpy as np

from index.database import Candidate
from index.documents import Hit
from index.embedder import Vectors
from index.overlap import Overlap, QuestionWords, measure_overlap

# Weights, chosen on the four sets of `benchmarks/ranking.py`, which hold to about a third
# more or less of each; benchmarks/README.md has what else was tried.
_MEANING = 3.5
_WORDS = 1.0
_PAIRS = 0.3
_TITLE = 0.1
# A score of 1 is a passage that is the question itself, under a title that is, too.
_SUM = _MEANING + _WORDS + _PAIRS + _TITLE


def rank(
    question: Vectors, words: QuestionWords, candidates: Sequence[Candidate], typical: Vectors
) -> list[Hit]:
    """Rank candidates by meaning and wording, best first; scores are comparable across questions.

    With m the cosine of a passage above that of any passage, M the highest of the candidates,
    w, p and t the shares of the question's words, of its pairs of words, and of its words in
    the title: score = (3.5 M^2 m + w + .3 p + .1 t) / 4.9.

    Args:
        question: unit vector, float32[d].
        words: of the question, weighed.
        candidates: what to rank.
        typical: mean vector of the library's passages, float32[d]; its cosine with the question
            is that of any passage. It differs between models and libraries.

    Returns:
        All candidates; equal scores in the order of their keys.
    """
    if not candidates:
        return []
    meaning = _above_typical(question, candidates, typical)
    wording = np.array(
        [_wording(measure_overlap(words, c.title, c.heading, c.text)) for c in candidates]
    )
    scores = (_MEANING * max(meaning.max(), 0.0) ** 2 * meaning + wording) / _SUM
    hits = [
        Hit(candidate.key, float(score))
        for candidate, score in zip(candidates, scores, strict=True)
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage_id))


def _above_typical(question: Vectors, candidates: Sequence[Candidate], typical: Vectors) -> Vectors:
    """Cosines, with 0 for that of any passage and 1 for the question itself; float32[n]."""
    stored = np.frombuffer(b"".join(c.vector for c in candidates), np.float16)
    cosines = stored.reshape(len(candidates), -1).astype(np.float32) @ question
    floor = float(question @ typical)
    return (cosines - floor) / max(1.0 - floor, 1e-6)


def _wording(overlap: Overlap) -> float:
    return _WORDS * overlap.words + _PAIRS * overlap.pairs + _TITLE * overlap.title
