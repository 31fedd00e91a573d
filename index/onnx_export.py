"""A sentence-transformers model to the small runtime: exported once, at the first ingest.

The whole model goes into one ONNX graph, whatever modules it is made of, and is then asked
for vectors beside the original: only an export that agrees is used.
"""

import logging
import tempfile
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from index.derived import sha256_of
from index.embedder import ExportedModel, SentenceTransformerEmbedder
from index.onnx_runtime import (
    MODEL_FILE,
    TOKEN_VECTORS,
    TOKENIZER_FILE,
    TOKENS,
    VECTOR,
    Description,
    OnnxEmbedder,
    write_description,
)

# Cosine of an int8 vector with the original's; MiniLM's are .989 and above on 96 abstracts.
_ENOUGH = {"int8": 0.98, "float32": 0.9999}
_OPSET = 17
# What sentence-transformers calls the vectors of tokens.
_STATES = "token_embeddings"
# Some models state no limit but a number with thirty digits; passages are far shorter.
_MOST_TOKENS = 8192
_TEXTS = (
    "Sleep helps.",
    "Does chronic stress raise INFLAMMATION, and if so, in whom?",
    "Interleukin-6 (IL-6) rose by 12.5% (95% CI 3-21) in 37 caregivers; p < .05.",
    "Müdigkeit und Rückzug gehören zum Krankheitsverhalten \u2013 wie naïve T cells, 免疫.",
    "The bridge is made of steel and carries two lanes of traffic over the river. " * 5,
    "Cortisol rises after waking, falls during the day, and is lowest at night. " * 60,
)

_log = logging.getLogger(__name__)


def export_model(embedder: SentenceTransformerEmbedder, folder: Path) -> OnnxEmbedder | None:
    """Export a model, with int8 weights where they do, else as it is.

    Args:
        embedder: the loaded model.
        folder: empty; the export is written here.

    Returns:
        The exported model, opened; None where no export agrees with the original.
    """
    try:
        with tempfile.TemporaryDirectory() as place, _quiet():
            graph = Path(place) / MODEL_FILE
            _write_graph(embedder, graph)
            for precision, enough in _ENOUGH.items():
                exported = _write(embedder, graph, folder, precision)
                if _agrees(exported, embedder, enough):
                    return exported
        reason = "the exported model gives other vectors"
    except Exception as error:  # noqa: BLE001
        # Of the thousands of models some do what no exporter knows; they work all the same.
        reason = f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"
    _log.warning(
        "The model %r cannot be exported to the small runtime (%s). It works, but slower, and "
        "searching needs sentence-transformers too.",
        embedder.model_name,
        reason,
    )
    return None


def _write_graph(embedder: SentenceTransformerEmbedder, path: Path) -> None:
    """The model as a graph: the tokens of one text in, its unit vector and theirs out."""
    import torch  # noqa: PLC0415

    model = embedder.model
    example = torch.tensor([model.tokenizer(_TEXTS[1])["input_ids"]], device=model.device)
    with torch.no_grad():
        # Not every kind of model has vectors of tokens.
        outputs = [VECTOR, *([TOKEN_VECTORS] if _STATES in model({"input_ids": example}) else [])]

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, tokens: torch.Tensor) -> tuple[torch.Tensor, ...]:
            # Without a mask: a single text has no padding to leave out.
            given = self.model({"input_ids": tokens})
            vector = torch.nn.functional.normalize(given["sentence_embedding"].float(), dim=1)[0]
            return (vector, given[_STATES][0].float()) if len(outputs) > 1 else (vector,)

    with _plain_attention(embedder), torch.no_grad():
        # The exporter of before torch 2.9: the graph of the present one is a sixth slower once
        # quantised, takes five times as long to make, and needs onnxscript.
        torch.onnx.export(
            Whole().eval(),
            (example,),
            str(path),
            input_names=[TOKENS],
            output_names=outputs,
            dynamic_axes={TOKENS: {1: "length"}, **{name: {0: "length"} for name in outputs[1:]}},
            opset_version=_OPSET,
            dynamo=False,
        )


def _write(
    embedder: SentenceTransformerEmbedder, graph: Path, folder: Path, precision: str
) -> OnnxEmbedder:
    if precision == "int8":
        _quantize(graph, folder / MODEL_FILE)
    else:
        (folder / MODEL_FILE).write_bytes(graph.read_bytes())
    embedder.model.tokenizer.backend_tokenizer.save(str(folder / TOKENIZER_FILE))
    write_description(
        folder,
        Description(
            embedder.model_name,
            embedder.fingerprint,
            embedder.dimension,
            min(embedder.max_tokens, _MOST_TOKENS),
            embedder.query_prefix,
            embedder.passage_prefix,
            precision,
        ),
    )
    return OnnxEmbedder(ExportedModel(folder, sha256_of(folder)))


def _quantize(graph: Path, final: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415

    # Seven bits of eight: without VNNI the sums of full ones overflow (min cosine .984).
    quantize_dynamic(graph, final, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)


def _agrees(exported: OnnxEmbedder, original: SentenceTransformerEmbedder, enough: float) -> bool:
    """Whether the vectors of questions and passages are those of the original."""
    wanted = [*original.embed_passages(_TEXTS), *map(original.embed_query, _TEXTS)]
    given = [*exported.embed_passages(_TEXTS), *map(exported.embed_query, _TEXTS)]
    cosines = (np.stack(wanted) * np.stack(given)).sum(axis=1)
    # Not `cosines.min() < enough`, which a vector that is no number would pass.
    return bool((cosines >= enough).all())


@contextmanager
def _plain_attention(embedder: SentenceTransformerEmbedder) -> Generator[None]:
    """Attention as plain products of matrices: its graph is the quickest one."""
    from transformers import PreTrainedModel  # noqa: PLC0415

    models = [part for part in embedder.model.modules() if isinstance(part, PreTrainedModel)]
    before = [model.config._attn_implementation for model in models]
    for model in models:
        model.set_attn_implementation("eager")
    try:
        yield
    finally:
        for model, implementation in zip(models, before, strict=True):
            model.set_attn_implementation(implementation)


@contextmanager
def _quiet() -> Generator[None]:
    """Keep to ourselves what the exporters say about each other."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
