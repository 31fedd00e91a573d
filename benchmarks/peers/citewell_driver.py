"""Citewell itself: each record a document, found by the fused ranking.

What it takes from the project is only in `_index_records`, `_index_vectors` and the two
searches, so that it follows when the project gets a function for judged sets.
"""

import hashlib
import sys
from itertools import islice
from pathlib import Path

from protocol import RANKED, SHOWN, Driver, Job, Record, main

_BENCHMARKS, _ROOT = Path(__file__).resolve().parents[1:3]
PASSAGES_TOGETHER = 50


class CitewellDriver(Driver):
    """`open_index` and `search`."""

    def __init__(self, job: Job) -> None:
        """Take the job; nothing is imported yet."""
        sys.path[:0] = [str(_BENCHMARKS), str(_ROOT)]
        self._job = job

    def prepare(self) -> None:
        """Import it and load the model."""
        from index.runtimes import embedder_to_write  # noqa: PLC0415

        self._embedder = embedder_to_write(self._job.index)

    def index(self, records: list[Record]) -> int:
        """Split, embed and index; returns the number of passages."""
        if self._job.vectors:
            self._index_vectors(records)
        else:
            self._index_records()
        self.open()
        return self._index.database.connection.execute("SELECT count(*) FROM passage").fetchone()[0]

    def open(self) -> None:
        """Open the index."""
        from index.search import open_index  # noqa: PLC0415

        self._index = open_index(self._job.index)

    def ask(self, question: str) -> object:
        """`search` for ten passages."""
        from index.search import search  # noqa: PLC0415

        return search(self._index, question, SHOWN)

    def rank(self, question: str) -> list[str]:
        """`rank_documents`: documents by their best passage, as `citewell evaluate` has them."""
        from index.search import rank_documents  # noqa: PLC0415

        return [document for document, _score in rank_documents(self._index, question, RANKED)]

    def _index_records(self) -> None:
        from ingest.judged_index import build_index  # noqa: PLC0415
        from ingest.judged_set import load_judged_set  # noqa: PLC0415

        build_index(load_judged_set(self._job.folder), self._job.index, self._embedder)

    def _index_vectors(self, records: list[Record]) -> None:
        """Store ready passages with their vectors, fifty a document."""
        import numpy as np  # noqa: PLC0415
        from large_sets import read_signs  # noqa: PLC0415

        from index.writer import open_writer  # noqa: PLC0415
        from ingest.splitting import PASSAGE_TOKENS  # noqa: PLC0415

        vectors, signs = np.load(self._job.vectors), read_signs(self._job.folder)
        with open_writer(self._job.index, self._embedder, PASSAGE_TOKENS) as writer:
            for start in range(0, len(records), PASSAGES_TOGETHER):
                stop = start + PASSAGES_TOGETHER
                document, passages = as_document(records[start:stop])
                kept = list(islice(signs, len(passages)))
                writer.add_document(document, passages, vectors[start:stop], kept)
            writer.publish()


def as_document(records: list[Record]) -> tuple:
    """A document whose passages are the texts of the records."""
    from index.documents import Document, Page, Passage  # noqa: PLC0415

    name = records[0].id
    passages, start = [], 0
    for position, record in enumerate(records):
        end = start + len(record.text)
        passages.append(Passage(0, name, position, record.text, start=start, end=end))
        start = end + 1
    text = "\n".join(record.text for record in records)
    fingerprint = hashlib.sha256(text.encode()).hexdigest()
    return Document(name, name, "", (Page(text),), fingerprint), passages


if __name__ == "__main__":
    main(CitewellDriver)
