"""Title, authors, date and the like of a PDF: from the best place that states each."""

from collections.abc import Mapping
from pathlib import Path

from ingest.readers.pdf_titles import is_stated_title
from ingest.sources import Source

_FIRST_PAGE, _INFO, _XMP = "first page", "PDF info", "PDF XMP"


def title_and_metadata(
    described: Mapping[str, object], printed_title: str, facts: Mapping[str, object], source: Source
) -> tuple[str, dict[str, object]]:
    """The title, and the other fields with ``origins``: which place each is from.

    Args:
        described: what the file states of itself.
        printed_title: the largest words of the first page.
        facts: what the first page states.
        source: its name is the title where nothing else is.
    """
    stated = str(described.get("title") or "")
    name = source.path.stem if source.path else Path(source.link).name
    title, title_origin = next(
        (text, origin)
        for text, origin in (
            (stated if is_stated_title(stated) else "", _INFO),
            (printed_title, _FIRST_PAGE),
            (name, "file name"),
        )
        if text or origin == "file name"
    )
    xmp = described.get("xmp")
    xmp = xmp if isinstance(xmp, dict) else {}
    # The day on which a program wrote the file is the last resort: often it is years off.
    candidates = {
        "authors": _author_places(described.get("authors"), facts.get("authors")),
        "date": (
            (xmp.get("date"), _XMP),
            (facts.get("date"), _FIRST_PAGE),
            (described.get("created"), _INFO),
        ),
        "journal": ((xmp.get("journal"), _XMP), (facts.get("journal"), _FIRST_PAGE)),
        "doi": (
            (xmp.get("doi"), _XMP),
            (described.get("doi"), _INFO),
            (facts.get("doi"), _FIRST_PAGE),
        ),
        "licence": ((facts.get("licence"), _FIRST_PAGE), (xmp.get("licence"), _XMP)),
    }
    metadata: dict[str, object] = {"authors": [], "date": ""}
    origins = {"title": title_origin}
    for field, places in candidates.items():
        for value, origin in places:
            if value:
                metadata[field], origins[field] = value, origin
                break
    return title, {**metadata, "origins": origins}


def _author_places(stated: object, printed: object) -> tuple[tuple[object, str], ...]:
    """The file's own list first, unless the page names more: many a file has the first or none."""
    places = ((stated, _INFO), (printed, _FIRST_PAGE))
    counts = [len(names) if isinstance(names, list) else 0 for names, _ in places]
    return places if counts[0] >= counts[1] else places[::-1]
