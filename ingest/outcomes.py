"""What becomes of each source of an ingest: counted once, told as its turn comes."""

import logging
from collections.abc import Callable, Container

from index.errors import SourceError
from ingest.report import IngestReport

_log = logging.getLogger(__name__)

Progress = Callable[[str, int], None]


class Outcomes:
    """Collects what the report says."""

    def __init__(self, shown: Container[str], progress: Progress) -> None:
        """Take the documents that the current build shows, and who is told of each source."""
        self._shown = shown
        self._progress = progress
        self._ids: dict[str, list[str]] = {
            name: [] for name in ("added", "updated", "unchanged", "removed")
        }
        self._counted: set[str] = set()
        self._turns: set[str] = set()
        self.failed: dict[str, str] = {}
        self.duplicates: dict[str, str] = {}
        self.embedded = 0

    def take_turn(self, source_id: str) -> None:
        """A source's turn has come."""
        # A duplicate may have a second turn.
        if source_id not in self._turns:
            self._progress(source_id, len(self._turns))
            self._turns.add(source_id)

    def wait(self, source_id: str) -> None:
        """A source takes long."""
        self._progress(source_id, len(self._turns))

    def count(self, document_id: str) -> None:
        """A document was read or moved; it is counted once, whichever it was."""
        self._count(document_id, "updated" if document_id in self._shown else "added")

    def count_unchanged(self, document_id: str) -> None:
        """A document is as it was; an ingest that was killed may have added it."""
        self._count(document_id, "unchanged" if document_id in self._shown else "added")

    def count_removed(self, document_id: str) -> None:
        """The place of a document has gone."""
        self._ids["removed"].append(document_id)

    def fail(self, source_id: str, error: Exception, *, is_kept: bool) -> None:
        """A source cannot be read.

        Args:
            source_id: the source.
            error: why; one that is no `SourceError` is a fault of ours or of a library.
            is_kept: whether the index holds an earlier version.
        """
        self.take_turn(source_id)
        if isinstance(error, SourceError):
            reason = str(error)
        else:
            _log.error("Reading %s", source_id, exc_info=error)
            reason = f"unexpected {type(error).__name__}: {error}; please report it"
        self.failed[source_id] = reason + (
            "; its earlier version stays in the index" if is_kept else ""
        )

    def report(
        self, failed: dict[str, str], passages: dict[str, int], notices: tuple[str, ...]
    ) -> IngestReport:
        """The report.

        Args:
            failed: all sources that could not be read, with the reason.
            passages: of each document of the index.
            notices: what else the user should know.
        """
        return IngestReport(
            **{name: tuple(ids) for name, ids in self._ids.items()},
            failed=tuple(failed.items()),
            duplicates=tuple(self.duplicates.items()),
            documents=len(passages),
            passages=sum(passages.values()),
            embedded=self.embedded,
            notices=notices,
        )

    def _count(self, document_id: str, outcome: str) -> None:
        if document_id not in self._counted:
            self._counted.add(document_id)
            self._ids[outcome].append(document_id)
