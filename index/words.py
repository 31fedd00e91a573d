"""Best passages by words: a tantivy index (BM25) that is derived from the database."""

import logging
import shutil
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import tantivy

from index.connections import may_write
from index.database import Database
from index.derived import DerivedFile, delete, put_in_place, sha256_of, sound_path
from index.documents import Hit
from index.filters import Allowed
from index.manifest import Manifest
from index.overlap import MOST_WORDS, WORD, QuestionWords, analyzer, stems_of, weigh

NAME = "words"
_PREFIX = "words-"
_TOKENIZER = "stemmed"
_TEXT = "text"
_HEAP_BYTES = 64_000_000
_FILTERS_KEPT = 8

_log = logging.getLogger(__name__)


class WordIndex:
    """An opened tantivy index over the passages of one build."""

    def __init__(self, index: tantivy.Index) -> None:
        """Take a tantivy index made with the schema of this module."""
        index.register_tokenizer(_TOKENIZER, analyzer())
        index.reload()
        self._index = index
        self._searcher = index.searcher()
        self._only = lru_cache(_FILTERS_KEPT)(self._query_of_documents)

    def search(self, question: str, limit: int, allowed: Allowed | None = None) -> list[Hit]:
        """The passages that share words with the question, best first; score is BM25.

        Args:
            question: as typed.
            limit: most passages to return.
            allowed: what may be found; a score is the same as without it.
        """
        stems = dict.fromkeys(stems_of(question)[:MOST_WORDS])
        query = tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, self._query_of_stem(stem)) for stem in stems]
        )
        if allowed is not None:
            both = (query, self._only(allowed))
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in both])
        found = self._searcher.search(query, limit, count=False).hits
        keys = self._searcher.fast_field_values("key", [address for _, address in found])
        return [
            Hit(int(key), float(score))
            for key, (score, _) in zip(keys, found, strict=True)
            if key is not None
        ]

    def _query_of_stem(self, stem: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._index.schema, _TEXT, stem, index_option="freq")

    def _query_of_documents(self, allowed: Allowed) -> tantivy.Query:
        """Matches the passages of these documents and adds nothing to their scores."""
        query = tantivy.Query.term_set_query(
            self._index.schema, "document", allowed.documents.tolist()
        )
        return tantivy.Query.const_score_query(query, 0.0)

    def unknown_words(self, question: str) -> list[str]:
        """Words of the question that no document holds in any form, as they were typed."""
        return [
            word
            for word in dict.fromkeys(WORD.findall(question)[:MOST_WORDS])
            if not word.isdecimal() and any(not self.holding(stem) for stem in stems_of(word))
        ]

    def stems_beginning(self, letters: str) -> list[tuple[str, int]]:
        """Stems of the library that begin so, each with how many passages hold it."""
        return self._searcher.terms_with_prefix(_TEXT, letters)

    def passages_with(self, stem: str, limit: int) -> list[int]:
        """Keys of passages that hold a stem, those first that are most about it."""
        found = self._searcher.search(self._query_of_stem(stem), limit, count=False).hits
        keys = self._searcher.fast_field_values("key", [address for _, address in found])
        return [int(key) for key in keys if key is not None]

    def weigh(self, question: str) -> QuestionWords:
        """The words of the question with how rare each is among the passages."""
        return weigh(question, self._searcher.num_docs, self.holding)

    def holding(self, stem: str) -> int:
        """How many passages hold a stem."""
        return self._searcher.doc_freq(_TEXT, stem)


def open_words(folder: Path, database: Database, manifest: Manifest) -> WordIndex:
    """Open the words of the current build; from the database where the files are not sound."""
    path = sound_path(folder, database.derived_file(NAME), manifest.build)
    if path:
        # It can go between the check and here, when a newer build is published just then.
        with suppress(ValueError, OSError):
            return _opened(path)
    _log.warning(
        "The word index in %s is missing, damaged or old; it was made again in memory from the "
        "database. Run `citewell ingest` to write it again.",
        folder,
    )
    index = tantivy.Index(_schema())
    _fill(index, database, manifest)
    return WordIndex(index)


def _opened(path: Path) -> WordIndex:
    if may_write(path):
        return WordIndex(tantivy.Index.open(str(path)))
    # Whoever opens an index makes a lock beside its files, which are mapped into memory then.
    with TemporaryDirectory() as links:
        for part in path.iterdir():
            if part.suffix != ".lock":
                Path(links, part.name).symlink_to(part.absolute())
        return WordIndex(tantivy.Index.open(links))


def write_words(folder: Path, database: Database, manifest: Manifest) -> DerivedFile:
    """Write the words of a build to a folder of its own name."""
    final = folder / f"{_PREFIX}{manifest.build_id}"
    written = final.with_suffix(".tmp")
    shutil.rmtree(written, ignore_errors=True)
    written.mkdir()
    _fill(tantivy.Index(_schema(), path=str(written)), database, manifest)
    # Tantivy keeps some of its files from all but their owner.
    for part in written.iterdir():
        part.chmod(database.path.stat().st_mode)
    put_in_place(written, final)
    return DerivedFile(NAME, final.name, sha256_of(final), manifest.build)


def delete_others(folder: Path, keep: str) -> None:
    """Delete the folders of builds other than the one to keep."""
    for path in folder.glob(f"{_PREFIX}*"):
        if path.name != f"{_PREFIX}{keep}":
            delete(path)


def _fill(index: tantivy.Index, database: Database, manifest: Manifest) -> None:
    index.register_tokenizer(_TOKENIZER, analyzer())
    writer = index.writer(_HEAP_BYTES, 1)
    for key, title, heading, text, document_key in database.passage_words(manifest.build):
        # A title or heading names the topic of all its passages.
        document = tantivy.Document(text="\n".join((title, heading, text)))
        document.add_unsigned("key", key)
        document.add_unsigned("document", document_key)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("key", fast=True)
    builder.add_unsigned_field("document", indexed=True)
    # Without positions: no phrases are looked for, and the file is half as large.
    builder.add_text_field(_TEXT, tokenizer_name=_TOKENIZER, index_option="freq")
    return builder.build()
