"""Find the links written out in a text."""

import re

_LINK = re.compile(r"https?://[^\s<>\"]+")
_BARE_LINK = re.compile(r"(?<!<)" + _LINK.pattern)


def find_links(text: str) -> list[str]:
    """Return every web address of a text, in order, without the punctuation after it."""
    return [_trim(match.group()) for match in _LINK.finditer(text)]


def mark_links(markdown: str) -> str:
    """Put bare addresses into angle brackets.

    Markdown then links them and leaves their underscores and asterisks alone, which DOIs may hold.
    """
    return _BARE_LINK.sub(_mark, markdown)


def _mark(match: re.Match[str]) -> str:
    """Return one address in angle brackets, followed by the punctuation that was not part of it."""
    link = _trim(match.group())
    return f"<{link}>{match.group()[len(link) :]}"


def _trim(link: str) -> str:
    """Drop closing punctuation, but no bracket that was opened inside, as in s0140-6736(05)7."""
    while link[-1] in ".,;:'" or (link[-1] == ")" and link.count("(") < link.count(")")):
        link = link[:-1]
    return link
