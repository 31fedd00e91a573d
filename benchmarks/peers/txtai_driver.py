"""Txtai: hybrid (its own BM25 and vectors) or dense, content stored, all else its defaults.

One text a record, `title. text` as in the project's own benchmarks; txtai does not split
texts given to `Embeddings`, it cuts each off after 512 tokens.
"""

import json
from functools import cached_property
from typing import Any

from protocol import RANKED, SHOWN, Driver, Job, Record, best_first, main


class TxtaiDriver(Driver):
    """`Embeddings(path=..., hybrid=True, content=True)`."""

    def __init__(self, job: Job) -> None:
        """Take the job; nothing is imported yet."""
        self._job = job
        self._config = {"path": job.model, "content": True, "hybrid": job.variant != "dense"}

    def prepare(self) -> None:
        """Import txtai and load the model."""
        _ = self._embeddings.model

    def index(self, records: list[Record]) -> int:
        """Index each record as one text, and save."""
        if self._job.vectors:
            self._index_with_vectors(records)
        else:
            self._embeddings.index((r.id, _text(r), None) for r in records)
            self._embeddings.save(str(self._job.index))
        return len(records)

    def open(self) -> None:
        """Load the saved index."""
        from txtai import Embeddings  # noqa: PLC0415

        self._embeddings = Embeddings()
        self._embeddings.load(str(self._job.index))

    def ask(self, question: str) -> object:
        """`search` for ten."""
        return self._embeddings.search(question, SHOWN)

    def rank(self, question: str) -> list[str]:
        """`search` for a hundred."""
        return best_first(hit["id"] for hit in self._embeddings.search(question, RANKED))

    @cached_property
    def _embeddings(self) -> Any:  # noqa: ANN401  (typed only where txtai is installed)
        from txtai import Embeddings  # noqa: PLC0415

        return Embeddings(**self._config)

    def _index_with_vectors(self, records: list[Record]) -> None:
        """Index with `method: external`, then let the saved index name the real model.

        So questions are embedded the way they always are.
        """
        import numpy as np  # noqa: PLC0415
        from txtai import Embeddings  # noqa: PLC0415

        texts = [_text(record) for record in records]
        rows = dict(zip(texts, np.load(self._job.vectors), strict=True))

        def look_up(batch: list[str]) -> np.ndarray:
            return np.stack([rows[text] for text in batch])

        external = {**self._config, "path": None, "method": "external", "transform": look_up}
        embeddings = Embeddings(**external)
        embeddings.index((r.id, text, None) for r, text in zip(records, texts, strict=True))
        embeddings.save(str(self._job.index))
        saved = self._job.index / "config.json"
        config = json.loads(saved.read_text("utf-8"))
        for name in ("method", "transform"):
            config.pop(name)
        saved.write_text(json.dumps({**config, "path": self._job.model}), "utf-8")


def _text(record: Record) -> str:
    return f"{record.title}. {record.text}" if record.title else record.text


if __name__ == "__main__":
    main(TxtaiDriver)
