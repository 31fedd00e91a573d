"""Corrections of descriptions in files beside the documents, as a librarian writes them.

Either `NAME.meta.yaml` (or `.meta.json`) beside the file `NAME`, or a table of a folder,
`citewell-metadata.csv`, with a column `file`; docs/library.md shows both.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from index.corrections import checked_fields, read_sidecar_corrections, save_correction
from index.database import Database
from index.errors import CorrectionError
from index.file_names import is_there
from ingest.sources import SIDECAR_ENDINGS, SIDECAR_TABLE, FoundSources

if TYPE_CHECKING:
    # See index/locations.py.
    from index.writer import IndexWriter

_FILE = "file"
_MOST_BYTES = 10 << 20


@dataclass(frozen=True)
class SidecarChanges:
    """What the sidecar files say that the index does not know yet.

    Attributes:
        corrections: origin and corrected fields, by document id; none take earlier ones back.
        failed: what is wrong with a sidecar file, by its path; what it says is left out.
    """

    corrections: dict[str, tuple[str, dict[str, object]]]
    failed: dict[str, str]


def sidecar_changes(database: Database, found: FoundSources) -> SidecarChanges:
    """Read the sidecar files of all sources.

    Args:
        database: of the index.
        found: the sources of an ingest.
    """
    changes = SidecarChanges({}, {})
    rows_of = cache(lambda folder: _read_table(folder, changes.failed))
    known = read_sidecar_corrections(database)
    held = database.document_keys(database.read_manifest().build + 1)
    for source in found.sources:
        if source.path is None or source.id not in held:
            continue
        try:
            origin, fields = _correction_of(source.path, rows_of(source.path.parent))
        except CorrectionError as error:
            changes.failed[str(_own_sidecar(source.path))] = str(error)
            continue
        if fields != known.get(source.id, {}):
            changes.corrections[source.id] = (origin, fields)
    return changes


def apply_sidecars(writer: "IndexWriter", found: FoundSources) -> dict[str, str]:
    """Keep what the sidecar files say; no document is read or embedded again.

    Returns:
        What is wrong with a sidecar file, by its path.
    """
    changes = sidecar_changes(writer.database, found)
    for document_id, (origin, fields) in changes.corrections.items():
        save_correction(writer.database, document_id, fields, origin)
    return changes.failed


def sidecar_files(found: FoundSources) -> Iterator[Path]:
    """The files that correct descriptions of these sources, where they are there."""
    paths = [source.path for source in found.sources if source.path]
    tables = dict.fromkeys(path.with_name(SIDECAR_TABLE) for path in paths)
    yield from filter(is_there, tables)
    yield from filter(None, map(_own_sidecar, paths))


def _correction_of(path: Path, rows: Mapping[str, dict]) -> tuple[str, dict[str, object]]:
    """Origin and fields; those of the file's own sidecar stand over those of the table."""
    own = _own_sidecar(path)
    fields = {**rows.get(path.name, {}), **(_read_own(own) if own else {})}
    return f"sidecar {own.name if own else SIDECAR_TABLE}", fields


def _own_sidecar(path: Path) -> Path | None:
    beside = (path.with_name(path.name + ending) for ending in SIDECAR_ENDINGS)
    return next((sidecar for sidecar in beside if is_there(sidecar)), None)


def _read_own(sidecar: Path) -> dict[str, object]:
    # Here, for most folders have none of these files.
    import yaml  # noqa: PLC0415

    try:
        # JSON is YAML too.
        content = yaml.safe_load(_read(sidecar))
    except yaml.YAMLError as error:
        raise CorrectionError(f"it is not YAML or JSON ({' '.join(str(error).split())})") from error
    if not isinstance(content, dict):
        raise CorrectionError('it holds no fields; write one a line, such as "title: Sleep"')
    return checked_fields({str(name): _plain(value) for name, value in content.items()})


def _plain(value: object) -> object:
    """YAML turns a date into one of Python's, and "2024" into a number."""
    return value.isoformat() if isinstance(value, date) else "" if value is None else value


def _read_table(folder: Path, failed: dict[str, str]) -> dict[str, dict[str, object]]:
    table = folder / SIDECAR_TABLE
    if not table.is_file():
        return {}
    wrong: list[str] = []
    rows: dict[str, dict[str, object]] = {}
    try:
        for line, name, fields in _rows(table):
            try:
                rows[name] = checked_fields(fields)
            except CorrectionError as error:
                wrong.append(f"line {line}: {error}")
    except (CorrectionError, csv.Error) as error:
        wrong.append(str(error))
    if wrong:
        failed[str(table)] = "; ".join(wrong)
    return rows


def _rows(table: Path) -> Iterator[tuple[int, str, dict[str, str]]]:
    """Line, name of the file and the cells that are not empty, of each row."""
    text = _read(table)
    # Spreadsheets of many countries write semicolons.
    first = text.partition("\n")[0]
    reader = csv.DictReader(
        StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ","
    )
    reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
    if _FILE not in reader.fieldnames:
        raise CorrectionError(f'its first line names no column "{_FILE}" (the file to correct)')
    for row in reader:
        name = (row.pop(_FILE) or "").strip()
        cells = {column: cell for column, cell in row.items() if column and isinstance(cell, str)}
        if name:
            yield reader.line_num, name, {c: cell for c, cell in cells.items() if cell.strip()}


def _read(path: Path) -> str:
    try:
        content = path.read_bytes()
        if len(content) > _MOST_BYTES:
            raise CorrectionError(f"it is larger than {_MOST_BYTES >> 20} MB")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorrectionError("it is not UTF-8; save it as UTF-8") from error
    except OSError as error:
        raise CorrectionError(f"it cannot be opened ({error.strerror})") from error
