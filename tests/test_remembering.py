"""An embedder that remembers gives what the embedder gives."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from index.embedder import Embedder, TokenVectors, Vectors
from search_app.remembering import RememberingEmbedder

TEXTS = [
    "Stress raises cortisol.",
    "Sleep heals.",
    "Stress raises cortisol.",
    "Rats are not people.",
]


class Counting:
    """The real embedder, counting what it is asked."""

    def __init__(self, embedder: Embedder) -> None:
        self.inner = embedder
        self.model_name, self.fingerprint = embedder.model_name, embedder.fingerprint
        self.dimension, self.max_tokens = embedder.dimension, embedder.max_tokens
        self.exported = embedder.exported
        self.asked: list[str] = []

    def count_tokens(self, text: str) -> int:
        return self.inner.count_tokens(text)

    def token_spans(self, text: str) -> Sequence[tuple[int, int]]:
        return self.inner.token_spans(text)

    def embed_passages(self, texts: list[str]) -> Vectors:
        self.asked += texts
        return self.inner.embed_passages(texts)

    def embed_query_by_token(self, text: str) -> TokenVectors:
        self.asked.append(text)
        return self.inner.embed_query_by_token(text)


def test_vectors_are_those_of_the_embedder_and_made_once(embedder: Embedder) -> None:
    """In the order asked for, with doubles, known and unknown ones mixed."""
    counting = Counting(embedder)
    remembering = RememberingEmbedder(counting)
    first = remembering.embed_passages(TEXTS)
    again = remembering.embed_passages([*reversed(TEXTS), "New."])
    expected = embedder.embed_passages(TEXTS)
    np.testing.assert_allclose(first, expected, atol=1e-6)
    np.testing.assert_array_equal(again[:4], first[::-1])
    assert counting.asked == [TEXTS[0], TEXTS[1], TEXTS[3], "New."]
    np.testing.assert_array_equal(remembering.embed_query("sleep"), embedder.embed_query("sleep"))
    remembering.embed_query("sleep")
    assert remembering.embed_query_by_token("sleep") is remembering.embed_query_by_token("sleep")
    assert counting.asked[4:] == ["sleep"]
    assert remembering.embed_passages([]).shape == (0, embedder.dimension)
    assert remembering.count_tokens(TEXTS[0]) == embedder.count_tokens(TEXTS[0])


def test_only_the_ones_used_last_are_remembered(embedder: Embedder) -> None:
    """What was used in between counts as used."""
    counting = Counting(embedder)
    remembering = RememberingEmbedder(counting, most=2)
    for text in ("one", "two", "one", "three", "one", "two"):
        remembering.embed_passages([text])
    assert counting.asked == ["one", "two", "three", "two"]


def test_threads_get_each_their_own(embedder: Embedder) -> None:
    """However small what is remembered."""
    remembering = RememberingEmbedder(embedder, most=3)
    lists = [[f"number {(start + step) % 7}" for step in range(5)] for start in range(40)]
    with ThreadPoolExecutor(4) as pool:
        given = list(pool.map(remembering.embed_passages, lists))
    for texts, vectors in zip(lists, given, strict=True):
        np.testing.assert_allclose(vectors, embedder.embed_passages(texts), atol=1e-6)
