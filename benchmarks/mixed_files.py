"""A library of small files of six formats, each of three passages that name their version."""

import io
from collections.abc import Callable
from html import escape
from pathlib import Path

from docx import Document as WordFile
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

WORD = "immune"
PASSAGES = 3
_SUBJECTS = ("Sleep", "Cold water", "Loneliness")
_LINE_WORDS = 12


def write_files(folder: Path, files: int, version: int) -> None:
    """Write all files in a version: text, Markdown, HTML, PDF, Word and JATS in turn."""
    for number in range(files):
        ending, written = _FORMATS[number % len(_FORMATS)]
        sections = [(subject, _paragraph(subject, number, version)) for subject in _SUBJECTS]
        content = written(f"Document {number} on what helps", sections)
        (folder / f"{number:04}.{ending}").write_bytes(content)


def version_of(passage: str) -> int:
    """The version that a passage is of."""
    return int(passage.partition("version ")[2].partition("x")[0])


def _paragraph(subject: str, number: int, version: int) -> str:
    # No two paragraphs of a file begin alike: lines that repeat are taken for running heads.
    return (
        f"{subject} in document {number} is about {WORD} cells, here in version {version}x. "
        + f"{subject} goes on for a while, so that it is taken for the text of an article. " * 3
    )


_Sections = list[tuple[str, str]]


def _text(title: str, sections: _Sections) -> bytes:
    parts = (f"{head}\n{'-' * len(head)}\n\n{body}\n\n" for head, body in sections)
    return f"{title}\n\n{''.join(parts)}".encode()


def _markdown(title: str, sections: _Sections) -> bytes:
    parts = (f"## {head}\n\n{body}\n\n" for head, body in sections)
    return f"# {title}\n\n{''.join(parts)}".encode()


def _html(title: str, sections: _Sections) -> bytes:
    parts = "".join(f"<h2>{escape(head)}</h2><p>{escape(body)}</p>" for head, body in sections)
    return (
        f"<html><head><title>{title}</title></head>"
        f"<body><article><h1>{title}</h1>{parts}</article></body></html>"
    ).encode()


def _pdf(title: str, sections: _Sections) -> bytes:
    """A page a section, so that none is taken for part of another."""
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=A4)
    canvas.setTitle(title)
    for head, body in sections:
        canvas.setFont("Helvetica-Bold", 14)
        canvas.drawString(60, 780, head)
        canvas.setFont("Helvetica", 10)
        words = body.split()
        for line, start in enumerate(range(0, len(words), _LINE_WORDS)):
            canvas.drawString(60, 750 - 13 * line, " ".join(words[start : start + _LINE_WORDS]))
        canvas.showPage()
    canvas.save()
    return content.getvalue()


def _word(title: str, sections: _Sections) -> bytes:
    content = io.BytesIO()
    file = WordFile()
    file.add_heading(title, 0)
    for head, body in sections:
        file.add_heading(head, 1)
        file.add_paragraph(body)
    file.save(content)
    return content.getvalue()


def _jats(title: str, sections: _Sections) -> bytes:
    parts = "".join(f"<sec><title>{head}</title><p>{body}</p></sec>" for head, body in sections)
    return (
        "<article><front><article-meta><title-group>"
        f"<article-title>{title}</article-title></title-group></article-meta></front>"
        f"<body>{parts}</body></article>"
    ).encode()


_FORMATS: tuple[tuple[str, Callable[[str, _Sections], bytes]], ...] = (
    ("txt", _text),
    ("md", _markdown),
    ("html", _html),
    ("pdf", _pdf),
    ("docx", _word),
    ("nxml", _jats),
)
