"""Whether a library answers a question at all: how likely the sentences that fit best do.

Nothing is embedded for it but those few sentences. What is near to the question tells less where
all that was found is about as near, so both are measured.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean

from index.embedder import Vectors
from search_app.scoring import ScoredQuote

# How near texts are to the question: the cosine of each, float32[n].
Nearness = Callable[[Sequence[str]], Vectors]

# Sentences that are embedded by themselves, and those of them that count as the answer.
MOST_EMBEDDED = 12
_NEAREST = 2
# Fitted on judged answerable and unanswerable questions of three sets by
# `python benchmarks/refusing.py --shared DIR`.
_NEARNESS, _USUAL, _MET, _CONSTANT = 18.21, -7.87, -6.34, -5.13


@dataclass(frozen=True)
class Clues:
    """What tells whether there is an answer.

    Attributes:
        nearness: mean cosine of the two nearest of the sentences that fit best.
        usual: mean cosine of these.
        met: how well all sentences found meet the words of the question, on average.
    """

    nearness: float
    usual: float
    met: float

    @property
    def probability(self) -> float:
        """How likely there is an answer: a logistic regression."""
        told = _NEARNESS * self.nearness + _USUAL * self.usual + _MET * self.met + _CONSTANT
        return 1 / (1 + math.exp(-told))


def read_clues(nearness: Vectors, scored: Sequence[ScoredQuote]) -> Clues:
    """What tells whether there is an answer among sentences.

    Args:
        nearness: float32[n], the cosines of those that could answer, `MOST_EMBEDDED` of them at
            most and one at least.
        scored: all sentences that were found.
    """
    cosines = sorted(map(float, nearness), reverse=True)
    return Clues(fmean(cosines[:_NEAREST]), fmean(cosines), fmean(one.met for one in scored))
