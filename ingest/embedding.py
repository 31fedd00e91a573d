"""The vectors of a batch of documents; a passage that an earlier version had keeps its own."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.database import Database
from index.documents import Document, Passage
from index.embedder import Embedder, Vectors


@dataclass(frozen=True)
class SplitDocument:
    """A document and its passages."""

    document: Document
    passages: list[Passage]


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
        passage.text: None
        for one, known in zip(batch, stored, strict=True)
        for passage in one.passages
        if passage.text not in known
    }
    embedded = dict(zip(new, embedder.embed_passages(list(new)), strict=True))
    vectors = [
        np.stack(
            [
                np.frombuffer(known[passage.text], dtype=np.float16).astype(np.float32)
                if passage.text in known
                else embedded[passage.text]
                for passage in one.passages
            ]
        )
        for one, known in zip(batch, stored, strict=True)
    ]
    return EmbeddedBatch(vectors, len(new))
