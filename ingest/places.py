"""Which sources hold the same content, on the way of an ingest: one document, several places."""

from index.content import content_sha256
from index.documents import Document
from index.file_names import path_of
from index.locations import (
    Location,
    add_location,
    content_hashes,
    forget_location,
    locations,
    move_document,
)
from index.writer import IndexWriter
from ingest.sources import WEB, FoundSources, exists, gone_from_folders


class Places:
    """The places of the documents that the next build will have, kept in the index."""

    def __init__(self, writer: IndexWriter) -> None:
        """Start with what the index knows."""
        self._writer = writer
        self._known = {location.id: location for location in locations(writer.database)}
        self._content = content_hashes(writer.database)
        self._by_content = {content: id_ for id_, content in self._content.items()}

    def document_of(self, source_id: str, fingerprint: str) -> str | None:
        """The document that the place was found to hold, if its bytes are still the same."""
        location = self._known.get(source_id)
        return location.document_id if location and location.fingerprint == fingerprint else None

    def twin(self, source_id: str, content: str) -> str | None:
        """Another document with the same content."""
        same = self._by_content.get(content)
        return same if same != source_id else None

    def heir(self, document_id: str) -> Location | None:
        """Another place of a document, one that still exists."""
        return next(
            (
                location
                for location in self._known.values()
                if location.document_id == document_id and exists(location.id)
            ),
            None,
        )

    def add(self, location: Location) -> None:
        """Note that a place holds the content of a document."""
        self._known[location.id] = location
        add_location(self._writer, location)

    def forget(self, source_id: str) -> None:
        """The place holds nothing now, or a document of its own."""
        if self._known.pop(source_id, None):
            forget_location(self._writer, source_id)

    def forget_gone(self, found: FoundSources) -> None:
        """Forget the places whose file is no longer in a folder that was read."""
        for id_ in gone_from_folders(list(self._known), found):
            self.forget(id_)

    def stored(self, document: Document) -> None:
        """A document holds this content now, and its place is its own."""
        self.retired(document.id)
        self.forget(document.id)
        self._hold(document.id, content_sha256(document))

    def retired(self, document_id: str) -> None:
        """The index holds the document no more."""
        content = self._content.pop(document_id, "")
        if self._by_content.get(content) == document_id:
            del self._by_content[content]

    def move(self, document_id: str, to: Location) -> None:
        """Give a document another place as its id; nothing is read or embedded again."""
        link = to.id if to.id.startswith(WEB) else path_of(to.id).as_uri()
        move_document(self._writer, document_id, to, link)
        content = self._content[document_id]
        self.retired(document_id)
        self._hold(to.id, content)
        self._known = {place.id: place for place in locations(self._writer.database)}

    def _hold(self, document_id: str, content: str) -> None:
        self._content[document_id] = content
        self._by_content[content] = document_id
