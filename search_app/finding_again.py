"""Where an excerpt stands in the library now, which may have been read anew since."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index.documents import Document, Page, Passage, RankedPassage
from index.search import Index
from index.sentences import Span
from search_app.excerpts import Excerpt, described

_GONE = "The library no longer holds this document. The quote is kept as it was collected."
_CHANGED = (
    "The document has been read anew and no longer holds these words. The quote is kept as it was "
    "collected."
)


@dataclass(frozen=True)
class Standing:
    """Whether an excerpt was found again.

    Attributes:
        excerpt: with its place, passage and document as they are now, where it was found.
        found: the passage that holds it now; None where it was not found.
        mark: the quote's range in that passage.
        reason: why it was not found, for the reader; empty where it was.
    """

    excerpt: Excerpt
    found: RankedPassage | None = None
    mark: Span | None = None
    reason: str = ""


def find_again(index: Index, excerpts: Iterable[Excerpt]) -> list[Standing]:
    """Look up each excerpt in the library, by its words."""
    documents = index.documents()
    return [_find(index, documents, excerpt) for excerpt in excerpts]


def _find(index: Index, documents: Sequence[Document], excerpt: Excerpt) -> Standing:
    document = _same_document(documents, excerpt)
    if document is None:
        return Standing(excerpt, reason=_GONE)
    # The page it was on comes first: the same words may stand on others too.
    pages = index.database.pages(document.id, index.manifest.build)
    for page in sorted(pages, key=lambda page: page.number != excerpt.page):
        if span := _place(page, excerpt):
            return _standing(excerpt, document, page, span, _passages(index, document))
    return Standing(excerpt, reason=_CHANGED)


def _passages(index: Index, document: Document) -> list[Passage]:
    build = index.manifest.build
    key = index.database.document_keys(build)[document.id]
    stored = index.database.passages(index.database.passage_keys_of([key]), build)
    return [passage for passage, _ in stored.values()]


def _same_document(documents: Sequence[Document], excerpt: Excerpt) -> Document | None:
    """The document at the same place, else the same file elsewhere, else one of its name."""
    wanted = excerpt.document
    tests = (
        lambda document: document.id == wanted.id,
        lambda document: bool(wanted.fingerprint) and document.fingerprint == wanted.fingerprint,
        lambda document: document.is_local and document.id.endswith(f"/{excerpt.file_name}"),
    )
    for test in tests[: 3 if excerpt.file_name else 2]:
        if found := next(filter(test, documents), None):
            return found
    return None


def _place(page: Page, excerpt: Excerpt) -> Span | None:
    if excerpt.quote and page.text[excerpt.start : excerpt.end] == excerpt.quote:
        return Span(excerpt.start, excerpt.end)
    # Another version of a reader may break lines in other places.
    words = r"\s+".join(re.escape(word) for word in excerpt.quote.split())
    match = re.search(words, page.text) if words else None
    return Span(match.start(), match.end()) if match else None


def _standing(
    excerpt: Excerpt, document: Document, page: Page, span: Span, passages: Sequence[Passage]
) -> Standing:
    here = [passage for passage in passages if passage.page == page.number]
    holds = max(here, key=lambda passage: _overlap(passage, span), default=None)
    if holds is None or not _overlap(holds, span):
        return Standing(excerpt, reason=_CHANGED)
    mark = Span(max(span.start - holds.start, 0), min(span.end - holds.start, len(holds.text)))
    now = replace(
        excerpt,
        quote=page.text[span.start : span.end],
        passage=holds.text if mark.end - mark.start == span.end - span.start else excerpt.passage,
        document=described(document),
        page=page.number,
        page_label=page.label,
        heading=holds.heading,
        start=span.start,
        end=span.end,
    )
    return Standing(now, RankedPassage(1, 0.0, holds, document), mark)


def _overlap(passage: Passage, span: Span) -> int:
    return min(passage.end, span.end) - max(passage.start, span.start)
