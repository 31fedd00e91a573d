"""A short answer: sentences of different documents, word for word, or none at all."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from index.embedder import Vectors
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
    r"therefore|moreover|nevertheless|in contrast|finally|for example|in addition)\b",
    re.IGNORECASE,
)
_LEANING_PENALTY = 0.1
# "Fourth, ..." is a piece of a list.
_IS_ONE_OF_A_LIST = re.compile(r"^(?:first|second|third|fourth|fifth)(?:ly)?,", re.IGNORECASE)
_LIST_PENALTY = 0.45
# "Cortisol calms inflammation, and stress raises cortisol" does not say whether stress raises
# inflammation, nor what cortisol is, though it holds every word of either question.
_SILENT_PENALTY = 0.3
# What else the vectors of those few sentences tell: "Choosing sentences" in benchmarks/README.md.
_NEARNESS_WEIGHT = 0.15


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
    best = candidates(scored, says)[:MOST_EMBEDDED]
    if not best:
        return Answer()
    nearness = near([one.quote.text for one in best])
    if read_clues(nearness, scored).probability < threshold:
        return Answer()
    ranked = _ranked(best, nearness, says)
    # Beside a sentence that says it, one that does not is beside the point.
    if says(ranked[0][1].text):
        ranked = [(standing, quote) for standing, quote in ranked if says(quote.text)]
    chosen: dict[str, Quote] = {}
    for standing, quote in ranked:
        behind = ranked[0][0] - standing
        most = MOST_QUOTES if behind <= _MARGIN else FEWEST_QUOTES
        if len(chosen) >= most or behind > _SECOND_MARGIN:
            break
        document_id = quote.source.document.id
        group = (versions or {}).get(document_id, (document_id,))
        chosen.setdefault(group[0], quote)
    return Answer(tuple(chosen.values()))


def candidates(
    scored: Sequence[ScoredQuote], says: Callable[[str], bool] = lambda _sentence: True
) -> list[ScoredQuote]:
    """The sentences that could answer, the best first."""
    able = (one for one in scored if can_answer(one.quote))
    return sorted(able, key=lambda one: _standing(one, says), reverse=True)


def can_answer(quote: Quote) -> bool:
    """Whether it is a whole sentence, and neither a scrap nor a paragraph."""
    is_whole = quote.text.rstrip("\"'\u201d\u2019)").endswith((".", "!"))
    return is_whole and FEWEST_WORDS <= len(quote.text.split()) <= MOST_WORDS


def _ranked(
    best: Sequence[ScoredQuote], nearness: Vectors, says: Callable[[str], bool]
) -> list[tuple[float, Quote]]:
    """The best sentences in the order in which they answer, each with its standing."""
    ranked = []
    for one, cosine in zip(best, nearness, strict=True):
        standing = _standing(one, says) + _NEARNESS_WEIGHT * float(cosine)
        ranked.append((standing, one.quote))
    return sorted(ranked, key=itemgetter(0), reverse=True)


def _standing(candidate: ScoredQuote, says: Callable[[str], bool]) -> float:
    text = candidate.quote.text
    leaning = _LEANING_PENALTY * bool(_LEANS_ON_CONTEXT.match(text))
    listed = _LIST_PENALTY * bool(_IS_ONE_OF_A_LIST.match(text))
    return candidate.score - leaning - listed - _SILENT_PENALTY * (not says(text))
