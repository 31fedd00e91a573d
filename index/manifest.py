"""The only configuration that ingest and search share; it lives in the index."""

from dataclasses import dataclass
from pathlib import Path

from index.embedder import Embedder
from index.errors import ModelError

FORMAT_VERSION = 1


@dataclass(frozen=True)
class Manifest:
    """What an index is made of.

    Attributes:
        model_name: the embedding model, as `load_embedder` takes it.
        model_fingerprint: SHA-256 of its weights; search refuses another.
        dimension: length of a vector.
        passage_tokens: most tokens a passage was allowed to have.
        build: number of the last whole build; 0 before the first one.
        build_id: the same with a random part, so that an index that was deleted and
            made again is told from the old one.
        format_version: layout of the files; see docs/index-format.md.
    """

    model_name: str
    model_fingerprint: str
    dimension: int
    passage_tokens: int
    build: int = 0
    build_id: str = ""
    format_version: int = FORMAT_VERSION


def check_model(manifest: Manifest, embedder: Embedder, folder: Path) -> None:
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
