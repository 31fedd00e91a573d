"""Following folders: what changes in them is told after a second of quiet."""

import time
from collections.abc import Iterator, Sequence

from index.errors import SourceError
from index.file_state import FileState
from ingest.sidecars import sidecar_files
from ingest.sources import find_sources

_QUIET_MS = 1_000
# Files that never rest do not put it off for longer.
_LONGEST_WAIT_MS = 60_000
# The first look is for what changed before the system was asked to tell; the later ones are for
# folders of other machines, of which it may not know.
_FIRST_LOOK_MS = 2_000
_LOOK_AGAIN_SECONDS = 60


def changes(arguments: Sequence[str]) -> Iterator[None]:
    """An item at once, and one after each change of the files that the arguments lead to.

    Args:
        arguments: files, folders and web addresses; only folders are followed.

    Raises:
        SourceError: there is no folder among them.
    """
    from watchfiles import watch  # noqa: PLC0415

    folders = find_sources(arguments).folders
    if not folders:
        raise SourceError("--watch follows folders, and there is none to read; name one")
    # Before they are read for the first time: a change meanwhile is one.
    before = _states(arguments)
    yield
    next_look = 0.0
    for told in watch(
        *folders,
        watch_filter=None,
        step=_QUIET_MS,
        debounce=_LONGEST_WAIT_MS,
        rust_timeout=_FIRST_LOOK_MS,
        yield_on_timeout=True,
    ):
        if not told and time.monotonic() < next_look:
            continue
        next_look = time.monotonic() + _LOOK_AGAIN_SECONDS
        # The system tells of much that is no change to us: hidden files, the index itself.
        now = _states(arguments)
        if now != before:
            before = now
            yield


def _states(arguments: Sequence[str]) -> dict[str, FileState | None]:
    found = find_sources(arguments)
    states: dict[str, FileState | None] = dict.fromkeys(found.failed)
    files = [source.path for source in found.sources if source.path]
    for path in (*files, *sidecar_files(found)):
        try:
            states[str(path)] = FileState.of(path.stat())
        except OSError:
            states[str(path)] = None
    return states
