"""Knowing that a file is as it was without opening it."""

from collections.abc import Mapping

from index.file_state import FileState, KnownFile
from ingest.reading import Reading
from ingest.sources import Source


def remembered_reading(source: Source, known: Mapping[str, KnownFile]) -> Reading | None:
    """What reading the source would find, where its file's state says that it is as it was.

    Args:
        source: a file or an address; an address is never as it was.
        known: files as they were when they were last read.
    """
    file = known.get(source.id)
    if file is None or source.path is None:
        return None
    try:
        state = FileState.of(source.path.stat())
    except OSError:
        return None
    return Reading(file.fingerprint, None, state) if state == file.state else None
