"""Bytes of a text file to characters."""

from charset_normalizer import from_bytes

from index.errors import SourceError


def decode(content: bytes) -> str:
    """Decode text: UTF-8 where it is that, else the likeliest encoding.

    Raises:
        SourceError: it is not text.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(content).best()
    if best is None:
        raise SourceError("it is not text in any encoding; save it again as UTF-8")
    return str(best)
