"""Reading the sources again: does every passage still stand where it is said to stand?"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from index.database import Database, open_database
from index.documents import Document, Page, Passage
from index.errors import IndexMissingError, SourceError
from index.file_names import path_of
from index.locations import other_places
from index.sentences import sentence_spans
from ingest.pages import Pages
from ingest.reading import LIMITS, LIMITS_WITH_OCR, Reading, files_only, read_source, start_reader
from ingest.sources import WEB, Source
from ingest.web import WebRules

# Called before each document with its id, how many are done, and how many there are.
Progress = Callable[[str, int, int], None]

FOUND, MOVED, GONE = "found", "moved", "gone"
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Place:
    """A range of characters of a page; the page's number is None for an article."""

    page: int | None
    start: int
    end: int


@dataclass(frozen=True)
class Difference:
    """A passage that is not at its place any more.

    Attributes:
        passage_id: its key in the index.
        state: `MOVED` or `GONE`.
        text: the passage, or of one that is gone the sentences that the source has no more.
        was: where the index has it.
        now: where the source has it, if it has.
    """

    passage_id: int
    state: str
    text: str
    was: Place
    now: Place | None = None


@dataclass(frozen=True)
class Verified:
    """What reading one document again showed.

    Attributes:
        document: without its pages.
        source: `same` or `changed` bytes, `missing`, `unreadable`, or `skipped` (an address).
        reason: why it could not be read.
        passages: how many the index has of it.
        found: how many of them stand at their place.
        differences: the others, where it could be read.
    """

    document: Document
    source: str
    reason: str = ""
    passages: int = 0
    found: int = 0
    differences: tuple[Difference, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether every passage was found; an address that was not asked for counts as sound."""
        return self.source == "skipped" or self.found == self.passages

    def count(self, state: str) -> int:
        """How many passages are in a state."""
        if state == FOUND:
            return self.found
        return sum(difference.state == state for difference in self.differences)


def verify(
    folder: Path,
    progress: Progress = lambda _document, _done, _total: None,
    *,
    web: WebRules | None = None,
) -> list[Verified]:
    """Read the source of each document again and look for its passages.

    Args:
        folder: of the index.
        progress: told of each document before it is read.
        web: what may be fetched of web addresses, and how; without it they are left out.

    Raises:
        IndexUnavailableError: there is no usable index.
    """
    fetch = Pages(web).fetch if web else files_only
    with closing(open_database(folder)) as database:
        build = database.read_manifest().build
        if build == 0:
            raise IndexMissingError(f"The index in {folder} holds no documents yet.")
        documents = database.documents(build)
        limits = LIMITS_WITH_OCR if any(map(_has_ocr, documents)) else LIMITS
        with closing(start_reader(limits)) as reader:
            read = partial(read_source, reader, fetch=fetch)
            keys = database.document_keys(build)
            verified = []
            for number, document in enumerate(documents):
                progress(document.id, number, len(documents))
                passages = _passages(database, keys[document.id], build)
                result = Verified(document, "same", passages=len(passages))
                if document.is_local or web:
                    places = [document.id, *other_places(database, document.id)]
                    verified.append(_verify(result, places, passages, read))
                else:
                    verified.append(replace(result, source="skipped"))
            return verified


def _passages(database: Database, document_key: int, build: int) -> list[Passage]:
    keys = database.connection.execute(
        "SELECT key FROM passage WHERE document_key = ?", (document_key,)
    )
    found = database.passages((key for (key,) in keys), build)
    return [found[key][0] for key in sorted(found)]


def _verify(
    result: Verified,
    places: Sequence[str],
    passages: Sequence[Passage],
    read: Callable[[Source], Reading],
) -> Verified:
    # Pages that were pictures are read as they were read before.
    source = _first_there(places, ocr=_has_ocr(result.document))
    if source is None:
        return replace(result, source="missing", reason="the file is no longer there")
    try:
        reading = read(source)
    except SourceError as error:
        return replace(result, source="unreadable", reason=str(error))
    pages = reading.document.pages if reading.document else ()
    differences = tuple(_differences(passages, pages))
    return replace(
        result,
        source="same" if reading.fingerprint == result.document.fingerprint else "changed",
        found=len(passages) - len(differences),
        differences=differences,
    )


def _has_ocr(document: Document) -> bool:
    reading = document.metadata.get("reading")
    return isinstance(reading, dict) and bool(reading.get("ocr_pages"))


def _first_there(places: Sequence[str], *, ocr: bool) -> Source | None:
    for place in places:
        if place.startswith(WEB):
            return Source(place, None, place, ocr)
        if (path := path_of(place)).is_file():
            return Source(place, path, path.as_uri(), ocr)
    return None


def _differences(passages: Sequence[Passage], pages: Sequence[Page]) -> Iterator[Difference]:
    for passage in passages:
        was = Place(passage.page, passage.start, passage.end)
        if _stands(passage, pages):
            continue
        now = _find(passage.text, pages)
        if now:
            yield Difference(passage.id, MOVED, passage.text, was, now)
            continue
        # Where it was only taken apart, every sentence of it can still be cited.
        spans = sentence_spans(passage.text)
        sentences = [passage.text[span.start : span.end] for span in spans]
        standing = [_find(sentence, pages) for sentence in sentences]
        gone = [text for text, place in zip(sentences, standing, strict=True) if place is None]
        if gone or not standing:
            yield Difference(passage.id, GONE, " ".join(gone) or passage.text, was)
        else:
            yield Difference(passage.id, MOVED, passage.text, was, standing[0])


def _stands(passage: Passage, pages: Sequence[Page]) -> bool:
    return any(
        page.number == passage.page and page.text[passage.start : passage.end] == passage.text
        for page in pages
    )


def _find(text: str, pages: Sequence[Page]) -> Place | None:
    """Where a text stands, however its lines are broken."""
    words = (re.escape(word) for word in _SPACE.split(text.strip()))
    pattern = re.compile(r"\s+".join(words))
    for page in pages:
        if match := pattern.search(page.text):
            return Place(page.number, match.start(), match.end())
    return None
