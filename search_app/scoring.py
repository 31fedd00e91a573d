"""How well each sentence of the passages found fits a question."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.documents import RankedPassage
from index.search import Index
from index.sentences import Span
from search_app.meeting import meet_quotes
from search_app.quotes import Quote, quotes_of
from search_app.telling_words import read_telling_words

# Chosen on squad2 and the starter library: "Choosing sentences" in benchmarks/README.md.
_SAID_WEIGHT = 0.4
_PASSAGE_WEIGHT = 2.0


@dataclass(frozen=True)
class ScoredQuote:
    """A quote and how well it fits the question.

    Attributes:
        quote: the sentence.
        met: how well it meets each word of the question by meaning, -1 to 1.
        said: share of the question's words that it holds itself, rare ones weighing more.
    """

    quote: Quote
    met: float
    said: float = 0.0

    @property
    def score(self) -> float:
        """To rank sentences by, with the score of the passage (`fused`); higher is better."""
        return self.met + _SAID_WEIGHT * self.said + _PASSAGE_WEIGHT * self.quote.source.score


def score_quotes(index: Index, question: str, ranked: Sequence[RankedPassage]) -> list[ScoredQuote]:
    """All sentences of passages of an index with their scores, in reading order of the passages.

    Args:
        index: an opened index.
        question: a checked question.
        ranked: its passages that the question found.
    """
    quotes = quotes_of(ranked)
    words = read_telling_words(index.words, question)
    return [
        ScoredQuote(quote, float(met), words.said_in(quote.text))
        for quote, met in zip(quotes, meet_quotes(index, question, quotes), strict=True)
    ]


def best_quotes(scored: Sequence[ScoredQuote]) -> dict[int, Span]:
    """Where the best sentence of each passage stands in it, by passage id."""
    best: dict[int, ScoredQuote] = {}
    for candidate in scored:
        known = best.get(candidate.quote.source.passage.id)
        if known is None or _tells(candidate) > _tells(known):
            best[candidate.quote.source.passage.id] = candidate
    return {key: found.quote.span for key, found in best.items()}


def _tells(candidate: ScoredQuote) -> tuple[bool, float]:
    # A question in a text is nearest to the same question, and tells nothing.
    return not candidate.quote.text.endswith("?"), candidate.score
