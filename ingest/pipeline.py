"""The whole way of an ingest: sources to documents to passages to vectors to the index."""

import hashlib
import logging
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from index.documents import Document, Passage
from index.embedder import Embedder, Vectors
from index.errors import SourceError
from index.writer import IndexWriter, open_writer
from ingest.bibliographies import Bibliographies, set_apart_bibliographies
from ingest.readers import read_document
from ingest.sources import WEB, FoundSources, Source, find_sources
from ingest.splitting import PASSAGE_TOKENS, split_passages

_log = logging.getLogger(__name__)

# Called before each source with its id, how many are done, and how many there are.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class IngestReport:
    """What an ingest did. Every source is in exactly one of the first four or `removed`.

    Attributes:
        added: ids of documents that are new.
        updated: ids of documents whose source had changed.
        unchanged: ids of documents that were not read again.
        failed: reason of each source that could not be read.
        removed: ids of documents whose file has gone from a folder that was read.
        duplicates: sources with the same bytes as another, and the id of that document.
        documents: documents in the index afterwards.
        passages: passages in the index afterwards.
        embedded: passages that the model had to embed.
    """

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()
    duplicates: tuple[tuple[str, str], ...] = ()
    documents: int = 0
    passages: int = 0
    embedded: int = 0


def ingest(
    arguments: Iterable[str],
    folder: Path,
    embedder: Embedder,
    progress: Progress = lambda _source, _done, _total: None,
) -> IngestReport:
    """Read sources into the index of a folder; only what changed is read and embedded.

    A source that fails is reported and the others go on; what was indexed of it before
    stays. Rows are committed one document at a time, so an interrupted run goes on where
    it ended.

    Args:
        arguments: files, folders and web addresses.
        folder: where the index is, or is to be.
        embedder: embeds the passages; must be the one that the index was built with.
        progress: told of each source before it is read.

    Raises:
        IndexBusyError: another process is writing to the index.
        IndexFormatError: the index is of another format, or damaged.
        ModelError: the index was built with another model.
    """
    found, bibliographies = set_apart_bibliographies(find_sources(arguments))
    with open_writer(folder, embedder, PASSAGE_TOKENS) as writer:
        run = _Run(writer, embedder, bibliographies)
        run.remove_gone(found)
        for number, source in enumerate(found.sources):
            progress(source.id, number, len(found.sources))
            run.take(source)
        run.settle_duplicates(found)
        return run.finish(found)


