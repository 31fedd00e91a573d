"""A look at whether anything changed, without the model, the writer's lock, or opening a file."""

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from index.database import Database, open_database
from index.errors import IndexMissingError
from index.locations import locations
from index.wholeness import is_whole
from ingest.remembering import remembered_reading
from ingest.report import IngestReport
from ingest.sidecars import sidecar_changes
from ingest.sources import FoundSources, exists, find_sources, gone_from_folders


def unchanged_report(arguments: Iterable[str], folder: Path) -> IngestReport | None:
    """What an ingest would report where it would do nothing; None where it has work.

    Args:
        arguments: files, folders and web addresses.
        folder: where the index is.

    Raises:
        IndexFormatError: the index is of another format, or damaged.
    """
    found = find_sources(arguments)
    try:
        with closing(open_database(folder)) as database:
            return _report(found, database, folder)
    except IndexMissingError:
        return None


def _report(found: FoundSources, database: Database, folder: Path) -> IngestReport | None:
    build = database.read_manifest().build
    documents = database.fingerprints(build)
    files = database.files()
    read = {source.id: remembered_reading(source, files) for source in found.sources}
    by_fingerprint = {fingerprint: id_ for id_, fingerprint in documents.items()}
    places = {place.id: place for place in locations(database)}
    duplicates: dict[str, str] = {}
    for source_id, reading in read.items():
        if reading is None:
            return None
        place = places.get(source_id)
        held = place.document_id if place and place.fingerprint == reading.fingerprint else None
        same = by_fingerprint.get(reading.fingerprint) or held
        if same is None:
            return None
        if documents.get(source_id) != reading.fingerprint:
            if not exists(same):
                return None
            duplicates[source_id] = same
    gone = gone_from_folders({**documents, **files, **places}, found)
    if found.failed or gone or database.failures() or not is_whole(folder, database):
        return None
    sidecars = sidecar_changes(database, found)
    if sidecars.corrections or sidecars.failed:
        return None
    counts = database.count(build)
    return IngestReport(
        unchanged=tuple(id_ for id_ in read if id_ not in duplicates),
        duplicates=tuple(duplicates.items()),
        documents=len(counts),
        passages=sum(counts.values()),
    )
