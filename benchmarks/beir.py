"""Judged sets in the BEIR layout: corpus.jsonl, queries.jsonl, qrels/test.tsv, labels.tsv."""

import csv
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.documents import Document, Page
from index.embedder import Embedder
from index.search import Index, open_index
from index.writer import open_writer
from ingest.splitting import PASSAGE_TOKENS, split_passages


@dataclass(frozen=True)
class JudgedSet:
    """Questions with the documents that answer them.

    Attributes:
        queries: text by query id.
        qrels: relevance by query id and document id.
        answerable: whether the corpus answers the query, by query id.
    """

    queries: dict[str, str]
    qrels: dict[str, dict[str, int]]
    answerable: dict[str, bool]


def load_judged_set(folder: Path) -> JudgedSet:
    """Read queries, qrels and, where there are any, labels."""
    queries = {record["_id"]: record["text"] for record in read_jsonl(folder / "queries.jsonl")}
    qrels: dict[str, dict[str, int]] = {}
    for row in _read_tsv(folder / "qrels" / "test.tsv"):
        qrels.setdefault(row["query-id"], {})[row["corpus-id"]] = int(row["score"])
    labels = folder / "labels.tsv"
    answerable = {query: query in qrels for query in queries}
    if labels.exists():
        rows = (row for row in _read_tsv(labels) if "answerable" in row)
        answerable |= {row["query-id"]: row["answerable"] == "yes" for row in rows}
    return JudgedSet(queries, qrels, answerable)


def read_jsonl(path: Path) -> Iterator[dict]:
    """The records of a JSON Lines file."""
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file)


def build_index(corpus: Path, folder: Path, embedder: Embedder) -> Index:
    """Index a corpus.jsonl: a record is a document with title and text."""
    with open_writer(folder, embedder, PASSAGE_TOKENS) as writer:
        for record in read_jsonl(corpus):
            fingerprint = hashlib.sha256(json.dumps(record).encode()).hexdigest()
            document = Document(
                record["_id"], record.get("title", ""), "", (Page(record["text"]),), fingerprint
            )
            passages = split_passages(document, embedder.count_tokens)
            vectors = embedder.embed_passages([passage.text for passage in passages])
            writer.add_document(document, passages, vectors)
        writer.publish()
    return open_index(folder, lambda _name: embedder)


def _read_tsv(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t")
