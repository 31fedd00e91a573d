"""An opened index, and query to ranked passages or documents by one of the retrievers."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from index.database import Database, open_database
from index.documents import Document, Hit, RankedPassage
from index.embedder import Embedder
from index.errors import IndexMissingError, QuestionError
from index.filters import NO_FILTER, Allowed, Filter, allow
from index.manifest import Manifest, check_model
from index.retrievers import DEFAULT_RETRIEVER, RETRIEVERS
from index.runtimes import embedder_to_read
from index.spreading import spread_over_documents
from index.vectors import VectorIndex, open_vectors
from index.versions import version_groups
from index.words import WordIndex, open_words

MAX_QUESTION_CHARACTERS = 2_000
DEFAULT_LIMIT = 10
# Of each ranker: with more of them the first ten are the same; see benchmarks/README.md.
_CANDIDATES = 40
# A document has several passages, and shows two: to name many takes more candidates than that.
_CANDIDATES_A_DOCUMENT = 3
_FILTERS_KEPT = 8
_LOOKED_UP_TOGETHER = 12


@dataclass(frozen=True)
class Index:
    """An opened index: one whole build, whatever is written meanwhile.

    Attributes:
        folder: where it is.
        manifest: of the build that was opened.
        database: its documents and passages.
        vectors: its passages by meaning.
        words: its passages by words.
        load: makes the embedder when the first question needs it; without it, the one that
            the manifest names is loaded.
    """

    folder: Path
    manifest: Manifest
    database: Database
    vectors: VectorIndex
    words: WordIndex
    load: Callable[[str], Embedder] | None = None

    @cached_property
    def embedder(self) -> Embedder:
        """The model that the manifest names.

        Raises:
            ModelError: it cannot be loaded, or is not the one that built the index.
        """
        embedder = (
            self.load(self.manifest.model_name)
            if self.load
            else embedder_to_read(self.folder, self.manifest)
        )
        check_model(self.manifest, embedder, self.folder)
        return embedder

    @property
    def is_current(self) -> bool:
        """Whether no newer build has been published since it was opened."""
        return self.database.read_manifest().build_id == self.manifest.build_id

    @cached_property
    def versions(self) -> dict[str, tuple[str, ...]]:
        """All versions of each document that has several, itself among them, by document id."""
        return version_groups(self.database, self.manifest.build)

    @cached_property
    def read_fully(self) -> dict[str, bool]:
        """Whether each document could be read fully, by document id, looked up once."""
        return {document.id: document.is_read_fully for document in self.documents()}

    @cached_property
    def languages(self) -> frozenset[str]:
        """Languages of the documents (ISO 639 codes) where they are known, looked up once."""
        known = (d.metadata.get("language") for d in self.documents())
        return frozenset(str(language) for language in known if language)

    def allowed(self, filters: Filter) -> Allowed | None:
        """What a filter lets through; None for everything. The last few are kept."""
        # A description that is corrected makes no new build, but lets others through.
        return self._looked_up(filters, self.database.stamp())

    @cached_property
    def _looked_up(self) -> Callable[[Filter, tuple[int, int]], Allowed | None]:
        return lru_cache(_FILTERS_KEPT)(
            lambda filters, _stamp: allow(filters, self.database, self.manifest.build)
        )

    def documents(self) -> list[Document]:
        """All documents, by title, without their pages; looked up again only after a change."""
        return list(self._documents(self.database.stamp()))

    @cached_property
    def _documents(self) -> Callable[[tuple[int, int]], list[Document]]:
        return lru_cache(1)(lambda _stamp: self.database.documents(self.manifest.build))

    def passage(self, key: int) -> RankedPassage | None:
        """The passage of that key with its document, if it is still in the index."""
        found = self.database.passages([key], self.manifest.build).get(key)
        return RankedPassage(1, 0.0, *found) if found else None

    def close(self) -> None:
        """Close the database."""
        self.database.close()


def open_index(folder: Path, load: Callable[[str], Embedder] | None = None) -> Index:
    """Open the current build of the index in a folder.

    Args:
        folder: where it is.
        load: makes an embedder of the model that the manifest names, in another way.

    Raises:
        IndexMissingError: there is none, or no document has been read into it yet.
        IndexFormatError: it is damaged or of another format.
    """
    database = open_database(folder)
    manifest = database.read_manifest()
    if manifest.build == 0:
        database.close()
        raise IndexMissingError(
            f"The index in {folder} holds no documents yet. Fill it with: "
            f"citewell ingest FOLDER --index {folder}"
        )
    return Index(
        folder,
        manifest,
        database,
        open_vectors(folder, database, manifest),
        open_words(folder, database, manifest),
        load,
    )


def search(
    index: Index,
    question: str,
    limit: int = DEFAULT_LIMIT,
    retriever: str = DEFAULT_RETRIEVER,
    filters: Filter = NO_FILTER,
) -> list[RankedPassage]:
    """Rank the passages that best fit a question.

    At most two passages of one document and its versions stand in the list as long as others
    have any to show, and what two versions say in the same words stands there once.

    Args:
        index: an opened index.
        question: what the user typed.
        limit: most passages to return.
        retriever: a key of `RETRIEVERS`.
        filters: which documents may be found.

    Raises:
        QuestionError: the question is empty or too long.
        ModelError: a model cannot be loaded, or `reranked` is asked for and none is set up.
    """
    ranked = rank_passages(index, question, limit, retriever, filters)
    return spread_over_documents(ranked, limit, index.versions)


def rank_passages(
    index: Index,
    question: str,
    limit: int = DEFAULT_LIMIT,
    retriever: str = DEFAULT_RETRIEVER,
    filters: Filter = NO_FILTER,
) -> Iterator[RankedPassage]:
    """What `search` chooses from, best first: any number of passages of one document."""
    question = check_question(question)
    candidates = max(_CANDIDATES, _CANDIDATES_A_DOCUMENT * limit)
    hits = RETRIEVERS[retriever](index, question, candidates, index.allowed(filters))
    return look_up(index, hits)


def look_up(index: Index, hits: Sequence[Hit]) -> Iterator[RankedPassage]:
    """What was hit, some at a time: most questions need the first of them only."""
    for start in range(0, len(hits), _LOOKED_UP_TOGETHER):
        some = hits[start : start + _LOOKED_UP_TOGETHER]
        found = index.database.passages((hit.passage_id for hit in some), index.manifest.build)
        for rank, hit in enumerate(some, start + 1):
            if hit.passage_id in found:
                yield RankedPassage(rank, hit.score, *found[hit.passage_id])


def rank_documents(
    index: Index,
    question: str,
    limit: int = 100,
    retriever: str = DEFAULT_RETRIEVER,
    filters: Filter = NO_FILTER,
) -> list[tuple[str, float]]:
    """Rank the documents that best fit a question, each by its best passage.

    Args:
        index: an opened index.
        question: what the user typed.
        limit: most documents to return.
        retriever: a key of `RETRIEVERS`.
        filters: which documents may be found.

    Returns:
        Document ids with their scores, best first; no score is above the one before it.

    Raises:
        QuestionError: the question is empty or too long.
        ModelError: a model cannot be loaded, or `reranked` is asked for and none is set up.
    """
    question = check_question(question)
    best: dict[str, float] = {}
    # First as for `search`: the top is what a reader gets. What deeper searches find stands below,
    # for what one ranker puts high is more often relevant than what neither does.
    for candidates in (_CANDIDATES, limit, _CANDIDATES_A_DOCUMENT * limit):
        lowest = min(best.values(), default=math.inf)
        hits = RETRIEVERS[retriever](index, question, candidates, index.allowed(filters))
        found = index.database.passages((hit.passage_id for hit in hits), index.manifest.build)
        for hit in hits:
            if hit.passage_id in found:
                _, document = found[hit.passage_id]
                best.setdefault(document.id, min(hit.score, lowest))
        if len(best) >= limit:
            break
    return list(best.items())[:limit]


def check_question(question: str) -> str:
    """The question without surrounding space.

    Raises:
        QuestionError: it is empty or longer than `MAX_QUESTION_CHARACTERS`.
    """
    # Bytes of a command line that are no UTF-8 arrive as halves of characters.
    question = question.encode("utf-8", "replace").decode("utf-8").strip()
    if not question:
        raise QuestionError(
            'The question is empty. Ask something like "does stress raise inflammation?".'
        )
    if len(question) > MAX_QUESTION_CHARACTERS:
        raise QuestionError(
            f"The question has {len(question):,} characters; at most "
            f"{MAX_QUESTION_CHARACTERS:,} are searched. Ask for one thing in a sentence or two."
        )
    return question
