"""The formats of a talk pack, by the name that the command line gives them."""

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from search_app.exports.talk import Talk


@dataclass(frozen=True)
class Format:
    """One way to take a talk along.

    Attributes:
        label: what the button says.
        extension: of the file's name, with its dot.
        media_type: of the file.
        write: makes the file.
    """

    label: str
    extension: str
    media_type: str
    write: Callable[[Talk], bytes]


def _slides(talk: Talk) -> bytes:
    from search_app.exports.slides import write_slides  # noqa: PLC0415  (loads python-pptx)

    return write_slides(talk)


def _handout(talk: Talk) -> bytes:
    from search_app.exports.handout import write_handout  # noqa: PLC0415  (loads python-docx)

    return write_handout(talk)


def _markdown(talk: Talk) -> bytes:
    from search_app.exports.markdown import write_markdown  # noqa: PLC0415

    return write_markdown(talk)


def _bibtex(talk: Talk) -> bytes:
    from search_app.references.bibtex import write_bibtex  # noqa: PLC0415

    return write_bibtex(talk.items).encode()


def _ris(talk: Talk) -> bytes:
    from search_app.references.ris import write_ris  # noqa: PLC0415

    return write_ris(talk.items).encode()


def _csl(talk: Talk) -> bytes:
    return json.dumps(talk.items, ensure_ascii=False, indent=2).encode()


def _table(talk: Talk) -> bytes:
    from search_app.exports.table import write_table  # noqa: PLC0415

    return write_table(talk)


_MOST_NAME_CHARACTERS = 60
_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS = {
    "pptx": Format("Slides", ".pptx", f"{_OFFICE}.presentationml.presentation", _slides),
    "docx": Format("Hand-out", ".docx", f"{_OFFICE}.wordprocessingml.document", _handout),
    "md": Format("Markdown", ".md", "text/markdown", _markdown),
    "bib": Format("BibTeX", ".bib", "application/x-bibtex", _bibtex),
    "ris": Format("RIS", ".ris", "application/x-research-info-systems", _ris),
    "csl": Format("CSL-JSON", ".json", "application/vnd.citationstyles.csl+json", _csl),
    "csv": Format("Table", ".csv", "text/csv", _table),
}


def file_name(title: str, chosen: Format | None = None) -> str:
    """A file name of letters, digits and dashes, made of a title."""
    words = re.findall(r"\w+", unicodedata.normalize("NFC", title))
    stem = "-".join(words)[:_MOST_NAME_CHARACTERS].strip("-") or "collection"
    return stem + (chosen.extension if chosen else "")
