"""What kind of study each document of a library is, read once as long as it stays as it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from index.documents import Document
from index.search import Index
from search_app.evidence.studies import Study, read_study
from search_app.evidence.study_types import Stated


@dataclass(frozen=True)
class _Known:
    document: Document
    study: Study


# To read a library takes 2 seconds for 500 articles. Larger ones than this are not read before
# somebody asks for a kind of study.
MOST_READ_AHEAD = 2_000
# What is not read yet.
UNREAD = Study(Stated(), Stated(), Stated())
# To read one takes 4 ms. All visitors share a library, so they may share this; what was
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


def studies_read_ahead(index: Index) -> Mapping[str, Study]:
    """What `studies_of` says where the library is small enough to be read in passing."""
    documents = index.documents()
    if len(documents) <= MOST_READ_AHEAD:
        return studies_of(index)
    return dict.fromkeys((document.id for document in documents), UNREAD)
