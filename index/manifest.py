"""The only configuration that ingest and search share; it lives in the index."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import ModelError

if TYPE_CHECKING:
    # Loads numpy, which those who only look do not need.
    from index.embedder import Embedder

FORMAT_VERSION = 5
# The two runtimes; see index/runtimes.py.
EXPORTED, BY_NAME = "onnxruntime", "sentence-transformers"
EXPORTED_PREFIX = "model-"


@dataclass(frozen=True)
class Manifest:
    """What an index is made of.

    Attributes:
        model_name: the embedding model, as `load_embedder` takes it.
        model_fingerprint: SHA-256 of its weights; search refuses another.
        dimension: length of a vector.
        passage_tokens: most tokens a passage was allowed to have.
        runtime: what embeds: `onnxruntime` with the exported model beside the index, or
            `sentence-transformers` with the model of that name.
        model_sha256: SHA-256 of the exported model's files; empty where there is none.
        build: number of the last whole build; 0 before the first one.
        build_id: the same with a random part, so that an index that was deleted and
            made again is told from the old one.
        format_version: layout of the files; see docs/index-format.md.
    """

    model_name: str
    model_fingerprint: str
    dimension: int
    passage_tokens: int
    runtime: str = BY_NAME
    model_sha256: str = ""
    build: int = 0
    build_id: str = ""
    format_version: int = FORMAT_VERSION


def exported_folder(folder: Path, sha256: str) -> Path:
    """Where the exported model of that SHA-256 lies in the folder of an index."""
    return folder / f"{EXPORTED_PREFIX}{sha256[:12]}"


def check_model(manifest: Manifest, embedder: "Embedder", folder: Path) -> None:
    """Refuse an embedder that is not the index's: its vectors would mean something else.

    Raises:
        ModelError: name or weights differ.
    """
    if manifest.model_fingerprint == embedder.fingerprint:
        return
    raise ModelError(
        f"The index in {folder} was built with the model {manifest.model_name!r} "
        f"({manifest.model_fingerprint[:12]}), not with {embedder.model_name!r} "
        f"({embedder.fingerprint[:12]}). Leave out --model to go on with the first, or give "
        "another folder with --index to build a second index."
    )
