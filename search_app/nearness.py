"""How near sentences are by meaning, each as a whole: to a question, or to a claim."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.documents import RankedPassage
from index.embedder import Embedder
from search_app.quotes import Quote, quotes_of
from search_app.refusing import Nearness
from search_app.telling_words import TellingWords


@dataclass(frozen=True)
class NearQuote:
    """A sentence and how near it is to a claim.

    Attributes:
        quote: the sentence.
        meaning: cosine of its vector with the claim's, -1 to 1.
        said: share of the claim's words that it holds, rare ones weighing more.
    """

    quote: Quote
    meaning: float
    said: float


def nearness_to(embedder: Embedder, text: str) -> Nearness:
    """What gives the cosines of sentences with a text."""
    return lambda sentences: embedder.embed_passages(sentences) @ embedder.embed_query(text)


def near_quotes(
    embedder: Embedder, claim: str, ranked: Sequence[RankedPassage], words: TellingWords
) -> list[NearQuote]:
    """All sentences of the passages, in their reading order."""
    quotes = quotes_of(ranked)
    meanings = nearness_to(embedder, claim)([quote.text for quote in quotes])
    return [
        NearQuote(quote, float(meaning), words.said_in(quote.text))
        for quote, meaning in zip(quotes, meanings, strict=True)
    ]
