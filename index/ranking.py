"""Candidates to a ranking: what meaning and wording each say, on scales that mean something.

Peers stretch each ranking of a query to 0..1 and add them up with fixed weights, so that the
best of a hopeless ranking counts as much as that of a sure one. Here both scales are absolute:
the share of the question's words that a passage repeats, and its cosine. The better the best
passage fits by meaning, the more meaning counts.
"""

from collections.abc import Sequence

import numpy as np

from index.database import Candidate
from index.documents import Hit
from index.embedder import Vectors
from index.overlap import Overlap, QuestionWords, measure_overlap

# Weights, chosen on the four sets of `benchmarks/ranking.py`, whose mean hardly differs for 3 to
# 5 of meaning, and the starter library, whose lay questions want more of it.
_MEANING = 5.0
_WORDS = 1.0
_PAIRS = 0.3
_TITLE = 0.1
# A score of 1 is a passage that is the question itself, under a title that is, too.
_SUM = _MEANING + _WORDS + _PAIRS + _TITLE


def rank(question: Vectors, words: QuestionWords, candidates: Sequence[Candidate]) -> list[Hit]:
    """Rank candidates by meaning and wording, best first; scores are comparable across questions.

    With m the cosine of a passage, M the highest of the candidates, w, p and t the shares of
    the question's words, of its pairs of words, and of its words in the title:
    score = (5 M^2 m + w + .3 p + .1 t) / 6.4.

    Args:
        question: unit vector, float32[d].
        words: of the question, weighed.
        candidates: what to rank.

    Returns:
        All candidates; equal scores in the order of their keys.
    """
    if not candidates:
        return []
    meaning = _cosines(question, candidates)
    wording = np.array(
        [_wording(measure_overlap(words, c.title, c.heading, c.text)) for c in candidates]
    )
    scores = (_MEANING * max(meaning.max(), 0.0) ** 2 * meaning + wording) / _SUM
    hits = [
        Hit(candidate.key, float(score))
        for candidate, score in zip(candidates, scores, strict=True)
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage_id))


def _cosines(question: Vectors, candidates: Sequence[Candidate]) -> Vectors:
    """float32[n]; exact, whatever the index that proposed them compares."""
    stored = np.frombuffer(b"".join(c.vector for c in candidates), np.float16)
    return stored.reshape(len(candidates), -1).astype(np.float32) @ question


def _wording(overlap: Overlap) -> float:
    return _WORDS * overlap.words + _PAIRS * overlap.pairs + _TITLE * overlap.title
