"""Which document, page and passage an address of the viewer means."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from index.documents import Document, Page, RankedPassage
from index.file_names import path_of
from index.search import Index
from index.sentences import Span
from search_app.links import FINGERPRINT_LENGTH
from search_app.quotes import best_quotes, score_quotes
from search_app.telling_words import read_telling_words

_MOST_DIGITS = 15


@dataclass(frozen=True)
class View:
    """What the viewer shows.

    Attributes:
        document: without its pages.
        pages: all of its pages.
        position: 0-based place of the page that is shown.
        cited: the cited passage, where the shown page is the one that holds it.
        mark: the best sentence of the passage for the question, counted in the passage.
    """

    document: Document
    pages: tuple[Page, ...]
    position: int
    cited: RankedPassage | None = None
    mark: Span | None = None

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self.pages[self.position]

    @property
    def cited_in_page(self) -> Span | None:
        """Range of the cited passage in the page's text."""
        return Span(self.cited.passage.start, self.cited.passage.end) if self.cited else None

    @property
    def mark_in_page(self) -> Span | None:
        """Range of the marked sentence in the page's text."""
        if self.cited is None or self.mark is None:
            return None
        offset = self.cited.passage.start
        return Span(offset + self.mark.start, offset + self.mark.end)


def resolve_view(index: Index, parameters: Mapping[str, str]) -> View | None:
    """What an address means; None where the index no longer holds it.

    Args:
        index: an opened index.
        parameters: of the address: ``passage`` (its id) or ``doc`` (the start of a
            document's fingerprint), and optionally ``page`` (number) and ``q`` (question).
    """
    key = _number(parameters.get("passage", ""))
    cited = index.passage(key) if key is not None else None
    document = cited.document if cited else _document(index, parameters.get("doc", ""))
    pages = index.database.pages(document.id, index.manifest.build) if document else ()
    if not document or not pages:
        return None
    wanted = _number(parameters.get("page", ""))
    number = cited.passage.page if cited and wanted is None else wanted
    position = next((i for i, page in enumerate(pages) if page.number == number), 0)
    if not cited or cited.passage.page != pages[position].number:
        return View(document, pages, position)
    return View(document, pages, position, cited, _mark(index, cited, parameters.get("q", "")))


def original_file(document: Document) -> Path | None:
    """The file that a document was read from, if it is still there and the same."""
    if not document.is_local:
        return None
    try:
        with path_of(document.id).open("rb") as file:
            same = hashlib.file_digest(file, "sha256").hexdigest() == document.fingerprint
    except OSError:
        return None
    return path_of(document.id) if same else None


def _number(text: str) -> int | None:
    """A number as it can stand in an index; longer ones are nonsense."""
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None


def _document(index: Index, fingerprint: str) -> Document | None:
    # A shorter one could mean several documents.
    if len(fingerprint) < FINGERPRINT_LENGTH:
        return None
    return next((d for d in index.documents() if d.fingerprint.startswith(fingerprint)), None)


def _mark(index: Index, cited: RankedPassage, question: str) -> Span | None:
    if not question.strip():
        return None
    words = read_telling_words(index.words, question)
    scored = score_quotes(index.embedder, question, [cited], words)
    return best_quotes(scored).get(cited.passage.id)
