"""What a document says, whatever file it was read from."""

import hashlib

from index.documents import Document
from index.overlap import words_of


def content_sha256(document: Document) -> str:
    """SHA-256 of the words of title and text: the same for a text as PDF, page and plain file.

    The title counts once: some formats repeat it at the head of the text, others do not.
    """
    title = words_of(document.title)
    words = [word for page in document.pages for word in words_of(page.text)]
    body = words[len(title) :] if words[: len(title)] == title else words
    return hashlib.sha256("\n".join([" ".join(title), *body]).encode()).hexdigest()
