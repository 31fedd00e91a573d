"""Corrections of a document's description by hand: what a form shows, and what it changes."""

import sqlite3
from collections.abc import Generator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from index.corrections import BY_HAND, checked_fields, read_correction, save_correction
from index.database import Database, open_database
from index.documents import Document
from index.errors import CorrectionError
from index.search import Index
from search_app.evidence.studies import read_study
from search_app.evidence.study_types import Stated, StudyType
from search_app.evidence.subjects import Subjects


@dataclass(frozen=True)
class FormField:
    """A field of the form.

    Attributes:
        name: in the description.
        label: what stands before it.
        help: how to fill it in.
        choices: what it can be; empty where anything is typed.
    """

    name: str
    label: str
    help: str = ""
    choices: tuple[str, ...] = ()


FORM = (
    FormField("title", "Title"),
    FormField("authors", "Authors", "With semicolons between them"),
    FormField("date", "Date", "2024, 2024-05 or 2024-05-31"),
    FormField("journal", "Journal or site"),
    FormField("doi", "DOI"),
    FormField("tags", "Tags", "With semicolons between them"),
    FormField("study_type", "Study type", choices=tuple(StudyType)),
    FormField("species", "Studied", choices=tuple(Subjects)),
    FormField("size", "Size of the study", "How many took part"),
)
_OF_THE_STUDY = ("study_type", "species", "size")


def shown_fields(document: Document) -> dict[str, str]:
    """The description of a document as the form shows it."""
    stated = {"title": document.title, **document.metadata}
    return {field.name: _shown(stated.get(field.name)) for field in FORM}


def choices_of(field: FormField, shown: str) -> list[str]:
    """What a field can be: as it was read, any of its choices, or what it has been corrected to."""
    return list(dict.fromkeys(["", *field.choices, shown]))


def as_read(index: Index, document: Document) -> dict[str, Stated]:
    """What the rules read of a study, by field, whatever has been corrected."""
    stated = {k: v for k, v in document.metadata.items() if k not in _OF_THE_STUDY}
    pages = index.database.pages(document.id, index.manifest.build)
    study = read_study(replace(document, metadata=stated), pages)
    return dict(zip(_OF_THE_STUDY, (study.kind, study.subjects, study.size), strict=True))


def correct(folder: Path, document: Document, filled_in: Mapping[str, str]) -> bool:
    """Keep what was changed in the form; the rest stays as readers find it from now on.

    Args:
        folder: of the index.
        document: as it was shown.
        filled_in: the fields of the form.

    Returns:
        Whether anything was changed.

    Raises:
        CorrectionError: a field cannot be right, or the index cannot be written; nothing is kept.
    """
    shown = shown_fields(document)
    changed = {name: text for name, text in filled_in.items() if text.strip() != shown[name]}
    fields = checked_fields(changed)
    if not fields:
        return False
    with _opened(folder) as database:
        kept = read_correction(database, document.id)
        save_correction(database, document.id, {**kept, **fields})
    return True


def take_back(folder: Path, document: Document) -> None:
    """Show the description again as it was read.

    Raises:
        CorrectionError: the index cannot be written.
    """
    with _opened(folder) as database:
        save_correction(database, document.id, {})


def is_corrected(document: Document) -> bool:
    """Whether any field was corrected by hand."""
    origins = document.metadata.get("origins")
    return isinstance(origins, dict) and BY_HAND in origins.values()


@contextmanager
def _opened(folder: Path) -> Generator[Database]:
    try:
        with closing(open_database(folder)) as database:
            yield database
    except sqlite3.OperationalError as error:
        raise CorrectionError(f"the index in {folder} cannot be written ({error})") from error


def _shown(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value or "")
