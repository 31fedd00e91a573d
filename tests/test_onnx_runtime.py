"""The small runtime: the same vectors as the model itself, by text alone, and sound files only."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import LIBRARY

from index.derived import sha256_of
from index.embedder import ExportedModel, SentenceTransformerEmbedder
from index.errors import ModelError
from index.onnx_runtime import DESCRIPTION_FILE, MODEL_FILE, TOKENIZER_FILE, OnnxEmbedder
from index.sentences import sentence_spans


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Sentences and whole files of the test library."""
    files = [path.read_text("utf-8") for path in sorted(LIBRARY.glob("*.[mt][dx]*"))]
    return files + [text[s.start : s.end] for text in files for s in sentence_spans(text)]


def test_vectors_are_near_those_of_the_model_itself(
    exported: OnnxEmbedder, original: SentenceTransformerEmbedder, texts: list[str]
) -> None:
    """Cosine .98 at least, for questions and for passages."""
    wanted, given_ = original.embed_passages(texts), exported.embed_passages(texts)
    assert (wanted * given_).sum(axis=1).min() >= 0.98
    question = "does poor sleep weaken vaccines?"
    assert original.embed_query(question) @ exported.embed_query(question) >= 0.98
    assert exported.description.precision == "int8"


def test_the_nearest_text_is_the_same(
    exported: OnnxEmbedder, original: SentenceTransformerEmbedder, texts: list[str]
) -> None:
    """The order by cosine is what search uses."""
    for question in ("does poor sleep weaken vaccines?", "what does oxytocin do?"):
        best = [
            int(np.argmax(runtime.embed_passages(texts) @ runtime.embed_query(question)))
            for runtime in (original, exported)
        ]
        assert best[0] == best[1]


def test_tokens_are_those_of_the_model_itself(
    exported: OnnxEmbedder, original: SentenceTransformerEmbedder, texts: list[str]
) -> None:
    """Special ones included, cut at the model's limit."""
    for text in (*texts, "", "stress " * 500):
        wanted = original.model.tokenizer(text, truncation=True, max_length=256)["input_ids"]
        assert exported.tokens(text) == wanted
        assert exported.count_tokens(text) == original.count_tokens(text)


def test_what_stands_after_token_128_counts_and_after_256_does_not(
    exported: OnnxEmbedder,
) -> None:
    """The tokenizer's own file cuts at 128 and fills up to 128."""
    start = "stress " * 150
    assert len(exported.tokens("stress")) == 3
    first, second = exported.embed_passages([start + "penguins", start + "inflation"])
    assert np.abs(first - second).max() > 1e-3
    start = "stress " * 300
    first, second = exported.embed_passages([start + "penguins", start + "inflation"])
    assert (first == second).all()


@given(st.lists(st.text(max_size=80), min_size=1, max_size=5))
@settings(max_examples=20, deadline=None)
def test_a_vector_is_a_function_of_its_text_alone(
    exported: OnnxEmbedder, neighbours: list[str]
) -> None:
    """To the last bit, whatever is embedded with it."""
    text = "Cortisol rises after waking."
    alone = exported.embed_passages([text])[0]
    among = exported.embed_passages([*neighbours, text, "noise " * 300])
    assert (among[len(neighbours)] == alone).all()
    assert (exported.embed_query(text) == alone).all()


def test_several_threads_get_what_one_gets(exported: OnnxEmbedder, texts: list[str]) -> None:
    """As the web server's do."""
    wanted = exported.embed_passages(texts)
    with ThreadPoolExecutor(4) as pool:
        for given_ in pool.map(exported.embed_passages, [texts] * 4):
            assert (given_ == wanted).all()


@pytest.mark.parametrize("name", [MODEL_FILE, TOKENIZER_FILE, DESCRIPTION_FILE])
@pytest.mark.parametrize("fault", ["flipped", "cut", "gone"])
def test_a_damaged_file_is_refused(
    exported: OnnxEmbedder, tmp_path: Path, name: str, fault: str
) -> None:
    """Before anything reads it; the message names the folder and the way out."""
    folder = tmp_path / "model"
    shutil.copytree(exported.exported.folder, folder)
    content = bytearray((folder / name).read_bytes())
    if fault == "gone":
        (folder / name).unlink()
    else:
        content[len(content) // 2] ^= 1
        (folder / name).write_bytes(content[:-1] if fault == "cut" else content)
    with pytest.raises(ModelError, match=rf"{folder}, is damaged.*`citewell ingest`"):
        OnnxEmbedder(ExportedModel(folder, exported.exported.sha256))


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """With the way out."""
    with pytest.raises(ModelError, match=r"none, is missing.*`citewell ingest`"):
        OnnxEmbedder(ExportedModel(tmp_path / "none", sha256_of(tmp_path)))
