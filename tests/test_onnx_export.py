"""Exporting: models of several kinds, and what happens with one that cannot be exported."""

import logging
from pathlib import Path

import numpy as np
import pytest
from models import make_model

from index.embedder import SentenceTransformerEmbedder, load_embedder
from index.onnx_export import export_model

TEXTS = ["sleep helps immune cells .", "Stress harms the vaccines", "the cells of steel " * 60]


@pytest.mark.parametrize("pooling", ["mean", "cls", "max"])
def test_a_folder_of_another_model_is_exported(tmp_path: Path, pooling: str) -> None:
    """With its own way of pooling and its own limit of tokens."""
    original = load_embedder(str(make_model(tmp_path, pooling)))
    exported = export_model(original, _empty(tmp_path))
    assert exported is not None
    assert (exported.dimension, exported.max_tokens) == (32, 64)
    assert (exported.model_name, exported.fingerprint) == (
        original.model_name,
        original.fingerprint,
    )
    cosines = original.embed_passages(TEXTS) * exported.embed_passages(TEXTS)
    assert cosines.sum(axis=1).min() >= 0.98


def test_a_model_with_a_dense_layer_is_exported_with_it(tmp_path: Path) -> None:
    """The whole model goes into the graph, whatever it is made of."""
    original = load_embedder(str(make_model(tmp_path, dense=True)))
    exported = export_model(original, _empty(tmp_path))
    assert exported is not None
    assert exported.dimension == 16
    cosines = original.embed_passages(TEXTS) * exported.embed_passages(TEXTS)
    assert cosines.sum(axis=1).min() >= 0.98


@pytest.mark.parametrize("name", ["document", "passage"])
def test_what_the_model_wants_before_a_text_is_put_there(tmp_path: Path, name: str) -> None:
    """In both runtimes, whichever of its names the prompt has."""
    prompts = {"query": "query : ", name: "passage : "}
    original = load_embedder(str(make_model(tmp_path, prompts=prompts)))
    exported = export_model(original, _empty(tmp_path))
    assert exported is not None
    assert (exported.description.query_prefix, exported.description.passage_prefix) == (
        "query : ",
        "passage : ",
    )
    for embedder in (original, exported):
        bare = load_embedder(str(make_model(tmp_path / "bare")))
        text = "sleep helps"
        assert embedder.embed_query(text) @ bare.embed_query(f"query : {text}") > 0.98
        assert embedder.embed_query(text) @ bare.embed_query(text) < 0.98
        passage = embedder.embed_passages([text])[0]
        assert passage @ bare.embed_query(f"passage : {text}") > 0.98


def test_the_model_is_as_it_was_after_its_export(tmp_path: Path) -> None:
    """It may still be used."""
    original = load_embedder(str(make_model(tmp_path)))
    before = original.embed_passages(TEXTS)
    export_model(original, _empty(tmp_path))
    assert np.abs(original.embed_passages(TEXTS) - before).max() < 1e-6


def test_where_int8_is_too_far_off_the_weights_stay_as_they_are(tmp_path: Path) -> None:
    """An outlier leaves too few steps for the other numbers."""
    original = load_embedder(str(make_model(tmp_path)))
    _coarsen(original)
    exported = export_model(original, _empty(tmp_path))
    assert exported is not None
    assert exported.description.precision == "float32"
    assert np.abs(exported.embed_passages(TEXTS) - original.embed_passages(TEXTS)).max() < 1e-3


def test_a_model_that_cannot_be_exported_is_told_and_nothing_more(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It does what no graph can hold: it asks the numbers which way to go."""
    original = load_embedder(str(make_model(tmp_path)))
    original.model[1].register_forward_hook(_mischief)
    with caplog.at_level(logging.WARNING):
        assert export_model(original, _empty(tmp_path)) is None
    (record,) = (record for record in caplog.records if record.name == "index.onnx_export")
    assert "cannot be exported" in record.getMessage()
    assert original.model_name in record.getMessage()


def _mischief(_module: object, _given: object, features: dict) -> dict:
    vector = features["sentence_embedding"]
    return {**features, "sentence_embedding": vector * (-1.0 if vector[0, 0].item() > 0 else 1.0)}


def _coarsen(embedder: SentenceTransformerEmbedder) -> None:
    # One number of a layer's output is huge and leads nowhere: all others are a step of eight bits.
    for layer in embedder.model[0].auto_model.encoder.layer:
        layer.intermediate.dense.weight.data *= 20
        layer.intermediate.dense.bias.data[0] = 5000.0
        layer.output.dense.weight.data *= 20
        layer.output.dense.weight.data[:, 0] = 0.0


def _empty(folder: Path) -> Path:
    empty = folder / "exported"
    empty.mkdir()
    return empty
