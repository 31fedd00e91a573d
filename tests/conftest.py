"""What the tests share: a fake embedder, the real one, and small built indexes."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import LIBRARY, FakeEmbedder

from index.embedder import Embedder, SentenceTransformerEmbedder, load_embedder
from index.runtimes import embedder_to_write
from index.search import Index, open_index
from ingest.pipeline import ingest

pytest_plugins = ["library_fixture"]


@pytest.fixture(autouse=True)
def main_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """What runs the tests stays the main module, which a spawned process imports first.

    Streamlit puts each script that it runs in its place.
    """
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture
def fake() -> FakeEmbedder:
    """An embedder for tests that need only geometry."""
    return FakeEmbedder()


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Embedder:
    """The real default model in the small runtime, exported as for a new index."""
    return embedder_to_write(tmp_path_factory.mktemp("no_index"))


@pytest.fixture(scope="session")
def embedder(exported: Embedder) -> Embedder:
    """The real default model, as people get it."""
    return exported


@pytest.fixture(scope="session")
def original() -> SentenceTransformerEmbedder:
    """The real default model as it is published."""
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
