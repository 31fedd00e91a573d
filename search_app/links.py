"""Links that open a source at the cited place."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode, urlsplit

from index.documents import Document, RankedPassage
from index.sentences import Span

# Longer sentences are named by their first and last words: a note mark or a line break
# in the middle then does no harm.
_WORDS_AT_EACH_END = 5
_FRAGMENT_WORDS = 2 * _WORDS_AT_EACH_END
# Enough of a document's SHA-256 to tell it from all others of a library.
FINGERPRINT_LENGTH = 16
_WEB = ("http", "https")
# The parameter of an address that shows the form to correct a description.
CORRECTING = "correct"

# What goes along from page to page, so that there is a way back: the parameters of an address
# that hold the question (``q``), what the library is narrowed to, and the order of the passages.
Asked = Mapping[str, Sequence[str]]
NOTHING_ASKED: Asked = {}


def open_link(ranked: RankedPassage, mark: Span | None = None) -> str:
    """Where a browser opens the source itself: a PDF at its page, a page at the sentence.

    Args:
        ranked: the passage.
        mark: its best sentence; without one the whole passage is meant.
    """
    link = ranked.document.link
    if urlsplit(link).scheme not in (*_WEB, "file"):
        return ""
    if ranked.passage.page is not None:
        return f"{link.partition('#')[0]}#page={ranked.passage.page}"
    if ranked.document.kind != "html":
        return link
    text = ranked.passage.text
    return link + text_fragment(text[mark.start : mark.end] if mark else text, link)


def text_fragment(text: str, link: str = "") -> str:
    """The part of an address that makes the browser scroll to a text and mark it.

    After "URL Fragment Text Directives", https://wicg.github.io/scroll-to-text-fragment/.

    Args:
        text: a range of the page's text.
        link: the address it is for; its own fragment is kept.
    """
    words = text.split()
    if len(words) > _FRAGMENT_WORDS:
        ends = (words[:_WORDS_AT_EACH_END], words[-_WORDS_AT_EACH_END:])
        directive = ",".join(_encoded(" ".join(end)) for end in ends)
    else:
        directive = _encoded(" ".join(words))
    return f"{'' if '#' in link else '#'}:~:text={directive}"


def viewer_link(
    ranked: RankedPassage, asked: Asked = NOTHING_ASKED, mark: Span | None = None
) -> str:
    """Address of the app's own viewer, at the passage. Names no path: only the index's key.

    Args:
        ranked: the passage.
        asked: what goes along.
        mark: the quoted sentence; without one the viewer marks the best one for the question.
    """
    place = {"mark": f"{mark.start}-{mark.end}"} if mark else {}
    return _viewer({"passage": str(ranked.passage.id), **place}, asked)


def document_link(document: Document, page: int | None = None, asked: Asked = NOTHING_ASKED) -> str:
    """Address of the app's own viewer, at a page of a document, or at its start."""
    place = {"page": str(page)} if page is not None else {}
    return _viewer({"doc": _short(document), **place}, asked)


def correction_link(document: Document, asked: Asked) -> str:
    """Address of the form that corrects what the library says of a document."""
    return _viewer({"doc": _short(document), CORRECTING: "1"}, asked)


def ask_link(asked: Asked) -> str:
    """Address of the page that answers, at a question and what was chosen besides."""
    return f"./?{urlencode(asked, doseq=True)}"


def file_link(document: Document, page: int | None = None) -> str:
    """Address at which the app hands out a local document's own file, a PDF at its page."""
    return f"source/{document.fingerprint}" + (f"#page={page}" if page is not None else "")


def _short(document: Document) -> str:
    return document.fingerprint[:FINGERPRINT_LENGTH]


def _viewer(own: Mapping[str, str], asked: Asked) -> str:
    return f"document?{urlencode({**own, **asked}, doseq=True)}"


def _encoded(text: str) -> str:
    # A dash separates parts of the directive, so it must not stand in the text.
    return quote(text, safe="").replace("-", "%2D")
