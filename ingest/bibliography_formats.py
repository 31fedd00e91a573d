"""BibTeX, RIS and CSL-JSON to entries; runs in a process of its own with limits."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from index.errors import SourceError
from ingest.readers.encoding import decode
from ingest.text_cleaning import clean_text, one_line

_MOST_BYTES = 50 << 20
_DATE = re.compile(r"(\d{4})(?:[-/](\d\d?)(?:[-/](\d\d?))?)?")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# "Full Text:files/1/a.pdf:application/pdf"; a backslash keeps the next character's meaning.
_SEMICOLON, _COLON = (re.compile(rf"(?<!\\){mark}") for mark in ";:")
_ESCAPED = re.compile(r"\\([\\:;])")
_PARTS_OF_ATTACHMENT = 2


def entries_of(path: str) -> bytes:
    """The entries of a bibliography, as JSON: metadata by field, and ``files``.

    Args:
        path: the file; its ending says its format.

    Raises:
        SourceError: it is not in that format.
    """
    file = Path(path)
    if file.stat().st_size > _MOST_BYTES:
        raise SourceError(f"it is larger than {_MOST_BYTES >> 20} MB; split it")
    text = decode(file.read_bytes())
    entries = [_cleaned(entry) for entry in _PARSERS[file.suffix.lower()](text)]
    if not entries and text.strip():
        raise SourceError("no entry could be read in it; export the bibliography again")
    return json.dumps(entries).encode()


def _cleaned(entry: dict[str, Any]) -> dict[str, Any]:
    """The fields that say something, without control characters."""
    cleaned = {
        field: [_clean(item) for item in value] if isinstance(value, list) else _clean(value)
        for field, value in entry.items()
    }
    lists = {field: [*filter(None, v)] for field, v in cleaned.items() if isinstance(v, list)}
    return {field: value for field, value in {**cleaned, **lists}.items() if value}


def _clean(value: object) -> str:
    return one_line(clean_text(str(value or "")))


def _bibtex(text: str) -> Iterator[dict[str, Any]]:
    from bibtexparser import parse_string  # noqa: PLC0415
    from bibtexparser.middlewares import (  # noqa: PLC0415
        LatexDecodingMiddleware,
        MergeNameParts,
        SeparateCoAuthors,
        SplitNameParts,
    )

    library = parse_string(text)
    # Before the marks of LaTeX are read: in names of files they mean other things.
    files = {entry.key: _attachments(_value(entry, "file")) for entry in library.entries}
    for step in (
        SeparateCoAuthors(),
        SplitNameParts(),
        MergeNameParts("first"),
        LatexDecodingMiddleware(),
    ):
        library = step.transform(library)
    for entry in library.entries:
        authors = entry.fields_dict.get("author")
        yield {
            "title": _value(entry, "title"),
            "authors": [name.strip("{}") for name in authors.value] if authors else [],
            "journal": _value(entry, "journaltitle", "journal", "booktitle"),
            "date": _date(_value(entry, "date", "year"), _value(entry, "month")),
            "doi": _doi(_value(entry, "doi")),
            "language": _language(_value(entry, "langid", "language")),
            "tags": re.split(r"\s*[,;]\s*", _value(entry, "keywords")),
            "files": files.get(entry.key, []),
        }


def _value(entry: Any, *names: str) -> str:  # noqa: ANN401
    for name in names:
        field = entry.fields_dict.get(name)
        if field is not None and str(field.value).strip():
            return str(field.value)
    return ""


def _attachments(value: str) -> list[str]:
    """Paths in a BibTeX ``file`` field, as Zotero, JabRef and Mendeley write it."""
    paths: list[str] = []
    for attachment in _SEMICOLON.split(value):
        parts = _COLON.split(attachment)
        path = parts[1] if len(parts) > _PARTS_OF_ATTACHMENT else attachment
        paths.append(_ESCAPED.sub(r"\1", path))
    return paths


def _ris(text: str) -> Iterator[dict[str, Any]]:
    import rispy  # noqa: PLC0415
    from rispy.config import LIST_TYPE_TAGS  # noqa: PLC0415

    for entry in rispy.loads(text, list_tags=[*LIST_TYPE_TAGS, "L1", "L4"]):

        def first(*names: str, entry: dict[str, Any] = entry) -> str:
            return next((str(entry[name]) for name in names if entry.get(name)), "")

        names = entry.get("authors") or entry.get("first_authors") or []
        yield {
            "title": first("title", "primary_title"),
            "authors": [_turned(name) for name in names],
            "journal": first(
                "secondary_title", "alternate_title3", "journal_name", "alternate_title2"
            ),
            "date": _date(first("date", "year", "publication_year")),
            "doi": _doi(first("doi")),
            "language": _language(first("language")),
            "tags": entry.get("keywords", []),
            "files": [*entry.get("file_attachments1", []), *entry.get("figure", [])],
        }


def _turned(name: str) -> str:
    """A name with the given name first."""
    family, _, given = name.partition(",")
    return f"{given.partition(',')[0].strip()} {family.strip()}".strip()


def _csl(text: str) -> Iterator[dict[str, Any]]:
    try:
        entries = json.loads(text)
    except ValueError as error:
        raise SourceError(f"it is not JSON ({error})") from error
    for entry in entries if isinstance(entries, list) else []:
        if not isinstance(entry, dict) or not isinstance(entry.get("type"), str):
            continue
        attached = entry.get("attachments") or []
        files = [one.get("path") for one in attached if isinstance(one, dict)]
        yield {
            "title": entry.get("title"),
            "authors": [_csl_name(name) for name in entry.get("author") or []],
            "journal": entry.get("container-title"),
            "date": _csl_date(entry.get("issued")),
            "doi": _doi(str(entry.get("DOI") or "")),
            "language": _language(str(entry.get("language") or "")),
            "tags": re.split(r"\s*[,;]\s*", str(entry.get("keyword") or "")),
            "files": [*filter(None, files), *_attachments(str(entry.get("file") or ""))],
        }


def _csl_name(name: dict[str, Any]) -> str:
    parts = ("given", "non-dropping-particle", "family", "suffix", "literal")
    return " ".join(str(name[part]) for part in parts if name.get(part))


def _csl_date(issued: dict[str, Any] | None) -> str:
    issued = issued or {}
    parts = issued.get("date-parts") or [[]]
    stated = "-".join(str(part) for part in parts[0])
    return _date(stated or str(issued.get("raw") or issued.get("literal") or ""))


def _date(stated: str, month: str = "") -> str:
    """A date as precise as stated (ISO 8601)."""
    match = _DATE.search(stated)
    if match is None:
        return ""
    parts = [part for part in match.groups() if part]
    if len(parts) == 1 and month:
        name = month.strip("{} ").lower()[:3]
        number = (
            _MONTHS.index(name) + 1 if name in _MONTHS else int(name) if name.isdecimal() else 0
        )
        parts += [str(number)] if number else []
    return "-".join(part.zfill(2) for part in parts)


def _doi(stated: str) -> str:
    match = _DOI.search(stated)
    return match.group() if match else ""


def _language(stated: str) -> str:
    code = re.match(r"[a-z]{2}(?![a-z])", stated.lower())
    return code.group() if code else _LANGUAGES.get(stated.lower().strip("{} "), "")


_LANGUAGES = {
    "american": "en", "british": "en", "english": "en", "eng": "en", "french": "fr", "german": "de",
    "italian": "it", "ngerman": "de", "portuguese": "pt", "spanish": "es",
}  # fmt: skip
_PARSERS: dict[str, Callable[[str], Iterator[dict[str, Any]]]] = {
    ".bib": _bibtex,
    ".json": _csl,
    ".ris": _ris,
}
