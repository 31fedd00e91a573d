"""A short answer: sentences of different documents, word for word, or none at all."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from search_app.quotes import Quote, ScoredQuote

MOST_QUOTES = 4
FEWEST_WORDS = 6
MOST_WORDS = 60
# Chosen on judged questions with `python benchmarks/abstaining.py`; see benchmarks/README.md.
THRESHOLD = 0.5
# Further sentences may be this much worse than the best one and still belong to the answer.
_MARGIN = 0.15
# "It rose as well" answers nothing when it stands alone.
_LEANS_ON_CONTEXT = re.compile(
    r"^(?:it|its|this|that|these|those|they|their|he|she|such|both|however|but|and|or|so|thus|"
    r"therefore|moreover|nevertheless|in contrast)\b",
    re.IGNORECASE,
)
_LEANING_PENALTY = 0.08


@dataclass(frozen=True)
class Answer:
    """Quotes that answer a question, best first; none where the library does not say."""

    quotes: tuple[Quote, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Whether the library says anything to the point."""
        return bool(self.quotes)


def answer_question(scored: Sequence[ScoredQuote], threshold: float = THRESHOLD) -> Answer:
    """Choose the sentences that answer, at most one a document.

    Args:
        scored: the sentences of the best passages with their scores.
        threshold: below this score the best sentence is no answer.
    """
    candidates = sorted(
        ((_standing(candidate), candidate.quote) for candidate in scored if _can_answer(candidate)),
        key=lambda candidate: -candidate[0],
    )
    if not candidates or candidates[0][0] < threshold:
        return Answer()
    floor = max(threshold, candidates[0][0] - _MARGIN)
    chosen: dict[str, Quote] = {}
    for standing, quote in candidates:
        if standing >= floor and len(chosen) < MOST_QUOTES:
            chosen.setdefault(quote.source.document.id, quote)
    return Answer(tuple(chosen.values()))


def _can_answer(candidate: ScoredQuote) -> bool:
    text = candidate.quote.text
    is_whole = text.rstrip("\"'\u201d\u2019)").endswith((".", "!"))
    return is_whole and FEWEST_WORDS <= len(text.split()) <= MOST_WORDS


def _standing(candidate: ScoredQuote) -> float:
    leans = bool(_LEANS_ON_CONTEXT.match(candidate.quote.text))
    return candidate.score - _LEANING_PENALTY * leans
