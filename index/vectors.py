"""Nearest passages by meaning: a FAISS file that is derived from the database.

Up to 300,000 passages an exact scan of float16 vectors is the best choice (recall 1,
removable, filterable, half the memory of float32); see docs/architecture.md.
"""

import logging
from contextlib import suppress
from pathlib import Path

import faiss
import numpy as np

from index.database import Database
from index.derived import DerivedFile, delete, put_in_place, sha256_of, sound_path
from index.documents import Hit
from index.embedder import Vectors
from index.manifest import Manifest

NAME = "vectors"
_PREFIX = "vectors-"
_SUFFIX = ".faiss"
_MINIMUM_BYTE_LIMIT = 1 << 24

_log = logging.getLogger(__name__)


class VectorIndex:
    """An opened FAISS index over the passages of one build."""

    def __init__(self, index: faiss.Index) -> None:
        """Take a FAISS index whose ids are passage keys and whose metric is inner product."""
        # One thread: a second one makes an interactive query slower on a busy machine.
        faiss.omp_set_num_threads(1)
        self._index = index

    def search(self, vector: Vectors, limit: int) -> list[Hit]:
        """The passages nearest to a unit vector, best first; score is the cosine."""
        scores, keys = self._index.search(vector.reshape(1, -1), limit)
        return [
            Hit(int(key), float(score))
            for key, score in zip(keys[0], scores[0], strict=True)
            if key >= 0
        ]


def open_vectors(folder: Path, database: Database, manifest: Manifest) -> VectorIndex:
    """Open the vectors of the current build; from the database where the file is not sound."""
    path = sound_path(folder, database.derived_file(NAME), manifest.build)
    if path:
        # A length from a damaged header must not be believed, even after the checksum.
        faiss.set_deserialization_vector_byte_limit(
            max(_MINIMUM_BYTE_LIMIT, 2 * path.stat().st_size)
        )
        # It can go between the check and here, when a newer build is published just then.
        with suppress(RuntimeError):
            return VectorIndex(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC))
    _log.warning(
        "The vector file in %s is missing, damaged or old; it was made again in memory from the "
        "database. Run `citewell ingest` to write it again.",
        folder,
    )
    return VectorIndex(_build(database, manifest))


def write_vectors(folder: Path, database: Database, manifest: Manifest) -> DerivedFile:
    """Write the vectors of a build to a file of its own name."""
    final = folder / f"{_PREFIX}{manifest.build_id}{_SUFFIX}"
    written = final.with_suffix(".tmp")
    faiss.write_index(_build(database, manifest), str(written))
    put_in_place(written, final)
    return DerivedFile(NAME, final.name, sha256_of(final), manifest.build)


def delete_others(folder: Path, keep: str) -> None:
    """Delete the files of builds other than the one to keep."""
    for path in folder.glob(f"{_PREFIX}*"):
        if path.name != f"{_PREFIX}{keep}{_SUFFIX}":
            delete(path)


def _build(database: Database, manifest: Manifest) -> faiss.Index:
    rows = list(database.passage_vectors(manifest.build))
    keys = np.array([key for key, _ in rows], dtype=np.int64)
    vectors = np.frombuffer(b"".join(vector for _, vector in rows), dtype=np.float16)
    index = faiss.IndexIDMap2(
        faiss.IndexScalarQuantizer(
            manifest.dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
        )
    )
    if rows:
        index.add_with_ids(vectors.reshape(len(rows), -1).astype(np.float32), keys)
    return index
