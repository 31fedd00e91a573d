"""An embedder that remembers: a sentence is embedded once, however many questions find it.

To embed the sentences that may answer is the larger part of a question's time, and the questions of
a reader, or of several, find the same passages again and again. A vector is a function of the model
and the text alone, so nothing changes but the time.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import lru_cache
from threading import Lock

import numpy as np

from index.embedder import Embedder, TokenVectors, Vectors

# Some 30 MB with the default model's 384 dimensions, keys included.
_MOST_PASSAGES = 16_384
_MOST_QUERIES = 256


class RememberingEmbedder:
    """Any embedder with the vectors of the texts that were used last. Safe with threads."""

    def __init__(self, embedder: Embedder, most: int = _MOST_PASSAGES) -> None:
        """Remember for an embedder.

        Args:
            embedder: what embeds.
            most: how many passages to remember.
        """
        self.model_name = embedder.model_name
        self.fingerprint = embedder.fingerprint
        self.dimension = embedder.dimension
        self.max_tokens = embedder.max_tokens
        self.exported = embedder.exported
        self._embedder = embedder
        self._passages = _Remembered(lambda texts: list(embedder.embed_passages(texts)), most)
        self._query = lru_cache(_MOST_QUERIES)(embedder.embed_query_by_token)

    def count_tokens(self, text: str) -> int:
        """Tokens of the text for this model, without the special ones."""
        return self._embedder.count_tokens(text)

    def token_spans(self, text: str) -> Sequence[tuple[int, int]]:
        """Where the tokens of a passage stand; quicker than to remember it."""
        return self._embedder.token_spans(text)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of the texts, float32[n, d]; in the order given."""
        rows = self._passages.of(texts)
        return np.stack(rows) if rows else np.zeros((0, self.dimension), np.float32)

    def embed_query(self, text: str) -> Vectors:
        """Unit vector of a question, float32[d]."""
        return self._query(text).vector

    def embed_passages_by_token(self, texts: Sequence[str]) -> list[TokenVectors]:
        """The same vectors, each with those of its tokens; those are too large to be remembered."""
        return self._embedder.embed_passages_by_token(texts)

    def embed_query_by_token(self, text: str) -> TokenVectors:
        """The same vector of a question, with those of its tokens."""
        return self._query(text)


class _Remembered:
    """Vectors by text, the ones used last; the others are made when they are wanted."""

    def __init__(self, embed: Callable[[Sequence[str]], Sequence[Vectors]], most: int) -> None:
        self._embed = embed
        self._most = most
        self._vectors: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = Lock()

    def of(self, texts: Sequence[str]) -> list[Vectors]:
        """The vectors of some texts, in their order."""
        with self._lock:
            known = {text: self._vectors[text] for text in texts if text in self._vectors}
        # Two threads may both embed a text; to wait for each other would cost more.
        new = list(dict.fromkeys(text for text in texts if text not in known))
        if new:
            made = [np.array(vector) for vector in self._embed(new)]
            for vector in made:
                vector.setflags(write=False)
            known.update(zip(new, made, strict=True))
        with self._lock:
            for text in texts:
                self._vectors[text] = known[text]
                self._vectors.move_to_end(text)
            while len(self._vectors) > self._most:
                self._vectors.popitem(last=False)
        return [known[text] for text in texts]
