"""What the tests share: a fake embedder, the real one, and small built indexes."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from index.embedder import Embedder, Vectors, load_embedder
from index.search import Index, open_index
from ingest.pipeline import ingest

DATA = Path(__file__).parent / "data"
LIBRARY = DATA / "library"
SHARED = Path(__file__).parents[2] / "shared" / "data"


class FakeEmbedder:
    """Texts that share words are close: each word adds 16 numbers made of its hash."""

    model_name = "fake"
    fingerprint = hashlib.sha256(b"fake").hexdigest()
    dimension = 16
    max_tokens = 256

    def __init__(self) -> None:
        """Start with nothing embedded."""
        self.embedded: list[str] = []

    def count_tokens(self, text: str) -> int:
        """Words and marks."""
        return len(re.findall(r"\w+|[^\w\s]", text))

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors; remembers the texts."""
        self.embedded += texts
        vectors = [self.embed_query(text) for text in texts]
        return np.stack(vectors) if vectors else np.zeros((0, self.dimension), np.float32)

    def embed_query(self, text: str) -> Vectors:
        """Unit vector of a text."""
        vector = np.full(self.dimension, 0.01, np.float32)
        for word in re.findall(r"\w+", text.lower()):
            digest = hashlib.blake2b(word.encode(), digest_size=self.dimension).digest()
            vector += np.frombuffer(digest, np.uint8).astype(np.float32) / 127.5 - 1
        return (vector / np.linalg.norm(vector)).astype(np.float32)


def load_fake(_model_name: str) -> Embedder:
    """Stands where `load_embedder` stands."""
    return FakeEmbedder()


@pytest.fixture
def fake() -> FakeEmbedder:
    """An embedder for tests that need only geometry."""
    return FakeEmbedder()


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The real default model."""
    return load_embedder()


@pytest.fixture(scope="session")
def built_folder(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of an index of tests/data/library, made with the real model; do not change it."""
    folder = tmp_path_factory.mktemp("built")
    report = ingest([str(LIBRARY)], folder, embedder)
    assert not report.failed
    return folder


@pytest.fixture
def built_index(built_folder: Path, embedder: Embedder) -> Iterator[Index]:
    """The small index, opened with the real model."""
    index = open_index(built_folder, lambda _name: embedder)
    yield index
    index.close()


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """An empty folder for a test's own sources."""
    folder = tmp_path / "sources"
    folder.mkdir()
    return folder


@pytest.fixture
def index_folder(tmp_path: Path) -> Path:
    """Where a test's own index is to be."""
    return tmp_path / "index"


def write_text(folder: Path, name: str, title: str, body: str) -> Path:
    """Write a small article."""
    path = folder / name
    path.write_text(f"{title}\n\n{body}\n", "utf-8")
    return path
