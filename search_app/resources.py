"""The opened index and the model, one of each a process."""

from contextlib import closing
from pathlib import Path
from threading import Thread

import streamlit as st

from index.database import open_database
from index.documents import RankedPassage
from index.embedder import Embedder
from index.languages import guess_language
from index.location import index_folder
from index.manifest import Manifest
from index.runtimes import embedder_to_read
from index.search import Index, open_index
from search_app.evidence.known_studies import studies_read_ahead
from search_app.page_image import Mark, PagePicture, Zoom, page_image
from search_app.question_marks import MarkedPassage, marks_of_question
from search_app.remembering import RememberingEmbedder
from search_app.topic_map import TopicMap, draw_map


def opened_index() -> Index:
    """The current build of the index, opened once and shared by all visitors.

    Raises:
        IndexUnavailableError: there is no usable index.
        ModelError: its model cannot be loaded.
    """
    folder = index_folder()
    with closing(open_database(folder)) as database:
        manifest = database.read_manifest()
    return _open(folder, manifest.build_id, manifest)


@st.cache_resource(max_entries=1, show_spinner="Opening the library")
def _open(folder: Path, build_id: str, _manifest: Manifest) -> Index:  # noqa: ARG001  (a new build is a new index)
    model = (_manifest.model_fingerprint, _manifest.model_sha256)
    index = open_index(folder, lambda _name: _load(folder, model, _manifest))
    # Loaded now, not at the first question: a visitor waits once, and sees why.
    _ = index.embedder
    studies_read_ahead(index)
    # Beside it, what the first question with a word of no document would wait half a second for.
    Thread(target=guess_language, args=("",), daemon=True).start()
    return index


@st.cache_resource(max_entries=1, show_spinner="Loading the language model")
def _load(folder: Path, model: tuple[str, str], _manifest: Manifest) -> Embedder:  # noqa: ARG001  (not each build has a new one)
    return RememberingEmbedder(embedder_to_read(folder, _manifest))


def drawn_map(index: Index) -> TopicMap:
    """The map of a library, drawn once a build and shared by all visitors."""
    return _draw_map(index.folder, index.manifest.build_id, index)


@st.cache_resource(max_entries=1, show_spinner="Drawing the map")
def _draw_map(folder: Path, build_id: str, _index: Index) -> TopicMap:  # noqa: ARG001  (a new build is a new map)
    return draw_map(_index)


@st.cache_data(max_entries=32, show_spinner="Drawing the page")
def drawn_page(
    path: Path,
    fingerprint: str,  # noqa: ARG001  (a changed file is drawn again)
    number: int,
    marks: tuple[Mark, ...],
    zoom: Zoom,
) -> PagePicture:
    """A PDF page as a picture with its marks.

    Raises:
        SourceError: the page cannot be drawn.
    """
    return page_image(path, number, marks, zoom)


def question_marks(
    index: Index, document_id: str, question: str, cited: RankedPassage | None = None
) -> tuple[MarkedPassage, ...]:
    """What a question finds in a document, looked up once while its pages are turned."""
    return _question_marks(index, index.manifest.build_id, document_id, question, cited)


@st.cache_data(max_entries=128, show_spinner=False)
def _question_marks(
    _index: Index,
    build_id: str,  # noqa: ARG001  (a new build is another library)
    document_id: str,
    question: str,
    cited: RankedPassage | None,
) -> tuple[MarkedPassage, ...]:
    return marks_of_question(_index, document_id, question, cited)
