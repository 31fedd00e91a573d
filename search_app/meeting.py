"""How well sentences meet each word of a question, by what the index keeps of their passages.

To embed the sentences of ten passages took nine tenths of a question's time. The index keeps the
signs of each passage's tokens (`index/late_interaction.py`), and those of a sentence are among
them.
"""

from collections.abc import Sequence
from itertools import groupby

import numpy as np

from index.context import text_to_embed
from index.documents import RankedPassage
from index.embedder import Vectors
from index.late_interaction import cut_passage, meet, weigh_question
from index.search import Index
from search_app.quotes import Quote


def meet_quotes(index: Index, question: str, quotes: Sequence[Quote]) -> Vectors:
    """How well each sentence meets the words of a question, rare words weighing more.

    Where its passage has no vectors of tokens it is the cosine of the sentence's own vector.

    Args:
        index: an opened index.
        question: a checked question.
        quotes: sentences, those of a passage side by side.

    Returns:
        float32[n], from -1 to 1.
    """
    embedded = index.embedder.embed_query_by_token(question)
    weighed = weigh_question(embedded, index.words.weigh(question).weights)
    met = np.full(len(quotes), np.nan, np.float32)
    if weighed is not None:
        met = meet(weighed, signs_of(index, weighed.token_bytes, quotes))
    unknown = np.flatnonzero(np.isnan(met))
    if unknown.size:
        vectors = index.embedder.embed_passages([quotes[place].text for place in unknown])
        met[unknown] = vectors @ embedded.vector
    return met


def signs_of(index: Index, token_bytes: int, quotes: Sequence[Quote]) -> list[bytes]:
    """The signs of each sentence's tokens; empty where none are kept.

    Args:
        index: an opened index.
        token_bytes: bytes that a token takes.
        quotes: sentences, those of a passage side by side.
    """
    keys = dict.fromkeys(quote.source.passage.id for quote in quotes)
    stored = index.database.candidates(keys, index.manifest.build)
    kept = {candidate.key: candidate.signs for candidate in stored}
    signs: list[bytes] = []
    for key, group in groupby(quotes, key=lambda quote: quote.source.passage.id):
        some = list(group)
        text, before = _embedded(some[0].source)
        parts = [(before + quote.start, before + quote.end) for quote in some]
        tokens = index.embedder.token_spans(text)
        signs += cut_passage(kept.get(key, b""), token_bytes, text, tokens, parts)
    return signs


def _embedded(found: RankedPassage) -> tuple[str, int]:
    """What was embedded of a passage, and where its text begins in that."""
    text = text_to_embed(found.document.title, found.passage.heading, found.passage.text)
    return text, len(text) - len(found.passage.text)