class _Run:
    """One ingest on its way; collects what the report says."""

    def __init__(
        self, writer: IndexWriter, embedder: Embedder, bibliographies: Bibliographies
    ) -> None:
        self._writer = writer
        self._embedder = embedder
        self._bibliographies = bibliographies
        # The state that the next build will have: what an interrupted run left counts.
        stored = writer.database.documents(writer.next)
        self._known = {d.id: bibliographies.known_fingerprint(d) for d in stored}
        self._shown = set(writer.database.document_keys(writer.current))
        self._by_fingerprint = {fingerprint: id_ for id_, fingerprint in self._known.items()}
        self._outcomes: dict[str, list[str]] = {
            name: [] for name in ("added", "updated", "unchanged", "removed")
        }
        self._failed: dict[str, str] = {}
        self._duplicates: dict[str, str] = {}
        self._embedded = 0

    def remove_gone(self, found: FoundSources) -> None:
        """Retire the documents whose file is no longer in a folder that was read."""
        present = {source.id for source in found.sources}
        for document_id in list(self._known):
            if document_id not in present and _is_within(document_id, found.folders):
                self._retire(document_id)
                self._outcomes["removed"].append(document_id)

    def take(self, source: Source) -> None:
        """Read one source, unless it is as it was."""
        try:
            content, media_type = _read_bytes(source)
            fingerprint = hashlib.sha256(content).hexdigest()
            if self._known.get(source.id) == fingerprint:
                outcome = "unchanged" if source.id in self._shown else "added"
                self._outcomes[outcome].append(source.id)
            elif same := self._present_twin(fingerprint):
                self._set_aside(source, same)
            else:
                document = read_document(content, source, media_type)
                self._store(replace(document, fingerprint=fingerprint))
        except SourceError as error:
            self._fail(source, str(error))
        except sqlite3.Error:
            # The index itself cannot be written: no other source will fare better.
            raise
        except Exception as error:  # noqa: BLE001
            # A fault of ours or of a library must not cost the other sources their turn.
            _log.exception("Reading %s", source.id)
            self._fail(source, f"unexpected {type(error).__name__}: {error}; please report it")

    def settle_duplicates(self, found: FoundSources) -> None:
        """Read the duplicates whose twin has changed since: no document holds their text now."""
        for source in found.sources:
            if self._duplicates.get(source.id) in self._outcomes["updated"]:
                del self._duplicates[source.id]
                self.take(source)

    def finish(self, found: FoundSources) -> IngestReport:
        """Publish what changed and report."""
        writer = self._writer
        failed = {**found.failed, **self._failed}
        tried = [source.id for source in found.sources]
        # Of a folder that was read, files that had failed may have gone.
        known = [name for name in writer.database.failures() if _is_within(name, found.folders)]
        writer.record_failures([*tried, *known, *found.failed], failed)
        if writer.has_changes() or not writer.is_sound():
            writer.publish()
        counts = writer.database.count(writer.current)
        return IngestReport(
            **{name: tuple(ids) for name, ids in self._outcomes.items()},
            failed=tuple(failed.items()),
            duplicates=tuple(self._duplicates.items()),
            documents=len(counts),
            passages=sum(counts.values()),
            embedded=self._embedded,
        )

    def _fail(self, source: Source, reason: str) -> None:
        kept = "; its earlier version stays in the index" if source.id in self._known else ""
        self._failed[source.id] = f"{reason}{kept}"

    def _present_twin(self, fingerprint: str) -> str | None:
        """The document with the same bytes; one whose file has gone makes way for its new name."""
        same = self._by_fingerprint.get(fingerprint)
        if same is None or same.startswith(WEB) or Path(same).exists():
            return same
        self._retire(same)
        self._outcomes["removed"].append(same)
        return None

    def _set_aside(self, source: Source, same: str) -> None:
        if source.id in self._known:
            self._retire(source.id)
        self._duplicates[source.id] = same

    def _retire(self, document_id: str) -> None:
        self._writer.retire_document(document_id)
        self._by_fingerprint.pop(self._known.pop(document_id), None)

    def _store(self, document: Document) -> None:
        document = self._bibliographies.describe(document)
        passages = split_passages(document, self._embedder.count_tokens)
        if not passages:
            raise SourceError("it holds no text besides headings and references")
        self._writer.add_document(document, passages, self._embed(document, passages))
        self._outcomes["updated" if document.id in self._shown else "added"].append(document.id)
        self._by_fingerprint.pop(self._known.get(document.id, ""), None)
        self._known[document.id] = document.fingerprint
        self._by_fingerprint[document.fingerprint] = document.id

    def _embed(self, document: Document, passages: list[Passage]) -> Vectors:
        """Vectors of the passages; a text that an earlier version had keeps its vector."""
        stored = self._writer.database.vectors_by_text(document.id)
        new = list({p.text for p in passages if p.text not in stored})
        embedded = dict(zip(new, self._embedder.embed_passages(new), strict=True))
        self._embedded += len(new)
        return np.stack(
            [
                embedded[p.text]
                if p.text in embedded
                else np.frombuffer(stored[p.text], dtype=np.float16).astype(np.float32)
                for p in passages
            ]
        )


def _read_bytes(source: Source) -> tuple[bytes, str]:
    if source.path is None:
        # Its import takes as long as embedding three passages; most libraries are of files.
        from ingest.fetching import fetch  # noqa: PLC0415

        fetched = fetch(source.id)
        return fetched.content, fetched.media_type
    try:
        return source.path.read_bytes(), ""
    except OSError as error:
        raise SourceError(f"the file cannot be opened ({error.strerror})") from error


def _is_within(document_id: str, folders: Iterable[Path]) -> bool:
    return any(Path(document_id).is_relative_to(folder) for folder in folders)
