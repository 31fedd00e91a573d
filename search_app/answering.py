"""A short answer: sentences of different documents, word for word, or none at all."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search_app.quotes import Quote, ScoredQuote

FEWEST_QUOTES, MOST_QUOTES = 2, 4
FEWEST_WORDS, MOST_WORDS = 6, 60
# The figures below were tuned on the questions of benchmarks/starter_corpus/, so they flatter
# there; `python benchmarks/abstaining.py` shows what other thresholds would do.
THRESHOLD = 0.45
# A further sentence may fit less well than that, but not as badly as any sentence does.
_FLOOR = 0.4
# ... nor stand this much below the best one, once there are two.
_MARGIN = 0.2
# A sentence of a passage that fits as a whole is more often to the point.
_PASSAGE_WEIGHT = 0.3
# "It rose as well" answers nothing when it stands alone.
_LEANS_ON_CONTEXT = re.compile(
    r"^(?:it|its|this|that|these|those|they|their|he|she|such|both|however|but|and|or|so|thus|"
    r"therefore|moreover|nevertheless|in contrast)\b",
    re.IGNORECASE,
)
_LEANING_PENALTY = 0.12


@dataclass(frozen=True)
class Answer:
    """Quotes that answer a question, best first; none where the library does not say."""

    quotes: tuple[Quote, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Whether the library says anything to the point."""
        return bool(self.quotes)


def answer_question(
    scored: Sequence[ScoredQuote],
    threshold: float = THRESHOLD,
    versions: Mapping[str, Sequence[str]] | None = None,
) -> Answer:
    """Choose the sentences that answer, at most one a document and its versions.

    Args:
        scored: the sentences of the best passages with their scores.
        threshold: where no sentence scores as high, there is no answer.
        versions: all versions of a document that has several, by document id.
    """
    candidates = sorted(
        (quote for quote in scored if _can_answer(quote)), key=_standing, reverse=True
    )
    if all(_score(candidate) < threshold for candidate in candidates):
        return Answer()
    floor = min(threshold, _FLOOR)
    chosen: dict[str, Quote] = {}
    for candidate in candidates:
        is_near = _standing(candidate) >= _standing(candidates[0]) - _MARGIN
        is_wanted = len(chosen) < (MOST_QUOTES if is_near else FEWEST_QUOTES)
        if is_wanted and _score(candidate) >= floor:
            document_id = candidate.quote.source.document.id
            group = (versions or {}).get(document_id, (document_id,))
            chosen.setdefault(group[0], candidate.quote)
    return Answer(tuple(chosen.values()))


def _can_answer(candidate: ScoredQuote) -> bool:
    text = candidate.quote.text
    is_whole = text.rstrip("\"'\u201d\u2019)").endswith((".", "!"))
    return is_whole and FEWEST_WORDS <= len(text.split()) <= MOST_WORDS


def _score(candidate: ScoredQuote) -> float:
    leans = bool(_LEANS_ON_CONTEXT.match(candidate.quote.text))
    return candidate.score - _LEANING_PENALTY * leans


def _standing(candidate: ScoredQuote) -> float:
    return _score(candidate) + _PASSAGE_WEIGHT * candidate.quote.source.score
