"""References as RIS, which every reference manager reads."""

from collections.abc import Iterator, Sequence

from search_app.references.csl_items import CslItem
from search_app.references.rendering import names_of, year_of

_TYPES = {"article-journal": "JOUR", "webpage": "ELEC"}
_FIELDS = {
    "T2": "container-title",
    "VL": "volume",
    "IS": "issue",
    "DO": "DOI",
    "AN": "PMID",
    "C2": "PMCID",
    "UR": "URL",
    "LA": "language",
}


def write_ris(items: Sequence[CslItem]) -> str:
    """A RIS file. Each value stands on a line of its own, so none may have a line end."""
    return "\n".join("".join(f"{tag}  - {value}\n" for tag, value in _lines(i)) for i in items)


def _lines(item: CslItem) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES.get(str(item["type"]), "GEN")
    for name in names_of(item):
        yield "AU", name.get("literal") or _person(name)
    yield "TI", str(item["title"])
    if year := year_of(item):
        yield "PY", year
        yield "DA", _day(item, "issued")
    for tag, key in _FIELDS.items():
        if key in item:
            yield tag, str(item[key])
    if "accessed" in item:
        yield "Y2", _day(item, "accessed")
    yield "ER", ""


def _person(name: dict[str, str]) -> str:
    parts = (name["family"], name["given"], name.get("suffix", ""))
    return ", ".join(part for part in parts if part)


def _day(item: CslItem, key: str) -> str:
    """Year/month/day/, as the format has it, with what is not known left empty."""
    date = item[key]
    parts = [f"{part:02}" for part in date["date-parts"][0]] if isinstance(date, dict) else []
    return "/".join([*parts, "", "", ""][:4] if len(parts) == 1 else [*parts, "", ""][:4])
