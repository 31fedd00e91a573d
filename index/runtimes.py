"""Which runtime embeds: the small one with the model beside the index, where there is one."""

import tempfile
import weakref
from contextlib import closing, suppress
from pathlib import Path

from index.database import open_database
from index.embedder import (
    DEFAULT_MODEL,
    Embedder,
    ExportedModel,
    SentenceTransformerEmbedder,
    load_embedder,
)
from index.errors import IndexMissingError, ModelError
from index.manifest import EXPORTED, Manifest, check_model, exported_folder
from index.onnx_runtime import OnnxEmbedder


def embedder_to_read(folder: Path, manifest: Manifest) -> Embedder:
    """The embedder of an index, for questions.

    Args:
        folder: where the index is.
        manifest: of the index.

    Raises:
        ModelError: it cannot be loaded.
    """
    if manifest.runtime != EXPORTED:
        return load_embedder(manifest.model_name)
    sha256 = manifest.model_sha256
    return OnnxEmbedder(ExportedModel(exported_folder(folder, sha256), sha256))


def embedder_to_write(folder: Path, model_name: str | None = None) -> Embedder:
    """The embedder to read sources with into an index, new or not.

    A new index gets the model exported, and so does one whose exported model is lost. That
    takes torch; otherwise the small runtime does all.

    Args:
        folder: where the index is, or is to be.
        model_name: as `load_embedder` takes it; without one the index's, else the default.

    Raises:
        IndexFormatError: the index is of another format, or damaged.
        ModelError: the model cannot be loaded, or is not the index's.
    """
    manifest = _manifest(folder)
    name = model_name or (manifest.model_name if manifest else DEFAULT_MODEL)
    is_exported = manifest is not None and manifest.runtime == EXPORTED
    if manifest and is_exported and name == manifest.model_name:
        with suppress(ModelError):
            return embedder_to_read(folder, manifest)
    original = load_embedder(name)
    if manifest:
        check_model(manifest, original, folder)
        if not is_exported:
            # It could not be exported when the index was made; that was said then.
            return original
    return _exported(original) or original


def _manifest(folder: Path) -> Manifest | None:
    try:
        with closing(open_database(folder)) as database:
            return database.read_manifest()
    except IndexMissingError:
        return None


def _exported(original: SentenceTransformerEmbedder) -> OnnxEmbedder | None:
    """The exported model, in a folder that goes when it does; the writer keeps a copy."""
    from index.onnx_export import export_model  # noqa: PLC0415

    place = tempfile.TemporaryDirectory(prefix="citewell-model-")
    embedder = export_model(original, Path(place.name))
    if embedder is None:
        place.cleanup()
    else:
        weakref.finalize(embedder, place.cleanup)
    return embedder
