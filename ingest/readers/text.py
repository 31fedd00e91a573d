"""Plain text: title, author and date from its first lines, hard-wrapped lines joined."""

import re

from index.documents import Document, Page
from index.errors import SourceError
from ingest.readers.encoding import decode
from ingest.sources import Source
from ingest.text_cleaning import one_line

_LONGEST_TITLE = 150
_HEAD_LINES = 6
_UNDERLINE = re.compile(r"^(\S.{0,120})\n[-=~]{3,}[ \t]*$", re.MULTILINE)
_AUTHOR = re.compile(r"^(?:by|authors?:)\s+(.+)$", re.IGNORECASE)
_DATE = re.compile(r"^(?:published|date:?|updated)?\s*(\d{4}-\d{2}-\d{2})$", re.IGNORECASE)
_LICENCE = re.compile(r"^licen[cs]e:\s*(.+)$", re.IGNORECASE)
_LIST_ITEM = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s")


def read_text(content: bytes, source: Source) -> Document:
    """Read a text file. Lines underlined with ``---`` or ``===`` are headings.

    Raises:
        SourceError: it holds no text.
    """
    text = _UNDERLINE.sub(r"\n## \1\n", decode(content).replace("\r\n", "\n")).strip()
    if not text:
        raise SourceError("it holds no text")
    lines = text.splitlines()
    first = lines[0].removeprefix("## ").strip()
    has_title = len(first) <= _LONGEST_TITLE and len(lines) > 1
    head = [line.strip() for line in lines[:_HEAD_LINES]]
    about = [
        line for line in head if _AUTHOR.match(line) or _DATE.match(line) or _LICENCE.match(line)
    ]
    body = [line for line in lines[int(has_title) :] if line.strip() not in about]
    return Document(
        id=source.id,
        title=first if has_title else (source.path.stem if source.path else source.link),
        link=source.link,
        pages=(Page(_join_lines("\n".join(body))),),
        metadata={
            "kind": "text",
            "authors": _found(_AUTHOR, about),
            "date": next(iter(_found(_DATE, about)), ""),
            "licence": next(iter(_found(_LICENCE, about)), ""),
            "reader": "text",
        },
    )


def _found(pattern: re.Pattern[str], lines: list[str]) -> list[str]:
    return [match[1] for line in lines if (match := pattern.match(line))]


def _join_lines(text: str) -> str:
    paragraphs = (paragraph for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip())
    return "\n\n".join(_join_paragraph(paragraph.splitlines()) for paragraph in paragraphs)


def _join_paragraph(lines: list[str]) -> str:
    joined: list[str] = []
    for line in filter(str.strip, lines):
        if joined and not _LIST_ITEM.match(line) and not joined[-1].startswith("## "):
            joined[-1] = f"{joined[-1]} {one_line(line)}"
        else:
            joined.append(one_line(line))
    return "\n".join(joined)
