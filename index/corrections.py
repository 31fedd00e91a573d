"""Corrected descriptions of documents, from sidecar files and by hand.

They are kept apart from what readers found, by document id, and laid over it whenever a
document is read from the database: so they outlast every ingest and can be taken back.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from index.documents import Document
from index.errors import CorrectionError

if TYPE_CHECKING:
    from index.database import Database

TEXTS = ("title", "date", "journal", "doi", "language", "licence", "study_type", "species", "size")
LISTS = ("authors", "tags")
BY_HAND = "corrected by hand"

# Columns for queries on `document`: all corrections of a document in the order in which they
# are laid over it, and its title as corrected last.
CORRECTIONS_OF_DOCUMENT = (
    "(SELECT json_group_array(json_array(origin, json(content))) FROM (SELECT origin, content "
    "FROM correction WHERE correction.document_id = document.id ORDER BY by_hand))"
)
# Asked for each of hundreds of candidates a question: where nothing was corrected, it is not.
TITLE_OF_DOCUMENT = (
    "CASE WHEN EXISTS (SELECT 1 FROM correction) THEN "
    "coalesce((SELECT json_extract(content, '$.title') FROM correction WHERE document_id = "
    "document.id AND json_extract(content, '$.title') IS NOT NULL ORDER BY by_hand DESC LIMIT 1), "
    "title) ELSE title END"
)

_DATE_PARTS = 3
_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_DOI_PREFIX = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]+)*", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x1f\x7f]")


def corrected(document: Document, corrections: Iterable[tuple[str, Mapping]]) -> Document:
    """A document with corrections laid over its description, and where each field is from.

    Args:
        document: as its reader described it.
        corrections: origin and corrected fields; a later one counts more.
    """
    for origin, fields in corrections:
        if not fields:
            continue
        stated = document.metadata.get("origins")
        origins = {**(stated if isinstance(stated, dict) else {}), **dict.fromkeys(fields, origin)}
        described = {name: value for name, value in fields.items() if name != "title"}
        document = replace(
            document,
            title=fields.get("title", document.title),
            metadata={**document.metadata, **described, "origins": origins},
        )
    return document


def checked_fields(fields: Mapping[str, object]) -> dict[str, object]:
    """Corrected fields in the form in which they are kept; an empty one says "not known".

    Args:
        fields: texts by the names in `TEXTS`, and by those in `LISTS` lists of texts or one
            text with semicolons between.

    Raises:
        CorrectionError: a field is not known, or its value cannot be right.
    """
    unknown = [name for name in fields if name not in (*TEXTS, *LISTS)]
    if unknown:
        raise CorrectionError(
            f"there is no field {', '.join(map(repr, unknown))}; the fields are "
            f"{', '.join((*TEXTS, *LISTS))}"
        )
    checked: dict[str, object] = {
        name: _list(value) if name in LISTS else _text(value) for name, value in fields.items()
    }
    if checked.get("title") == "":
        raise CorrectionError("the title is empty; every document needs one")
    if doi := str(checked.get("doi", "")):
        checked["doi"] = _DOI_PREFIX.sub("", doi)
    _refuse_wrong(checked)
    return checked


def read_correction(database: "Database", document_id: str) -> dict[str, object]:
    """The fields of a document that were corrected by hand."""
    row = database.connection.execute(
        "SELECT content FROM correction WHERE document_id = ? AND by_hand", (document_id,)
    ).fetchone()
    return json.loads(row[0]) if row else {}


def read_sidecar_corrections(database: "Database") -> dict[str, dict[str, object]]:
    """What sidecar files correct, by document id."""
    rows = database.connection.execute(
        "SELECT document_id, content FROM correction WHERE NOT by_hand"
    )
    return {document_id: json.loads(content) for document_id, content in rows}


def save_correction(
    database: "Database", document_id: str, fields: Mapping[str, object], origin: str = BY_HAND
) -> None:
    """Keep corrected fields of a document in place of those kept before; none take them back.

    They are seen at once; words of the title are found from the next build on.

    Args:
        database: of the index.
        document_id: which document.
        fields: as `checked_fields` gives them.
        origin: where they are from; other than by hand, they are a sidecar file's.
    """
    with database.transaction():
        database.connection.execute(
            "INSERT OR REPLACE INTO correction VALUES (?, ?, ?, ?, ?)",
            (
                document_id,
                origin == BY_HAND,
                origin,
                json.dumps(fields, ensure_ascii=False),
                database.read_manifest().build + 1,
            ),
        )


def _text(value: object) -> str:
    # Halves of characters, which a form can send, cannot be stored.
    text = str(value).encode("utf-8", "replace").decode("utf-8")
    return " ".join(_CONTROL.sub(" ", text).split())


def _list(value: object) -> list[str]:
    parts = value if isinstance(value, (list, tuple)) else re.split(r"[;\n]", str(value))
    return [text for part in parts if (text := _text(part))]


def _refuse_wrong(fields: Mapping[str, object]) -> None:
    stated, doi, language = (str(fields.get(name, "")) for name in ("date", "doi", "language"))
    if stated and not _is_date(stated):
        raise CorrectionError(
            f"the date {stated!r} is none; write it as 2024, 2024-05 or 2024-05-31"
        )
    if doi and not _DOI.fullmatch(doi):
        raise CorrectionError(f"the DOI {doi!r} is none; it begins with 10., as in 10.1000/182")
    if language and not _LANGUAGE.fullmatch(language):
        raise CorrectionError(f"the language {language!r} is no code; write it as en or pt-br")


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    parts = [int(part) for part in text.split("-")]
    try:
        date(*(parts + [1] * (_DATE_PARTS - len(parts))))
    except ValueError:
        return False
    return True
