"""Whether an index is whole: nothing unpublished, derived files and model as they were made."""

from pathlib import Path

from index.database import Database
from index.derived import sha256_of, sound_path
from index.manifest import EXPORTED, exported_folder

_DERIVED_FILES = 2


def is_whole(folder: Path, database: Database) -> bool:
    """Whether a writer that has nothing to add would find nothing to do.

    Args:
        folder: where the index is.
        database: of the index.
    """
    manifest = database.read_manifest()
    if manifest.build == 0 or database.has_changes(manifest.build + 1):
        return False
    derived = database.derived_files()
    if len(derived) != _DERIVED_FILES or not all(
        sound_path(folder, file, manifest.build) for file in derived
    ):
        return False
    model = exported_folder(folder, manifest.model_sha256)
    return manifest.runtime != EXPORTED or (
        model.is_dir() and sha256_of(model) == manifest.model_sha256
    )
