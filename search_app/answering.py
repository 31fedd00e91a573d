"""A short answer: sentences of different documents, word for word, or none at all."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from search_app.quotes import Quote, ScoredQuote

FEWEST_QUOTES, MOST_QUOTES = 2, 4
FEWEST_WORDS, MOST_WORDS = 6, 60
# The probability that a sentence answers, from how near it is to the question and how far it
# stands out of the sentences found with it; fitted on judged answerable and unanswerable
# questions of three sets by `python benchmarks/abstaining.py --shared DIR --fit`.
_NEARNESS, _STANDING_OUT, _CONSTANT = 5.49, 5.53, -4.72
# Below it "nothing answers this". What other thresholds would do: benchmarks/README.md.
THRESHOLD = 0.35
# A further sentence may fit less well than that, but not as badly as any sentence does.
_FLOOR = 0.15
# ... nor stand this much below the best one, once there are two.
_MARGIN = 0.3
# "It rose as well" answers nothing when it stands alone.
_LEANS_ON_CONTEXT = re.compile(
    r"^(?:it|its|this|that|these|those|they|their|he|she|such|both|however|but|and|or|so|thus|"
    r"therefore|moreover|nevertheless|in contrast)\b",
    re.IGNORECASE,
)
_LEANING_PENALTY = 0.1


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
        scored: all sentences of the best passages with their scores.
        threshold: where the best sentence is less likely to answer, there is no answer.
        versions: all versions of a document that has several, by document id.
    """
    candidates = sorted(
        (quote for quote in scored if can_answer(quote)), key=_standing, reverse=True
    )
    usual = fmean(quote.meaning for quote in scored) if scored else 0.0
    if not candidates or probability(candidates[0], usual) < threshold:
        return Answer()
    floor = min(threshold, _FLOOR)
    chosen: dict[str, Quote] = {}
    for candidate in candidates:
        is_near = _standing(candidate) >= _standing(candidates[0]) - _MARGIN
        is_wanted = len(chosen) < (MOST_QUOTES if is_near else FEWEST_QUOTES)
        if is_wanted and probability(candidate, usual) >= floor:
            document_id = candidate.quote.source.document.id
            group = (versions or {}).get(document_id, (document_id,))
            chosen.setdefault(group[0], candidate.quote)
    return Answer(tuple(chosen.values()))


def probability(candidate: ScoredQuote, usual: float) -> float:
    """How likely a sentence answers the question.

    Args:
        candidate: the sentence.
        usual: mean nearness of the sentences that were found with it.
    """
    nearness = candidate.meaning
    return 1 / (
        1 + math.exp(-(_NEARNESS * nearness + _STANDING_OUT * (nearness - usual) + _CONSTANT))
    )


def can_answer(candidate: ScoredQuote) -> bool:
    """Whether it is a whole sentence, and neither a scrap nor a paragraph."""
    text = candidate.quote.text
    is_whole = text.rstrip("\"'\u201d\u2019)").endswith((".", "!"))
    return is_whole and FEWEST_WORDS <= len(text.split()) <= MOST_WORDS


def _standing(candidate: ScoredQuote) -> float:
    leans = bool(_LEANS_ON_CONTEXT.match(candidate.quote.text))
    return candidate.score - _LEANING_PENALTY * leans
