"""One ingest on its way: which sources are read, what is stored, what the report says."""

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import replace

from index.content import content_sha256
from index.embedder import Embedder
from index.errors import ReaderError, SourceError
from index.file_state import KnownFile
from index.locations import Location
from index.writer import IndexWriter
from ingest.bibliographies import Bibliographies
from ingest.embedding import SplitDocument, embed_batch
from ingest.grouping import compare_documents
from ingest.ocr_choice import needs_ocr
from ingest.outcomes import Outcomes
from ingest.places import Places
from ingest.reading import Reading
from ingest.reading_ahead import ReadingAhead
from ingest.remembering import remembered_reading
from ingest.report import IngestReport
from ingest.sidecars import apply_sidecars
from ingest.sources import FoundSources, Source, exists, gone_from_folders, is_within
from ingest.splitting import split_passages

# Documents are embedded together up to so many passages: as many as keep all cores busy, and
# few enough that an ingest that is killed has little to do again.
_BATCH_PASSAGES = 32


class Run:
    """One ingest on its way."""

    def __init__(
        self,
        writer: IndexWriter,
        embedder: Embedder,
        bibliographies: Bibliographies,
        progress: Callable[[str, int], None],
    ) -> None:
        """Take an open writer, what embeds and describes, and who is told of each source."""
        self._writer = writer
        self._embedder = embedder
        self._bibliographies = bibliographies
        # The state that the next build will have: what an interrupted run left counts.
        stored = writer.database.documents_as_read(writer.next)
        self._known = {one.id: bibliographies.known_fingerprint(one) for one in stored}
        self._by_fingerprint = {fingerprint: id_ for id_, fingerprint in self._known.items()}
        self._places = Places(writer)
        self._files = writer.database.files()
        self._read: dict[str, KnownFile] = {}
        self._batch: list[SplitDocument] = []
        self._outcomes = Outcomes(set(writer.database.document_keys(writer.current)), progress)

    def forget_unrecognised(self) -> None:
        """Have the documents read again that hold pages which only OCR can read."""
        for one in self._writer.database.documents(self._writer.next):
            if needs_ocr(one):
                self._by_fingerprint.pop(self._known[one.id], None)
                self._known[one.id] = ""

    def remove_gone(self, found: FoundSources) -> None:
        """Retire the documents whose file is no longer in a folder that was read."""
        self._places.forget_gone(found)
        gone = gone_from_folders({**self._known, **self._files}, found)
        for name in gone:
            if name in self._known:
                self._give_up(name)
                self._outcomes.count_removed(name)
        if gone:
            self._writer.forget_files(gone)

    def take(self, sources: Iterable[Source], readers: ReadingAhead) -> None:
        """Read sources, unless they are as they were; they are stored in their order."""
        unread = [source for source in sources if not self._settle_unopened(source)]
        # Asked for as late as can be: a document that made way is to be read again.
        asked = ((source, self._known.get(source.id, "")) for source in unread)
        for source, outcome in readers.read(asked, self._wait):
            if isinstance(outcome, ReaderError):
                raise outcome
            if isinstance(outcome, Exception):
                self._fail(source.id, outcome)
            elif not self._settle(source, outcome):
                self._split(source, outcome)
        self._store_batch()

    def apply_sidecars(self, found: FoundSources) -> None:
        """Keep what the sidecar files of the sources correct."""
        self._outcomes.failed.update(apply_sidecars(self._writer, found))

    def finish(self, found: FoundSources) -> IngestReport:
        """Publish what changed and report."""
        writer = self._writer
        failed = {**found.failed, **self._outcomes.failed}
        tried = [*(source.id for source in found.sources), *found.lists]
        # Of a folder that was read, files that had failed may have gone.
        known = [name for name in writer.database.failures() if is_within(name, found.folders)]
        writer.record_failures([*tried, *known, *found.failed], failed)
        compare_documents(writer)
        if writer.has_changes() or not writer.is_sound():
            writer.publish()
        return self._outcomes.report(failed, writer.database.count(writer.current), found.notices)

    def _settle_unopened(self, source: Source) -> bool:
        reading = remembered_reading(source, self._files)
        return reading is not None and self._settle(source, reading)

    def _settle(self, source: Source, reading: Reading) -> bool:
        """Whether nothing is to be stored: the document is there, or another with its bytes."""
        if self._known.get(source.id) == reading.fingerprint:
            self._outcomes.take_turn(source.id)
            self._outcomes.count_unchanged(source.id)
        elif same := self._twin(source, reading.fingerprint):
            self._set_aside(source, same, reading.fingerprint)
        else:
            return False
        self._note_file(source, reading)
        return True

    def _twin(self, source: Source, fingerprint: str) -> str | None:
        """The document that these bytes were found to hold, here or under another name."""
        same = self._by_fingerprint.get(fingerprint)
        return same or self._places.document_of(source.id, fingerprint)

    def _set_aside(self, source: Source, same: str, fingerprint: str) -> None:
        """Take a source for another place of a document; where that has gone, for its place."""
        self._outcomes.take_turn(source.id)
        if source.id in self._known:
            self._give_up(source.id)
        place = Location(source.id, same, fingerprint)
        self._places.add(place)
        if exists(same):
            self._outcomes.duplicates[source.id] = same
        else:
            self._move(same, place)
            self._outcomes.count_removed(same)

    def _give_up(self, document_id: str) -> None:
        """Its place holds it no more; it stays where another place does."""
        # It may be among those that wait to be stored.
        self._store_batch()
        if heir := self._places.heir(document_id):
            self._move(document_id, heir)
            return
        self._writer.retire_document(document_id)
        self._by_fingerprint.pop(self._known.pop(document_id), None)
        self._places.retired(document_id)

    def _move(self, document_id: str, to: Location) -> None:
        self._store_batch()
        self._places.move(document_id, to)
        self._by_fingerprint.pop(self._known.pop(document_id), None)
        self._hold(to.id, to.fingerprint)
        self._outcomes.duplicates.pop(to.id, None)
        self._outcomes.count(to.id)

    def _hold(self, document_id: str, fingerprint: str) -> None:
        self._by_fingerprint.pop(self._known.get(document_id, ""), None)
        self._known[document_id] = fingerprint
        self._by_fingerprint[fingerprint] = document_id

    def _split(self, source: Source, reading: Reading) -> None:
        if reading.document is None:
            self._fail(source.id, SourceError("it changed while it was read; run this again"))
            return
        read = replace(reading.document, fingerprint=reading.fingerprint)
        document = self._bibliographies.describe(read)
        if same := self._places.twin(document.id, content_sha256(document)):
            self._note_file(source, reading)
            self._set_aside(source, same, document.fingerprint)
            return
        try:
            passages = split_passages(document, self._embedder.count_tokens)
        except Exception as error:  # noqa: BLE001  (must not cost the other sources their turn)
            self._fail(source.id, error)
            return
        if not passages:
            reason = "it holds no text besides headings and references"
            self._fail(source.id, SourceError(reason))
            return
        if self._places.heir(document.id):
            self._give_up(document.id)
        self._note_file(source, reading)
        self._hold(document.id, document.fingerprint)
        self._places.stored(document)
        self._batch.append(SplitDocument(document, passages))
        if sum(len(one.passages) for one in self._batch) >= _BATCH_PASSAGES:
            self._store_batch()

    def _store_batch(self) -> None:
        batch, self._batch = self._batch, []
        try:
            embedded = embed_batch(batch, self._embedder, self._writer.database)
        except sqlite3.Error:
            # The index itself cannot be read: no other source will fare better.
            raise
        except Exception as error:  # noqa: BLE001  (as above)
            for one in batch:
                self._fail(one.document.id, error)
            return
        self._outcomes.embedded += embedded.new
        for one, made in zip(batch, embedded.passages, strict=True):
            self._outcomes.take_turn(one.document.id)
            self._writer.add_document(one.document, one.passages, made.vectors, made.signs)
            self._outcomes.count(one.document.id)
        # After the documents: what is noted is believed.
        self._writer.remember_files(self._read)
        self._read = {}

    def _note_file(self, source: Source, reading: Reading) -> None:
        if reading.state:
            file = KnownFile(reading.fingerprint, reading.state)
            if file != self._files.get(source.id):
                self._read[source.id] = file

    def _fail(self, source_id: str, error: Exception) -> None:
        self._outcomes.fail(source_id, error, is_kept=source_id in self._known)

    def _wait(self, source: Source) -> None:
        self._outcomes.wait(source.id)
