"""Nearest passages by meaning: a FAISS file that is derived from the database.

What it holds follows from the number of passages; see `IndexSizes`, docs/architecture.md,
and `benchmarks/scale.py`, which measures it.
"""

import logging
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

import faiss
import numpy as np

from index.database import Database
from index.derived import DerivedFile, delete, put_in_place, sha256_of, sound_path
from index.documents import Hit
from index.embedder import Vectors
from index.filters import Allowed, Keys
from index.manifest import Manifest

NAME = "vectors"
_PREFIX = "vectors-"
_SUFFIX = ".faiss"
_MINIMUM_BYTE_LIMIT = 1 << 24
_TOGETHER = 20_000
_SAMPLE = 50_000
# How many passages the first pass hands on: so many at least, so many for each one asked, and one
# of so many that there are. Of a million it would else miss some of the ten nearest.
_FIRST_PASS = 400
_FIRST_PASS_FACTOR = 10
_FIRST_PASS_OF = 500
_FILTERS_KEPT = 8

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class IndexSizes:
    """Numbers of passages up to which a FAISS index is the best choice.

    Attributes:
        exact: up to here every vector is compared, as float16 (recall 1). Above, a first pass
            over one bit a dimension proposes candidates, which are compared as before; where
            there is a filter, every vector that it lets through still is.
        float16: above, those vectors have eight bits a dimension, half the memory.
    """

    exact: int = 20_000
    float16: int = 300_000


SIZES = IndexSizes()


class VectorIndex:
    """An opened FAISS index over the passages of one build."""

    def __init__(self, index: faiss.IndexIDMap) -> None:
        """Take an index that `build_index` made: its ids are passage keys, ascending."""
        # One thread: a second one makes an interactive query slower on a busy machine.
        faiss.omp_set_num_threads(1)
        self._index = index
        inner = faiss.downcast_index(index.index)
        self._is_two_pass = isinstance(inner, faiss.IndexRefine)
        # The first pass takes no filter.
        self._scanned = (
            faiss.downcast_index(inner.refine_index)
            if isinstance(inner, faiss.IndexRefine)
            else inner
        )
        self._keys: Keys = faiss.vector_to_array(index.id_map)
        self._selection = lru_cache(_FILTERS_KEPT)(self._select)

    def search(self, vector: Vectors, limit: int, allowed: Allowed | None = None) -> list[Hit]:
        """The passages nearest to a unit vector, best first; score is the cosine.

        Args:
            vector: float32[d].
            limit: most passages to return.
            allowed: what may be found; the best of these are.
        """
        query = vector.reshape(1, -1)
        if allowed is not None:
            scores, rows = self._scanned.search(query, limit, params=self._selection(allowed))
            keys = np.where(rows >= 0, self._keys[rows], -1) if len(self._keys) else rows
        elif self._is_two_pass:
            fewest = max(_FIRST_PASS, len(self._keys) // _FIRST_PASS_OF)
            factor = max(_FIRST_PASS_FACTOR, fewest / limit)
            parameters = faiss.IndexRefineSearchParameters(k_factor=factor)  # ty: ignore[unknown-argument]
            scores, keys = self._index.search(query, limit, params=parameters)
        else:
            scores, keys = self._index.search(query, limit)
        return [
            Hit(int(key), float(score))
            for key, score in zip(keys[0], scores[0], strict=True)
            if key >= 0
        ]

    def _select(self, allowed: Allowed) -> faiss.SearchParameters:
        is_allowed = np.isin(self._keys, allowed.passages, assume_unique=True)
        bits = np.packbits(is_allowed, bitorder="little")
        # So made, each keeps what it is made of alive. FAISS's types do not know these forms.
        selector = faiss.IDSelectorBitmap(bits)  # ty: ignore[missing-argument, invalid-argument-type]
        return faiss.SearchParameters(sel=selector)  # ty: ignore[unknown-argument]


def open_vectors(folder: Path, database: Database, manifest: Manifest) -> VectorIndex:
    """Open the vectors of the current build; from the database where the file is not sound."""
    path = sound_path(folder, database.derived_file(NAME), manifest.build)
    if path:
        # It can go between the check and here, when a newer build is published just then.
        with suppress(RuntimeError, FileNotFoundError):
            # A length from a damaged header must not be believed, even after the checksum.
            faiss.set_deserialization_vector_byte_limit(
                max(_MINIMUM_BYTE_LIMIT, 2 * path.stat().st_size)
            )
            index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
            return VectorIndex(index)  # ty: ignore[invalid-argument-type]
    _log.warning(
        "The vector file in %s is missing, damaged or old; it was made again in memory from the "
        "database. Run `citewell ingest` to write it again.",
        folder,
    )
    return VectorIndex(build_index(database, manifest))


def write_vectors(folder: Path, database: Database, manifest: Manifest) -> DerivedFile:
    """Write the vectors of a build to a file of its own name."""
    final = folder / f"{_PREFIX}{manifest.build_id}{_SUFFIX}"
    written = final.with_suffix(".tmp")
    faiss.write_index(build_index(database, manifest), str(written))
    put_in_place(written, final)
    return DerivedFile(NAME, final.name, sha256_of(final), manifest.build)


def delete_others(folder: Path, keep: str) -> None:
    """Delete the files of builds other than the one to keep."""
    for path in folder.glob(f"{_PREFIX}*"):
        if path.name != f"{_PREFIX}{keep}{_SUFFIX}":
            delete(path)


def build_index(
    database: Database, manifest: Manifest, sizes: IndexSizes = SIZES
) -> faiss.IndexIDMap:
    """The FAISS index that suits the number of passages of a build, filled from the database."""
    passages = sum(database.count(manifest.build).values())
    index = faiss.IndexIDMap(_empty_index(manifest.dimension, passages, sizes))
    if not index.is_trained:
        # From all over the library: the first documents may be of one kind.
        every = -(-passages // _SAMPLE)
        rows = islice(database.passage_vectors(manifest.build), 0, None, every)
        index.train(_arrays(rows)[1])
    rows = database.passage_vectors(manifest.build)
    while part := list(islice(rows, _TOGETHER)):
        keys, vectors = _arrays(part)
        index.add_with_ids(vectors, keys)
    return index


def _empty_index(dimension: int, passages: int, sizes: IndexSizes) -> faiss.Index:
    quantizer = faiss.ScalarQuantizer
    precision = quantizer.QT_fp16 if passages <= sizes.float16 else quantizer.QT_8bit
    scanned = faiss.IndexScalarQuantizer(dimension, precision, faiss.METRIC_INNER_PRODUCT)
    if passages <= sizes.exact:
        return scanned
    first = faiss.IndexRaBitQFastScan(dimension, faiss.METRIC_INNER_PRODUCT)
    return faiss.IndexRefine(first, scanned)


def _arrays(rows: Iterable[tuple[int, bytes]]) -> tuple[Keys, Vectors]:
    """Keys and vectors of rows of the database; there must be some."""
    keys, vectors = zip(*rows, strict=True)
    halves = np.frombuffer(b"".join(vectors), dtype=np.float16)
    return np.array(keys, np.int64), halves.reshape(len(keys), -1).astype(np.float32)
