"""Bibliographies beside documents (a Zotero export): what they say of their attached files.

A bibliography is no document and never ranked. Its entries take the place of what was found
in the attached files themselves, for somebody has looked at them.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from index.documents import Document
from index.errors import SourceError
from index.isolation import run_isolated
from ingest.sources import FoundSources, Source

_NAMES = {".bib": "BibTeX", ".json": "CSL-JSON", ".ris": "RIS"}
_FIELDS = ("authors", "date", "journal", "doi", "language", "tags")
_BEGINNING = 64 << 10
# Under this name a document keeps which entry describes it.
_KEPT = "bibliography"


@dataclass(frozen=True)
class Entry:
    """What a bibliography says of one work.

    Attributes:
        file: the bibliography.
        fields: title and metadata, as far as stated.
    """

    file: str
    fields: dict[str, Any]

    @property
    def origin(self) -> str:
        """Where the metadata is from, in words."""
        return f"{_NAMES[Path(self.file).suffix.lower()]} {Path(self.file).name}"

    @property
    def mark(self) -> dict[str, str]:
        """Tells this entry from others, and from itself after a change."""
        stated = json.dumps(self.fields, sort_keys=True).encode()
        return {"file": self.file, "sha256": hashlib.sha256(stated).hexdigest()}


class Bibliographies:
    """The entries of the bibliographies that an ingest found, by attached file and DOI."""

    def __init__(self, files: frozenset[str] = frozenset()) -> None:
        """Start with no entries.

        Args:
            files: the bibliographies that were read.
        """
        self._files = files
        self._by_path: dict[str, Entry] = {}
        self._by_doi: dict[str, Entry] = {}

    def add(self, entry: Entry, paths: Iterable[str]) -> None:
        """Take in an entry with the ids of its attached files; the first for a file counts."""
        for path in paths:
            self._by_path.setdefault(path, entry)
        if doi := entry.fields.get("doi"):
            self._by_doi.setdefault(doi.lower(), entry)

    def describe(self, document: Document) -> Document:
        """The document with what its entry says of it; the same where it has none."""
        entry = self._entry(document)
        if entry is None:
            return document
        stated = {field: entry.fields[field] for field in _FIELDS if field in entry.fields}
        title = entry.fields.get("title")
        known = document.metadata.get("origins")
        origins = dict(known) if isinstance(known, dict) else {}
        origins |= dict.fromkeys([*(["title"] if title else []), *stated], entry.origin)
        metadata = {**document.metadata, **stated, "origins": origins, _KEPT: entry.mark}
        return replace(document, title=title or document.title, metadata=metadata)

    def known_fingerprint(self, document: Document) -> str:
        """The fingerprint of a stored document; empty where it must be described anew."""
        kept = document.metadata.get(_KEPT)
        entry = self._entry(document)
        if entry is None and isinstance(kept, dict):
            # Its bibliography is not part of this ingest: what it said still holds.
            file = str(kept.get("file"))
            is_current = file not in self._files and Path(file).exists()
        else:
            is_current = kept == (entry and entry.mark)
        return document.fingerprint if is_current else ""

    def _entry(self, document: Document) -> Entry | None:
        doi = str(document.metadata.get("doi") or "").lower()
        return self._by_path.get(document.id) or self._by_doi.get(doi)


def set_apart_bibliographies(found: FoundSources) -> tuple[FoundSources, Bibliographies]:
    """The sources without bibliographies, and what these say; one that is damaged has failed."""
    read: dict[str, list[dict[str, Any]]] = {}
    failed = dict(found.failed)
    for source in found.sources:
        if source.path is None or not _is_bibliography(source.path):
            continue
        try:
            answer = run_isolated("ingest.bibliography_formats:entries_of", {"path": source.id})
            read[source.id] = json.loads(answer)
        except SourceError as error:
            # JSON of another kind is refused as any other file that cannot be read.
            if source.path.suffix.lower() != ".json":
                failed[source.id] = str(error)
    apart = {*read, *failed}
    sources = tuple(source for source in found.sources if source.id not in apart)
    bibliographies = Bibliographies(frozenset(read))
    attached = _Attachments(sources)
    for file, entries in read.items():
        for fields in entries:
            paths = attached.find(Path(file).parent, fields.pop("files", []))
            bibliographies.add(Entry(file, fields), paths)
    return replace(found, sources=sources, failed=failed), bibliographies


def _is_bibliography(path: Path) -> bool:
    ending = path.suffix.lower()
    if ending != ".json":
        return ending in _NAMES
    # Most JSON is something else, and a process for each would take long.
    try:
        with path.open("rb") as file:
            start = file.read(_BEGINNING)
    except OSError:
        return False
    return start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"[") and b'"type"' in start


class _Attachments:
    """Finds the sources that an entry names, also where the export was moved to another folder."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._ids = {source.id for source in sources}
        self._by_name: dict[str, list[str]] = {}
        for path in self._ids:
            self._by_name.setdefault(Path(path).name, []).append(path)

    def find(self, folder: Path, stated: Iterable[str]) -> list[str]:
        found = (self._source(folder, path) for path in stated)
        return [path for path in found if path]

    def _source(self, folder: Path, stated: str) -> str:
        path = unquote(urlsplit(stated).path) if stated.startswith("file:") else stated
        if "\0" in path:
            return ""
        for spelled in (path, unquote(path)):
            place = str((folder / spelled).resolve())
            if place in self._ids:
                return place
        # Exported on another machine: the only source of that name is meant.
        same_name = self._by_name.get(re.split(r"[/\\]", path)[-1], [])
        return same_name[0] if len(same_name) == 1 else ""
