"""Which document, page and passage an address of the viewer means."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from index.documents import Document, Page, RankedPassage
from index.search import Index
from index.sentences import Span, sentence_spans
from search_app.links import FINGERPRINT_LENGTH
from search_app.page_image import Mark
from search_app.question_marks import MarkedPassage, marks_of_question

_MOST_DIGITS = 15
_RANGE = re.compile(r"(\d{1,6})-(\d{1,6})", re.ASCII)

FindMarks = Callable[[Index, str, str, RankedPassage | None], tuple[MarkedPassage, ...]]


@dataclass(frozen=True)
class View:
    """What the viewer shows.

    Attributes:
        document: without its pages.
        pages: all of its pages.
        position: 0-based place of the page that is shown.
        named: the passage that the address names, on whatever page it stands.
        mark: its cited sentence, counted in the passage: the one that the address names, else
            the best one for the question.
        also: what else of the document the question finds, in reading order.
    """

    document: Document
    pages: tuple[Page, ...]
    position: int
    named: RankedPassage | None = None
    mark: Span | None = None
    also: tuple[MarkedPassage, ...] = ()

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self.pages[self.position]

    @property
    def cited(self) -> RankedPassage | None:
        """The passage that the address names, where the shown page is the one that holds it."""
        on_page = self.named and self.named.passage.page == self.page.number
        return self.named if on_page else None

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

    @property
    def also_here(self) -> tuple[MarkedPassage, ...]:
        """What else the question finds on the page that is shown."""
        return tuple(one for one in self.also if one.found.passage.page == self.page.number)


def resolve_view(
    index: Index, parameters: Mapping[str, str], find_marks: FindMarks = marks_of_question
) -> View | None:
    """What an address means; None where the index no longer holds it.

    Args:
        index: an opened index.
        parameters: of the address: ``passage`` (its id) or ``doc`` (the start of a
            document's fingerprint), and optionally ``page`` (number), ``q`` (question) and
            ``mark`` (the cited sentence, as its range in the passage: ``12-80``).
        find_marks: finds what a question marks in a document.
    """
    key = _number(parameters.get("passage", ""))
    named = index.passage(key) if key is not None else None
    document = named.document if named else _document(index, parameters.get("doc", ""))
    pages = index.database.pages(document.id, index.manifest.build) if document else ()
    if not document or not pages:
        return None
    wanted = _number(parameters.get("page", ""))
    number = named.passage.page if named and wanted is None else wanted
    position = next((i for i, page in enumerate(pages) if page.number == number), 0)
    marks = find_marks(index, document.id, parameters.get("q", ""), named)
    if named is None:
        return View(document, pages, position, also=marks)
    best = next((one.mark for one in marks if one.found.passage.id == named.passage.id), None)
    also = tuple(one for one in marks if one.found.passage.id != named.passage.id)
    mark = _range(parameters.get("mark", ""), len(named.passage.text)) or best
    return View(document, pages, position, named, mark, also)


def page_marks(view: View) -> list[Mark]:
    """What is to be marked on the picture of a page."""
    length = max(1, len(view.page.text))
    marks = [Mark("also", one.text, one.in_page.start / length) for one in view.also_here]
    if view.cited is None:
        return marks
    text, offset = view.cited.passage.text, view.cited.passage.start
    cited = view.mark
    for span in sentence_spans(text):
        if cited is None or span.end <= cited.start or cited.end <= span.start:
            near = (offset + span.start) / length
            marks.append(Mark("passage", text[span.start : span.end], near))
    if cited:
        near = (offset + cited.start) / length
        marks.append(Mark("cited", text[cited.start : cited.end], near))
    return marks


def _number(text: str) -> int | None:
    """A number as it can stand in an index; longer ones are nonsense."""
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None


def _document(index: Index, fingerprint: str) -> Document | None:
    # A shorter one could mean several documents.
    if len(fingerprint) < FINGERPRINT_LENGTH:
        return None
    return next((d for d in index.documents() if d.fingerprint.startswith(fingerprint)), None)


def _range(text: str, length: int) -> Span | None:
    """A range of a passage of that length, where the text names one."""
    match = _RANGE.fullmatch(text)
    span = Span(int(match[1]), int(match[2])) if match else None
    return span if span and span.start < span.end <= length else None
