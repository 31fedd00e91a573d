"""References as BibTeX, in UTF-8."""

import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import quote

from search_app.references.csl_items import CslItem
from search_app.references.rendering import names_of, year_of

_ENTRIES = {"article-journal": "article", "webpage": "online"}
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "#$%&_"},
}
_FIELDS = {
    "volume": "volume",
    "number": "issue",
    "pmid": "PMID",
    "pmcid": "PMCID",
    "language": "language",
}
_SAFE = "%:/?#[]@!$&'()*+,;=-._~<>"
# Read letter by letter, without escapes.
_VERBATIM = {"doi": "DOI", "url": "URL"}


def write_bibtex(items: Sequence[CslItem]) -> str:
    """A BibTeX file; keys are made of author and year, and differ from each other."""
    keys: list[str] = []
    for item in items:
        base, letter = _key(item), 0
        while (key := base + (chr(ord("a") + letter - 1) if letter else "")) in keys:
            letter += 1
        keys.append(key)
    return "\n".join(_entry(key, item) for key, item in zip(keys, items, strict=True))


def _entry(key: str, item: CslItem) -> str:
    kind = _ENTRIES.get(str(item["type"]), "misc")
    place = "journal" if kind == "article" else "organization"
    fields = {
        "author": " and ".join(_person(name) for name in names_of(item)),
        # In braces of its own, else BibTeX changes its capitals.
        "title": f"{{{_escaped(str(item['title']))}}}",
        place: _escaped(str(item.get("container-title", ""))),
        "year": year_of(item),
        "date": _day(item, "issued"),
        **{name: _escaped(str(item.get(key, ""))) for name, key in _FIELDS.items()},
        **{name: quote(str(item.get(key, "")), _SAFE) for name, key in _VERBATIM.items()},
        "urldate": _day(item, "accessed"),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@{kind}{{{key},\n{''.join(lines)}}}\n"


def _person(name: dict[str, str]) -> str:
    if "literal" in name:
        return f"{{{_escaped(name['literal'])}}}"
    parts = [name["family"], name.get("suffix", ""), name["given"]]
    return ", ".join(_escaped(part) for part in parts if part)


def _day(item: CslItem, key: str) -> str:
    date = item.get(key)
    parts = date["date-parts"][0] if isinstance(date, dict) else []
    return "-".join(f"{part:02}" for part in parts)


def _key(item: CslItem) -> str:
    names = names_of(item)
    family = names[0].get("family", "") if names else ""
    who = names[0].get("literal", "") if names else str(item["title"])
    letters = unicodedata.normalize("NFKD", family.split()[-1] if family else who.split()[0])
    plain = re.sub(r"[^a-z]", "", letters.encode("ascii", "ignore").decode().lower())
    return f"{plain or 'source'}{year_of(item)}"


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(character, character) for character in text)
