"""What kind of study each document of a library is, read once as long as it stays as it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from index.documents import Document
from index.search import Index
from search_app.evidence.studies import Study, read_study


@dataclass(frozen=True)
class _Known:
    document: Document
    study: Study


# To read one takes about 3 ms. All visitors share a library, so they may share this; what was
# corrected or read again is described otherwise and is read again here.
_KNOWN: dict[tuple[Path, str], _Known] = {}


def study_of(index: Index, document: Document) -> Study:
    """Kind, subjects and size of a document of the library."""
    place = (index.folder, document.id)
    known = _KNOWN.get(place)
    if known is None or known.document != document:
        pages = index.database.pages(document.id, index.manifest.build)
        known = _KNOWN[place] = _Known(document, read_study(document, pages))
    return known.study


def studies_of(index: Index) -> Mapping[str, Study]:
    """Kind, subjects and size of every document of the library, by document id."""
    studies = {document.id: study_of(index, document) for document in index.documents()}
    for folder, gone in list(_KNOWN):
        if folder == index.folder and gone not in studies:
            _KNOWN.pop((folder, gone), None)
    return studies
