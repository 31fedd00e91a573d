"""Documents and ranked passages made by hand, for tests that need no index."""

from index.documents import Document, Passage, RankedPassage

WEB_PAGE = Document(
    id="https://example.org/stress.html",
    title="Stress and sleep",
    link="https://example.org/stress.html",
    fingerprint="a1" * 32,
    metadata={"kind": "html", "authors": ["Ada Byron"], "date": "2024-05-01", "language": "en"},
)
PDF_FILE = Document(
    id="/papers/sleep.pdf",
    title="Sleep",
    link="file:///papers/sleep.pdf",
    fingerprint="b2" * 32,
    metadata={"kind": "pdf", "pages": 4},
)


def ranked(
    text: str, document: Document = WEB_PAGE, key: int = 1, page: int | None = None
) -> RankedPassage:
    """A passage of a document, ranked by its key."""
    return RankedPassage(
        key, 1 / key, Passage(key, document.id, 0, text, page=page, end=len(text)), document
    )
