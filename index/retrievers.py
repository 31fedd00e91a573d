"""The ways of finding: each takes a question and gives hits, best first."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from index.context import text_to_embed
from index.documents import Hit
from index.filters import Allowed
from index.ranking import rank
from index.reranking import configured_reranker, is_configured, seconds_to_rerank

if TYPE_CHECKING:
    from index.search import Index

DEFAULT_RETRIEVER = "fused"
RERANKED = "reranked"
# More than a reader looks at; a model that is slower than its time reads fewer.
_RERANKED = 30


def available_retrievers() -> list[str]:
    """The retrievers that work as things are: `reranked` only where a reranker is set up."""
    return [name for name in RETRIEVERS if name != RERANKED or is_configured()]


def prepare(retriever: str) -> None:
    """Load now what a retriever needs besides the index, rather than at the first question.

    Raises:
        ModelError: a reranker is needed, and none is set up or it cannot be loaded.
    """
    if retriever == RERANKED:
        seconds_to_rerank()
        configured_reranker()


def _by_meaning(
    index: "Index", question: str, candidates: int, allowed: Allowed | None
) -> list[Hit]:
    return index.vectors.search(index.embedder.embed_query(question), candidates, allowed)


def _by_words(index: "Index", question: str, candidates: int, allowed: Allowed | None) -> list[Hit]:
    return index.words.search(question, candidates, allowed)


def _fused(index: "Index", question: str, candidates: int, allowed: Allowed | None) -> list[Hit]:
    embedded = index.embedder.embed_query_by_token(question)
    proposed = [
        *index.vectors.search(embedded.vector, candidates, allowed),
        *index.words.search(question, candidates, allowed),
    ]
    keys = {hit.passage_id for hit in proposed}
    stored = index.database.candidates(keys, index.manifest.build)
    return rank(embedded, index.words.weigh(question), stored)


def _reranked(index: "Index", question: str, candidates: int, allowed: Allowed | None) -> list[Hit]:
    """`fused`, its first passages in the order of a cross-encoder.

    What it had no time to read stays below, in the order of `fused`: all of that stood below
    before, so no passage passes another without having been read.
    """
    reranker = configured_reranker()
    seconds = seconds_to_rerank()
    hits = _fused(index, question, candidates, allowed)
    first = [hit.passage_id for hit in hits[:_RERANKED]]
    stored = index.database.passages(first, index.manifest.build)
    texts = [
        text_to_embed(document.title, passage.heading, passage.text)
        for passage, document in (stored[key] for key in first)
    ]
    scores = reranker.score(question, texts, time.monotonic() + seconds)
    read = [Hit(key, float(score)) for key, score in zip(first, scores, strict=False)]
    read.sort(key=lambda hit: -hit.score)  # equal ones stay in the order of `fused`
    lowest = min((hit.score for hit in read), default=1.0)
    # The two scales are not the same one; no score is to be above the one before it.
    return read + [Hit(hit.passage_id, min(hit.score, lowest)) for hit in hits[len(read) :]]


# Each takes an index, a checked question, how many candidates to look at, and what may be found.
RETRIEVERS: dict[str, Callable[["Index", str, int, Allowed | None], list[Hit]]] = {
    "meaning": _by_meaning,
    "words": _by_words,
    DEFAULT_RETRIEVER: _fused,
    RERANKED: _reranked,
}
