"""haiku.rag 0.6: `create_document` with its default splitting, `search` by its hybrid ranking.

It embeds through a server (Ollama, OpenAI, VoyageAI). Here its embedder is replaced by one
of the same interface that calls sentence-transformers in the same process: less work than
any server would be. Its reranker, a language model behind Ollama, is switched off.
"""

import asyncio
import importlib.util
import os
import sys
from collections.abc import Coroutine
from functools import cached_property
from pathlib import Path
from typing import Any

from protocol import RANKED, SHOWN, Driver, Job, Record, best_first, main

_DIMENSION = 384
_PASSAGES_PER_DOCUMENT = 3
_PASSAGES_TOGETHER = 50


class HaikuDriver(Driver):
    """`HaikuRAG(database)`."""

    def __init__(self, job: Job) -> None:
        """Take the job; nothing is imported yet."""
        self._job = job
        self._loop = asyncio.new_event_loop()

    def prepare(self) -> None:
        """Import it, load the model, make the database."""
        _ = self._client

    def index(self, records: list[Record]) -> int:
        """Add each record as a Markdown document, its title as the heading."""
        if self._job.vectors:
            self._index_with_vectors(records)
        else:
            for record in records:
                self._run(self._client.create_document(_markdown(record), uri=record.id))
        # No method of its own counts them.
        connection = self._client.store._connection
        return connection.execute("SELECT count(*) FROM chunks").fetchone()[0]

    def open(self) -> None:
        """Open the database."""
        self.prepare()

    def ask(self, question: str) -> object:
        """`search` for ten chunks."""
        return self._search(question, SHOWN)

    def rank(self, question: str) -> list[str]:
        """Documents by their best chunk among three hundred."""
        hits = self._search(question, RANKED * _PASSAGES_PER_DOCUMENT)
        return best_first(chunk.metadata.get("id", chunk.document_uri) for chunk, _score in hits)

    @cached_property
    def _client(self) -> Any:  # noqa: ANN401  (typed only where haiku.rag is installed)
        _settle_environment()
        _replace_embedder(self._job.model)
        from haiku.rag.client import HaikuRAG  # noqa: PLC0415

        return HaikuRAG(self._job.index / "haiku.sqlite")

    def _search(self, question: str, limit: int) -> list[Any]:
        return self._run(self._client.search(question, limit=limit))

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401
        return self._loop.run_until_complete(work)

    def _index_with_vectors(self, records: list[Record]) -> None:
        """Give ready chunks with their vectors, fifty a document, through `chunks=`."""
        import numpy as np  # noqa: PLC0415
        from haiku.rag.store.models.chunk import Chunk  # noqa: PLC0415

        vectors = np.load(self._job.vectors)
        for start in range(0, len(records), _PASSAGES_TOGETHER):
            chunks = [
                Chunk(content=record.text, metadata={"id": record.id}, embedding=vector.tolist())
                for record, vector in zip(
                    records[start : start + _PASSAGES_TOGETHER], vectors[start:], strict=False
                )
            ]
            self._run(
                self._client.create_document(f"Passages {start}", uri=str(start), chunks=chunks)
            )


def _settle_environment() -> None:
    import pysqlite3  # noqa: PLC0415

    sys.modules["sqlite3"] = pysqlite3
    # The vocabulary that tiktoken would fetch; the file's hash is checked by tiktoken.
    files = importlib.util.find_spec("litellm")
    if files and files.origin:
        tokenizers = Path(files.origin).parent / "litellm_core_utils" / "tokenizers"
        os.environ["TIKTOKEN_CACHE_DIR"] = str(tokenizers)
    os.environ["EMBEDDINGS_MODEL"] = "all-MiniLM-L6-v2"
    os.environ["EMBEDDINGS_VECTOR_DIM"] = str(_DIMENSION)
    os.environ["RERANK_PROVIDER"] = ""


def _replace_embedder(model: str) -> None:
    from haiku.rag import embeddings  # noqa: PLC0415
    from haiku.rag.embeddings.base import EmbedderBase  # noqa: PLC0415
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    transformer = SentenceTransformer(model, device="cpu")

    class InProcess(EmbedderBase):
        async def embed(self, text: str) -> list[float]:
            return transformer.encode([text], show_progress_bar=False)[0].tolist()

    # Before anything imports the name from there.
    embeddings.get_embedder = lambda: InProcess(model, _DIMENSION)


def _markdown(record: Record) -> str:
    return f"# {record.title}\n\n{record.text}" if record.title else record.text


if __name__ == "__main__":
    main(HaikuDriver)
