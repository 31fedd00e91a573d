"""The FAISS index at each of its sizes, made small: what is found, filtered, and kept."""

from collections.abc import Iterator
from pathlib import Path

import faiss
import numpy as np
import pytest
from support import FakeEmbedder

from index.database import Database
from index.documents import Document, Page, Passage
from index.embedder import Vectors
from index.filters import Allowed
from index.vectors import IndexSizes, VectorIndex, build_index
from index.writer import open_writer

DIMENSION, DOCUMENTS, PASSAGES_EACH = 64, 60, 50
ROWS = DOCUMENTS * PASSAGES_EACH
EXACT = IndexSizes(exact=ROWS, float16=ROWS)
TWO_PASS = IndexSizes(exact=ROWS - 1, float16=ROWS)
COMPRESSED = IndexSizes(exact=ROWS - 1, float16=ROWS - 1)


class WideFake(FakeEmbedder):
    """Only says how long a vector is: the vectors are given."""

    dimension = DIMENSION


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    """Unit vectors around 40 centres, as passages of a library are around its topics."""
    chance = np.random.default_rng(5)
    centres = chance.normal(size=(40, DIMENSION))
    rows = centres[chance.integers(40, size=ROWS)] + chance.normal(size=(ROWS, DIMENSION))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def database(vectors: Vectors, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """3,000 passages; every other key is that of a document that was replaced."""
    with open_writer(tmp_path_factory.mktemp("sizes"), WideFake(), 100) as writer:
        text = "x" * PASSAGES_EACH
        passages = [Passage(0, "", p, "x", start=p, end=p + 1) for p in range(PASSAGES_EACH)]
        for number in range(DOCUMENTS):
            document = Document(f"/{number}.txt", "T", "", (Page(text),), str(number))
            part = vectors[number * PASSAGES_EACH : (number + 1) * PASSAGES_EACH]
            writer.add_document(document, passages, np.zeros_like(part))
            writer.add_document(document, passages, part)
        writer.publish()
        yield writer.database


def opened(database: Database, sizes: IndexSizes, folder: Path) -> VectorIndex:
    """Written and read again as the product does."""
    path = folder / "vectors.faiss"
    faiss.write_index(build_index(database, database.read_manifest(), sizes), str(path))
    return VectorIndex(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC))


def keys_of(database: Database) -> np.ndarray:
    """Passage keys in the order of the vectors."""
    return np.array(sorted(database.passage_keys(1)), np.int64)


@pytest.mark.parametrize(
    ("sizes", "kind", "precision"),
    [
        (EXACT, faiss.IndexScalarQuantizer, faiss.ScalarQuantizer.QT_fp16),
        (TWO_PASS, faiss.IndexRefine, faiss.ScalarQuantizer.QT_fp16),
        (COMPRESSED, faiss.IndexRefine, faiss.ScalarQuantizer.QT_8bit),
    ],
)
def test_the_kind_of_index_follows_from_the_number_of_passages(
    database: Database, sizes: IndexSizes, kind: type, precision: int
) -> None:
    """At a limit the one below it, one passage above it the next."""
    whole = build_index(database, database.read_manifest(), sizes)
    index = faiss.downcast_index(whole.index)
    assert type(index) is kind
    scanned = faiss.downcast_index(index.refine_index) if kind is faiss.IndexRefine else index
    assert (scanned.sq.qtype, whole.ntotal) == (precision, ROWS)


@pytest.mark.parametrize(
    ("sizes", "least"),
    [(EXACT, 0.995), (TWO_PASS, 0.99), (COMPRESSED, 0.97)],
    ids=["exact", "two passes", "eight bits"],
)
def test_each_kind_finds_the_nearest(
    database: Database, vectors: Vectors, tmp_path: Path, sizes: IndexSizes, least: float
) -> None:
    """Recall at ten against numpy, of all passages and of 50 % to .1 %; float16 rounds ties."""
    index, keys = opened(database, sizes, tmp_path), keys_of(database)
    chance = np.random.default_rng(6)
    for share in (1.0, 0.5, 0.1, 0.01, 0.001):
        rows = np.sort(chance.choice(ROWS, round(share * ROWS), replace=False))
        allowed = None if share == 1 else Allowed(np.array([], np.int64), keys[rows])
        common = wanted = 0
        for query in vectors[:40] + 0.1 * vectors[40:80]:
            nearest = rows[np.argsort(-(vectors[rows] @ query))[:10]]
            hits = index.search(query, 10, allowed)
            assert len(hits) == len(nearest)
            common += len({hit.passage_id for hit in hits} & set(keys[nearest].tolist()))
            wanted += len(nearest)
        assert common >= least * wanted, share


@pytest.mark.parametrize("sizes", [EXACT, TWO_PASS, COMPRESSED])
def test_a_score_is_the_cosine(
    database: Database, vectors: Vectors, tmp_path: Path, sizes: IndexSizes
) -> None:
    """Of a passage with itself 1, whether there is a filter or not; and all can be asked for."""
    index, keys = opened(database, sizes, tmp_path), keys_of(database)
    everything = Allowed(np.array([], np.int64), keys)
    for allowed in (None, everything):
        hits = index.search(vectors[7], ROWS + 10, allowed)
        assert (hits[0].passage_id, len({hit.passage_id for hit in hits})) == (keys[7], ROWS)
        assert hits[0].score == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("sizes", [EXACT, TWO_PASS, COMPRESSED])
def test_nothing_allowed_finds_nothing(
    database: Database, vectors: Vectors, tmp_path: Path, sizes: IndexSizes
) -> None:
    """Nor do keys that the index does not hold."""
    index = opened(database, sizes, tmp_path)
    for passages in ([], [10**9]):
        allowed = Allowed(np.array([], np.int64), np.array(passages, np.int64))
        assert index.search(vectors[0], 10, allowed) == []


def test_an_index_of_nothing_finds_nothing(tmp_path: Path) -> None:
    """With and without a filter."""
    with open_writer(tmp_path, WideFake(), 100) as writer:
        index = VectorIndex(build_index(writer.database, writer.database.read_manifest()))
    query = np.ones(DIMENSION, np.float32)
    allowed = Allowed(np.array([1], np.int64), np.array([1], np.int64))
    assert index.search(query, 10) == index.search(query, 10, allowed) == []
