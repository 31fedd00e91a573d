"""Web pages that a browser saved as one file (MHTML): the page among its pictures and styles."""

from email import message_from_bytes
from email.message import Message

from index.documents import Document
from index.errors import SourceError
from ingest.readers.html import read_html
from ingest.sources import Source


def read_mhtml(content: bytes, source: Source) -> Document:
    """Read the page; what is shown in frames within it is left out.

    Raises:
        SourceError: the file holds no page, or the page no article text.
    """
    try:
        parts = list(message_from_bytes(content).walk())
    except RecursionError as error:
        raise SourceError("it is damaged: its parts hold parts without end") from error
    page = next((part for part in parts if part.get_content_type() == "text/html"), None)
    if page is None:
        raise SourceError("it holds no web page; save the page from the browser again")
    return read_html(_as_utf8(page), source)


def _as_utf8(page: Message) -> bytes:
    """What the part says of its letters counts more than what the page says."""
    content = page.get_payload(decode=True)
    assert isinstance(content, bytes)  # noqa: S101  (of a part that is no container)
    try:
        return content.decode(page.get_content_charset("utf-8")).encode()
    except (LookupError, ValueError):
        return content
