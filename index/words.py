"""Best passages by words: a tantivy index (BM25) that is derived from the database."""

import logging
import re
import shutil
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import tantivy

from index.database import Database
from index.derived import DerivedFile, delete, put_in_place, sha256_of, sound_path
from index.documents import Hit
from index.filters import Allowed
from index.manifest import Manifest

NAME = "words"
_PREFIX = "words-"
_TOKENIZER = "stemmed"
# A title or heading names the topic of all its passages: it counts, but less than the text.
_FIELD_BOOSTS = {"text": 1.0, "heading": 0.4, "title": 0.4}
_HEAP_BYTES = 64_000_000
_MAX_WORDS = 64
_FILTERS_KEPT = 8
_WORD = re.compile(r"\w+")

_log = logging.getLogger(__name__)


class WordIndex:
    """An opened tantivy index over the passages of one build."""

    def __init__(self, index: tantivy.Index) -> None:
        """Take a tantivy index made with the schema of this module."""
        self._analyzer = _analyzer()
        index.register_tokenizer(_TOKENIZER, self._analyzer)
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
        # Only words reach the query parser, quoted: its operators mean nothing to a reader.
        words = list(dict.fromkeys(_WORD.findall(question.lower())))[:_MAX_WORDS]
        if not words:
            return []
        # Leniently: strictly, a question of nothing but "is" and "the" would be an error.
        query, _ = self._index.parse_query_lenient(
            " ".join(f'"{word}"' for word in words), list(_FIELD_BOOSTS), _FIELD_BOOSTS
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
            for word in dict.fromkeys(_WORD.findall(question)[:_MAX_WORDS])
            if not word.isdecimal() and self._is_unknown(word)
        ]

    def _is_unknown(self, word: str) -> bool:
        forms = self._analyzer.analyze(word)
        return bool(forms) and not any(
            self._searcher.doc_freq(field, form) for field in _FIELD_BOOSTS for form in forms
        )


def open_words(folder: Path, database: Database, manifest: Manifest) -> WordIndex:
    """Open the words of the current build; from the database where the files are not sound."""
    path = sound_path(folder, database.derived_file(NAME), manifest.build)
    if path:
        # It can go between the check and here, when a newer build is published just then.
        with suppress(ValueError):
            return WordIndex(tantivy.Index.open(str(path)))
    _log.warning(
        "The word index in %s is missing, damaged or old; it was made again in memory from the "
        "database. Run `citewell ingest` to write it again.",
        folder,
    )
    index = tantivy.Index(_schema())
    _fill(index, database, manifest)
    return WordIndex(index)


def write_words(folder: Path, database: Database, manifest: Manifest) -> DerivedFile:
    """Write the words of a build to a folder of its own name."""
    final = folder / f"{_PREFIX}{manifest.build_id}"
    written = final.with_suffix(".tmp")
    shutil.rmtree(written, ignore_errors=True)
    written.mkdir()
    _fill(tantivy.Index(_schema(), path=str(written)), database, manifest)
    put_in_place(written, final)
    return DerivedFile(NAME, final.name, sha256_of(final), manifest.build)


def delete_others(folder: Path, keep: str) -> None:
    """Delete the folders of builds other than the one to keep."""
    for path in folder.glob(f"{_PREFIX}*"):
        if path.name != f"{_PREFIX}{keep}":
            delete(path)


def _fill(index: tantivy.Index, database: Database, manifest: Manifest) -> None:
    index.register_tokenizer(_TOKENIZER, _analyzer())
    writer = index.writer(_HEAP_BYTES, 1)
    for key, title, heading, text, document_key in database.passage_words(manifest.build):
        document = tantivy.Document(title=title, heading=heading, text=text)
        document.add_unsigned("key", key)
        document.add_unsigned("document", document_key)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("key", fast=True)
    builder.add_unsigned_field("document", indexed=True)
    for field in _FIELD_BOOSTS:
        builder.add_text_field(field, tokenizer_name=_TOKENIZER)
    return builder.build()


def _analyzer() -> tantivy.TextAnalyzer:
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stopword("english"))
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )
