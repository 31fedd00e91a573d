"""A short answer: sentences of different documents, word for word, or none at all."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from search_app.quotes import Quote
from search_app.refusing import MOST_EMBEDDED, Nearness, read_clues
from search_app.scoring import ScoredQuote

FEWEST_QUOTES, MOST_QUOTES = 2, 4
FEWEST_WORDS, MOST_WORDS = 6, 60
# Less likely than that, and "nothing answers this". What other thresholds would do:
# "Answering or refusing" in benchmarks/README.md.
THRESHOLD = 0.4
# How far a second sentence may stand below the best one, and any further one.
_SECOND_MARGIN, _MARGIN = 0.6, 0.2
# "It rose as well" answers nothing when it stands alone.
_LEANS_ON_CONTEXT = re.compile(
    r"^(?:it|its|this|that|these|those|they|their|he|she|such|both|however|but|and|or|so|thus|"
    r"therefore|moreover|nevertheless|in contrast|first|second|third|fourth|finally|for example|"
    r"in addition)\b",
    re.IGNORECASE,
)
_LEANING_PENALTY = 0.1
# "Cortisol calms inflammation, and stress raises cortisol" does not say whether stress raises
# inflammation, though it holds every word of the question.
_SILENT_PENALTY = 0.2


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
    near: Nearness,
    threshold: float = THRESHOLD,
    versions: Mapping[str, Sequence[str]] | None = None,
    says: Callable[[str], bool] = lambda _sentence: True,
) -> Answer:
    """Choose the sentences that answer, at most one a document and its versions.

    Args:
        scored: all sentences of the best passages with their scores.
        near: how near texts are to the question.
        threshold: where an answer is less likely, there is none.
        versions: all versions of a document that has several, by document id.
        says: whether a sentence says what the question asks for.
    """
    best = candidates(scored)
    if not best or read_clues(best, scored, near).probability < threshold:
        return Answer()

    def standing(candidate: ScoredQuote) -> float:
        return _standing(candidate) - _SILENT_PENALTY * (not says(candidate.quote.text))

    best = sorted(best[:MOST_EMBEDDED], key=standing, reverse=True)
    chosen: dict[str, Quote] = {}
    for candidate in best:
        behind = standing(best[0]) - standing(candidate)
        most = MOST_QUOTES if behind <= _MARGIN else FEWEST_QUOTES
        if len(chosen) >= most or behind > _SECOND_MARGIN:
            break
        document_id = candidate.quote.source.document.id
        group = (versions or {}).get(document_id, (document_id,))
        chosen.setdefault(group[0], candidate.quote)
    return Answer(tuple(chosen.values()))


def candidates(scored: Sequence[ScoredQuote]) -> list[ScoredQuote]:
    """The sentences that could answer, the best first."""
    able = (one for one in scored if can_answer(one.quote))
    return sorted(able, key=_standing, reverse=True)


def can_answer(quote: Quote) -> bool:
    """Whether it is a whole sentence, and neither a scrap nor a paragraph."""
    is_whole = quote.text.rstrip("\"'\u201d\u2019)").endswith((".", "!"))
    return is_whole and FEWEST_WORDS <= len(quote.text.split()) <= MOST_WORDS


def _standing(candidate: ScoredQuote) -> float:
    leans = bool(_LEANS_ON_CONTEXT.match(candidate.quote.text))
    return candidate.score - _LEANING_PENALTY * leans
