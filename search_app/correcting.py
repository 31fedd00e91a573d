"""Corrections of a document's description by hand: what a form shows, and what it changes."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index.corrections import BY_HAND, checked_fields, read_correction, save_correction
from index.database import open_database
from index.documents import Document


@dataclass(frozen=True)
class FormField:
    """A field of the form: its name, what stands before it, and how to fill it in."""

    name: str
    label: str
    help: str = ""


FORM = (
    FormField("title", "Title"),
    FormField("authors", "Authors", "With semicolons between them"),
    FormField("date", "Date", "2024, 2024-05 or 2024-05-31"),
    FormField("journal", "Journal or site"),
    FormField("doi", "DOI"),
    FormField("tags", "Tags", "With semicolons between them"),
)


def shown_fields(document: Document) -> dict[str, str]:
    """The description of a document as the form shows it."""
    stated = {"title": document.title, **document.metadata}
    return {field.name: _shown(stated.get(field.name)) for field in FORM}


def correct(folder: Path, document: Document, filled_in: Mapping[str, str]) -> bool:
    """Keep what was changed in the form; the rest stays as readers find it from now on.

    Args:
        folder: of the index.
        document: as it was shown.
        filled_in: the fields of the form.

    Returns:
        Whether anything was changed.

    Raises:
        CorrectionError: a field cannot be right; nothing is kept then.
    """
    shown = shown_fields(document)
    changed = {name: text for name, text in filled_in.items() if text.strip() != shown[name]}
    fields = checked_fields(changed)
    if not fields:
        return False
    with closing(open_database(folder)) as database:
        kept = read_correction(database, document.id)
        save_correction(database, document.id, {**kept, **fields})
    return True


def take_back(folder: Path, document: Document) -> None:
    """Show the description again as it was read."""
    with closing(open_database(folder)) as database:
        save_correction(database, document.id, {})


def is_corrected(document: Document) -> bool:
    """Whether any field was corrected by hand."""
    origins = document.metadata.get("origins")
    return isinstance(origins, dict) and BY_HAND in origins.values()


def _shown(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value or "")
