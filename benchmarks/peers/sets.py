"""The judged sets that all tools are run on, cut if asked."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.context import text_to_embed
from ingest.judged_set import load_judged_set, read_documents, read_jsonl
from ingest.splitting import split_passages


@dataclass(frozen=True)
class PeerSet:
    """A set as given to every tool.

    Attributes:
        name: what the table calls it.
        folder: corpus.jsonl and queries.jsonl, perhaps vectors.npy.
        qrels: relevance by query and document; empty where only latency is measured.
    """

    name: str
    folder: Path
    qrels: dict[str, dict[str, int]]

    @property
    def fingerprint(self) -> str:
        """Says whether the texts or the questions changed."""
        digest = hashlib.sha256()
        for name in ("corpus.jsonl", "queries.jsonl"):
            digest.update((self.folder / name).read_bytes())
        return digest.hexdigest()


def prepare_judged(source: Path, work: Path, queries: int | None, documents: int | None) -> PeerSet:
    """A judged set, or a deterministic sample of its judged queries and documents.

    Documents judged relevant to a kept query are always kept.
    """
    judged = load_judged_set(source)
    asked = sample((query for query in judged.qrels if query in judged.queries), queries)
    qrels = {query: judged.qrels[query] for query in asked}
    records = [record for _place, record in read_jsonl(source / "corpus.jsonl")]
    if documents is not None and documents < len(records):
        needed = {document for relevant in qrels.values() for document in relevant}
        others = sample((r["_id"] for r in records if r["_id"] not in needed), documents)
        kept = needed | set(others[: max(0, documents - len(needed))])
        records = [record for record in records if record["_id"] in kept]
    texts = {query: judged.queries[query] for query in asked}
    return _write_set(source.name, work, records, texts, qrels)


def prepare_documents(source: Path, work: Path, documents: int) -> PeerSet:
    """So many documents of a judged set, always the same, and all queries that they answer.

    For sets of few long documents, where a sample of the queries would need nearly all of them.
    """
    judged = load_judged_set(source)
    kept = set(sample(judged.fingerprints, documents))
    records = [r for _place, r in read_jsonl(source / "corpus.jsonl") if r["_id"] in kept]
    qrels = {query: judged.qrels[query] for query in judged.queries}
    qrels = {query: grades for query, grades in qrels.items() if grades.keys() <= kept}
    texts = {query: judged.queries[query] for query in qrels}
    return _write_set(source.name, work, records, texts, qrels)


def prepare_answers(source: Path, work: Path, queries: int | None) -> PeerSet:
    """The passages of a set whose answers are marked in its texts, each a record of its own.

    A passage is relevant where it holds a whole answer. All tools are given the same ones, cut
    by this project; most are too short for a tool to cut them again.
    """
    from index.runtimes import embedder_to_write  # noqa: PLC0415

    count_tokens = embedder_to_write(work).count_tokens
    judged = load_judged_set(source)
    records, places = [], {}
    for document in read_documents(judged.corpus):
        for passage in split_passages(document, count_tokens):
            name = f"{document.id}-{passage.start}"
            title = text_to_embed(document.title, passage.heading, "").rstrip(". ")
            records.append({"_id": name, "title": title, "text": passage.text})
            places.setdefault(document.id, []).append((name, passage.start, passage.end))
    answers = {r["query_id"]: r["answers"] for _, r in read_jsonl(source / "answers.jsonl")}
    qrels = {
        query: {
            name: 1
            for answer in answers.get(query, ())
            for document in judged.qrels[query]
            for name, start, end in places[document]
            if start <= answer["start"] and answer["start"] + len(answer["text"]) <= end
        }
        for query in judged.queries
    }
    asked = sample((query for query, relevant in qrels.items() if relevant), queries)
    texts = {query: judged.queries[query] for query in asked}
    return _write_set(
        f"{source.name}-passages", work, records, texts, {query: qrels[query] for query in asked}
    )


def sample(ids: Iterable[str], limit: int | None) -> list[str]:
    """The first so many ids in the order of their hashes: the same on every machine."""
    return sorted(ids, key=lambda name: hashlib.sha256(name.encode()).hexdigest())[:limit]


def _write_set(
    name: str,
    work: Path,
    records: list[dict[str, Any]],
    texts: dict[str, str],
    qrels: dict[str, dict[str, int]],
) -> PeerSet:
    """Its files, in a folder named for its size."""
    folder = work / f"{name}-{len(records)}-{len(texts)}"
    write_jsonl(folder / "corpus.jsonl", records)
    asked = ({"_id": query, "text": text} for query, text in texts.items())
    write_jsonl(folder / "queries.jsonl", asked)
    _write_qrels(folder / "qrels" / "test.tsv", qrels)
    return PeerSet(name, folder, qrels)


def write_jsonl(path: Path, records: Iterable[dict[str, Any]]) -> None:
    """A record a line; the folder is made where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def _write_qrels(path: Path, qrels: dict[str, dict[str, int]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [
        f"{query}\t{document}\t{grade}\n"
        for query, relevant in qrels.items()
        for document, grade in relevant.items()
    ]
    path.write_text("query-id\tcorpus-id\tscore\n" + "".join(rows), "utf-8")
