"""The exported model in the folder of an index, so that a copied index can be searched anywhere."""

import shutil
from dataclasses import replace
from pathlib import Path

from index.database import Database, write_manifest
from index.derived import delete, put_in_place, sha256_of
from index.embedder import ExportedModel
from index.manifest import BY_NAME, EXPORTED, EXPORTED_PREFIX, exported_folder


def keep_model(folder: Path, database: Database, exported: ExportedModel | None) -> None:
    """Have the exported model in the index's folder, and only that one, and name it.

    Args:
        folder: of the index.
        database: of the index; its manifest names the model.
        exported: the model as it was exported; None where the model itself embeds.
    """
    manifest = database.read_manifest()
    known = manifest.model_sha256
    if exported is None and known and _is_whole(exported_folder(folder, known), known):
        # Read with the model itself for once; questions still do without.
        return
    if exported:
        _copy_model(exported, exported_folder(folder, exported.sha256))
    sha256 = exported.sha256 if exported else ""
    named = replace(manifest, runtime=EXPORTED if exported else BY_NAME, model_sha256=sha256)
    if named != manifest:
        with database.transaction():
            write_manifest(database, named)
    for path in folder.glob(f"{EXPORTED_PREFIX}*"):
        if not exported or path != exported_folder(folder, sha256):
            delete(path)


def _copy_model(exported: ExportedModel, final: Path) -> None:
    if exported.folder == final or _is_whole(final, exported.sha256):
        return
    written = final.with_suffix(".tmp")
    for left_over in (written, final):
        delete(left_over)
    written.mkdir()
    for part in exported.folder.iterdir():
        # The contents alone: a temporary folder may be its owner's only, the index need not.
        shutil.copyfile(part, written / part.name)
    put_in_place(written, final)


def _is_whole(path: Path, sha256: str) -> bool:
    return path.is_dir() and sha256_of(path) == sha256
