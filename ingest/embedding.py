"""What the model makes of a batch of documents; a passage that was there before keeps its own."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.context import text_to_embed
from index.database import Database, StoredVectors
from index.documents import Document, Passage
from index.embedder import Embedder, TokenVectors, Vectors
from index.late_interaction import pack_passage


@dataclass(frozen=True)
class SplitDocument:
    """A document and its passages."""

    document: Document
    passages: list[Passage]

    @property
    def texts(self) -> list[str]:
        """What the model is given of each passage."""
        title = self.document.title
        return [text_to_embed(title, passage.heading, passage.text) for passage in self.passages]


@dataclass(frozen=True)
class EmbeddedPassages:
    """What the model makes of the passages of a document.

    Attributes:
        vectors: float32[n, d].
        signs: of the tokens of each passage.
    """

    vectors: Vectors
    signs: list[bytes]


@dataclass(frozen=True)
class EmbeddedBatch:
    """Each document's passages, and how many the model had to embed."""

    passages: list[EmbeddedPassages]
    new: int


def embed_passages(texts: Sequence[str], embedder: Embedder) -> EmbeddedPassages:
    """Vectors and signs of some texts."""
    embedded = [_to_store(one) for one in embedder.embed_passages_by_token(texts)]
    return _embedded(embedded, embedder.dimension)


def embed_batch(
    batch: Sequence[SplitDocument], embedder: Embedder, database: Database
) -> EmbeddedBatch:
    """Vectors and signs of the passages of some documents.

    Several documents at once, for short ones leave cores idle.

    Args:
        batch: the documents.
        embedder: embeds what is new.
        database: has what is stored of earlier versions.
    """
    stored = [database.vectors_by_text(one.document.id) for one in batch]
    new = {
        text: None
        for one, known in zip(batch, stored, strict=True)
        for text in one.texts
        if text not in known
    }
    given = embedder.embed_passages_by_token(list(new))
    embedded = {text: _to_store(one) for text, one in zip(new, given, strict=True)}
    passages = [
        _embedded(
            [known[text] if text in known else embedded[text] for text in one.texts],
            embedder.dimension,
        )
        for one, known in zip(batch, stored, strict=True)
    ]
    return EmbeddedBatch(passages, len(new))


def _to_store(embedded: TokenVectors) -> StoredVectors:
    return StoredVectors(embedded.vector.astype(np.float16).tobytes(), pack_passage(embedded))


def _embedded(stored: Sequence[StoredVectors], dimension: int) -> EmbeddedPassages:
    vectors = np.frombuffer(b"".join(one.vector for one in stored), np.float16)
    return EmbeddedPassages(
        vectors.reshape(-1, dimension).astype(np.float32), [one.signs for one in stored]
    )
