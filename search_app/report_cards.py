"""What a reader reported of a document: how much of it could be read, and by what means."""

from collections.abc import Mapping
from dataclasses import dataclass

from index.documents import Document
from index.search import Index
from search_app.wording import counted


@dataclass(frozen=True)
class ReportCard:
    """How a document was read.

    Attributes:
        reader: what read it.
        pages: how many it has; an article has one.
        pages_without_text: their numbers.
        columns: most columns found on a page; None where the reader does not tell.
        ocr_pages: numbers of the pages whose text was recognised from a picture.
        boilerplate_characters: removed as running heads, menus and the like; None where the
            reader does not tell.
        references: entries of its list of references; None where the reader does not tell.
        warnings: what else the reader of the library should know.
        origins: where each field of the description is from.
    """

    reader: str
    pages: int
    pages_without_text: tuple[int, ...]
    columns: int | None
    ocr_pages: tuple[int, ...]
    boilerplate_characters: int | None
    references: int | None
    warnings: tuple[str, ...]
    origins: Mapping[str, str]


def report_card(document: Document) -> ReportCard:
    """The card of a document; what its reader does not tell is left empty."""
    # Readers that do not fill in a card state pages and their name in the metadata itself.
    stated = document.metadata.get("reading")
    reading = {**document.metadata, **(stated if isinstance(stated, dict) else {})}
    origins = document.metadata.get("origins")
    return ReportCard(
        reader=str(reading.get("reader") or ""),
        pages=_number(reading.get("pages")) or 1,
        pages_without_text=_numbers(reading.get("pages_without_text")),
        columns=_number(reading.get("columns")),
        ocr_pages=_numbers(reading.get("ocr_pages")),
        boilerplate_characters=_number(reading.get("boilerplate_characters")),
        references=_number(reading.get("references")),
        warnings=tuple(str(warning) for warning in _items(reading.get("warnings"))),
        origins={str(k): str(v) for k, v in origins.items()} if isinstance(origins, dict) else {},
    )


def unread_line(index: Index) -> str:
    """How many of the sources could not be read fully, in a sentence; empty where all were."""
    failed = set(index.database.failures())
    # A document whose later version failed is one source, not two.
    partly = failed.union(id_ for id_, is_full in index.read_fully.items() if not is_full)
    if not partly:
        return ""
    sources = counted(len(failed.union(index.read_fully)), "source")
    return f"{len(partly):,} of {sources} could not be read fully."


def card_lines(card: ReportCard) -> list[tuple[str, str]]:
    """The card in words: what, and what of it."""
    told = [
        ("Reader", card.reader),
        ("Pages", f"{card.pages:,}" if card.pages > 1 else ""),
        ("Pages without text", _listed(card.pages_without_text)),
        ("Columns", _told(card.columns)),
        ("Text recognised (OCR) on pages", _listed(card.ocr_pages)),
        ("Characters removed as boilerplate", _told(card.boilerplate_characters)),
        ("References found", _told(card.references)),
        ("Description from", _origins(card.origins)),
    ]
    warnings = [("Warning", warning) for warning in card.warnings]
    return [(what, said) for what, said in told if said] + warnings


def _origins(origins: Mapping[str, str]) -> str:
    """Each origin once, with the fields that are from it."""
    fields: dict[str, list[str]] = {}
    for field, origin in origins.items():
        fields.setdefault(origin, []).append(field)
    return "; ".join(f"{origin} ({', '.join(names)})" for origin, names in fields.items())


def _told(number: int | None) -> str:
    return "" if number is None else f"{number:,}"


def _listed(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _numbers(value: object) -> tuple[int, ...]:
    return tuple(number for number in _items(value) if isinstance(number, int))


def _items(value: object) -> list[object]:
    return list(value) if isinstance(value, (list, tuple)) else []
