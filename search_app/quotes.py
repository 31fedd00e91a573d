"""Sentences of ranked passages, word for word, each with how well it fits the question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.documents import RankedPassage
from index.embedder import Embedder
from index.sentences import Span, sentence_spans
from search_app.telling_words import TellingWords

# Chosen on squad2, where .3 to .8 and 0 to .6 do not differ: see "Answering or refusing" in
# benchmarks/README.md.
_SAID_WEIGHT = 0.4
_AROUND_WEIGHT = 0.3
_LIST_MARK = re.compile(r"^(?:[-*\u2022\u2013]|\d+[.)])\s+")


@dataclass(frozen=True)
class Quote:
    """A sentence as it stands in its source.

    Attributes:
        text: equals ``source.passage.text[start:end]``.
        source: the passage it is from.
        start: offset of its first character in the passage.
        end: offset after its last character.
    """

    text: str
    source: RankedPassage
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where it stands in the passage."""
        return Span(self.start, self.end)


@dataclass(frozen=True)
class ScoredQuote:
    """A quote and how well it fits the question.

    Attributes:
        quote: the sentence.
        meaning: cosine of its vector with the question's, -1 to 1.
        said: share of the question's words that it holds itself, rare ones weighing more.
        around: the same of its whole passage with title and heading.
    """

    quote: Quote
    meaning: float
    said: float = 0.0
    around: float = 0.0

    @property
    def score(self) -> float:
        """To rank sentences by; higher is better."""
        return self.meaning + _SAID_WEIGHT * self.said + _AROUND_WEIGHT * self.around


def score_quotes(
    embedder: Embedder, question: str, ranked: Sequence[RankedPassage], words: TellingWords
) -> list[ScoredQuote]:
    """All sentences of the passages with their scores, in reading order of the passages."""
    quotes = [quote for passage in ranked for quote in _quotes_of(passage)]
    if not quotes:
        return []
    vectors = embedder.embed_passages([quote.text for quote in quotes])
    meanings = vectors @ embedder.embed_query(question)
    around = {found.passage.id: words.said_in(_in_context(found)) for found in ranked}
    return [
        ScoredQuote(
            quote, float(meaning), words.said_in(quote.text), around[quote.source.passage.id]
        )
        for quote, meaning in zip(quotes, meanings, strict=True)
    ]


def best_quotes(scored: Sequence[ScoredQuote]) -> dict[int, Span]:
    """Where the best sentence of each passage stands in it, by passage id."""
    best: dict[int, ScoredQuote] = {}
    for candidate in scored:
        known = best.get(candidate.quote.source.passage.id)
        if known is None or _tells(candidate) > _tells(known):
            best[candidate.quote.source.passage.id] = candidate
    return {key: Span(found.quote.start, found.quote.end) for key, found in best.items()}


def _tells(candidate: ScoredQuote) -> tuple[bool, float]:
    # A question in a text is nearest to the same question, and tells nothing.
    return not candidate.quote.text.endswith("?"), candidate.score


def _in_context(found: RankedPassage) -> str:
    return f"{found.document.title}\n{found.passage.heading}\n{found.passage.text}"


def _quotes_of(ranked: RankedPassage) -> list[Quote]:
    text = ranked.passage.text
    spans = (_without_list_mark(text, span) for span in sentence_spans(text))
    return [
        Quote(text[span.start : span.end], ranked, span.start, span.end)
        for span in spans
        if any(character.isalpha() for character in text[span.start : span.end])
    ]


def _without_list_mark(text: str, span: Span) -> Span:
    mark = _LIST_MARK.match(text[span.start : span.end])
    return Span(span.start + mark.end(), span.end) if mark else span
