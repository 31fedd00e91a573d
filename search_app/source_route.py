"""Hands out the file of a document of the library, and no other file."""

import mimetypes
from contextlib import closing
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from index.database import open_database
from index.errors import CitewellError
from index.file_names import path_of, storable
from index.location import index_folder
from search_app.original_files import is_unchanged

_PDF = "application/pdf"
_UNKNOWN = "application/octet-stream"


def source_file(request: Request) -> Response:
    """The file of the document with a fingerprint, if it is still what was read.

    A request names no path: only what the index holds under that fingerprint is looked for. A
    PDF opens in the browser; anything else is saved, for it could run as a page of ours.
    """
    fingerprint = request.path_params["fingerprint"]
    path = next((path for path in _places(fingerprint) if is_unchanged(path, fingerprint)), None)
    if path is None:
        return PlainTextResponse(
            "The library holds no such document, or its file has moved or changed since it was "
            "read.",
            status_code=404,
        )
    media_type = mimetypes.guess_type(path.name)[0] or _UNKNOWN
    is_pdf = media_type == _PDF
    return FileResponse(
        path,
        media_type=_PDF if is_pdf else _UNKNOWN,
        filename=storable(path.name),
        content_disposition_type="inline" if is_pdf else "attachment",
        # Shared caches must not keep what may be behind a passphrase.
        headers={"cache-control": "private, no-cache"},
    )


SOURCE_ROUTE = Route("/source/{fingerprint}", source_file, methods=["GET"])


def _places(fingerprint: str) -> list[Path]:
    """Where the index says that a file of that fingerprint lies."""
    try:
        with closing(open_database(index_folder())) as database:
            known = database.fingerprints(database.read_manifest().build)
    except CitewellError:
        return []
    ids = (id_ for id_, known_fingerprint in known.items() if known_fingerprint == fingerprint)
    return [path_of(id_) for id_ in ids if not id_.startswith(("http://", "https://"))]
