"""The vectors of a batch of documents; a passage that an earlier version had keeps its own."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.context import text_to_embed
from index.database import Database
from index.documents import Document, Passage
from index.embedder import Embedder, Vectors


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
class EmbeddedBatch:
    """Vectors of each document's passages, and how many the model had to embed."""

    vectors: list[Vectors]
    new: int


def embed_batch(
    batch: Sequence[SplitDocument], embedder: Embedder, database: Database
) -> EmbeddedBatch:
    """Vectors of the passages of some documents.

    Several documents at once, for short ones leave cores idle.

    Args:
        batch: the documents.
        embedder: embeds what is new.
        database: has the vectors of earlier versions.
    """
    stored = [database.vectors_by_text(one.document.id) for one in batch]
    new = {
        text: None
        for one, known in zip(batch, stored, strict=True)
        for text in one.texts
        if text not in known
    }
    embedded = dict(zip(new, embedder.embed_passages(list(new)), strict=True))
    vectors = [
        np.stack(
            [
                np.frombuffer(known[text], dtype=np.float16).astype(np.float32)
                if text in known
                else embedded[text]
                for text in one.texts
            ]
        )
        for one, known in zip(batch, stored, strict=True)
    ]
    return EmbeddedBatch(vectors, len(new))
