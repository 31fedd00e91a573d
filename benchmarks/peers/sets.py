"""The sets that all tools are run on: judged ones, cut if asked, and a large one for latency."""

import hashlib
import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from lxml import etree

from index.context import text_to_embed
from ingest.judged_set import load_judged_set, read_documents, read_jsonl
from ingest.splitting import split_passages

_NEVER_FETCH = etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_PASSAGE_WORDS = 120
_FEWEST_WORDS = 30
_JUDGED = ("scifact", "medquad", "pubmedqa", "medline", "covidqa")
_EMBEDDED = 2_000
_MIXED = 3
_MIXED_TOGETHER = 50_000
_NOISE = 0.02
_LATENCY_QUERIES = 100
_SEED = 0


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
    asked = _sample((query for query in judged.qrels if query in judged.queries), queries)
    qrels = {query: judged.qrels[query] for query in asked}
    records = [record for _place, record in read_jsonl(source / "corpus.jsonl")]
    if documents is not None and documents < len(records):
        needed = {document for relevant in qrels.values() for document in relevant}
        others = _sample((r["_id"] for r in records if r["_id"] not in needed), documents)
        kept = needed | set(others[: max(0, documents - len(needed))])
        records = [record for record in records if record["_id"] in kept]
    texts = {query: judged.queries[query] for query in asked}
    return _write_set(source.name, work, records, texts, qrels)


def prepare_documents(source: Path, work: Path, documents: int) -> PeerSet:
    """So many documents of a judged set, always the same, and all queries that they answer.

    For sets of few long documents, where a sample of the queries would need nearly all of them.
    """
    judged = load_judged_set(source)
    kept = set(_sample(judged.fingerprints, documents))
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
    asked = _sample((query for query, relevant in qrels.items() if relevant), queries)
    texts = {query: judged.queries[query] for query in asked}
    return _write_set(
        f"{source.name}-passages", work, records, texts, {query: qrels[query] for query in asked}
    )


def prepare_large(data: Path, work: Path, sizes: list[int]) -> list[PeerSet]:
    """So many passages with vectors, for latency only; the smaller sets begin the largest.

    The texts are real as far as those under `data` go, then sentences of three real ones,
    mixed. Of the vectors the first 2,000 are real, the others the mean of three of those with
    a little noise: the cost of a search does not depend on them, what it finds does.
    """
    sets = [PeerSet(f"latency-{size}", work / f"latency-{size}", {}) for size in sizes]
    if not all((one.folder / "vectors.npy").exists() for one in sets):
        texts = _expand(_real_passages(data), max(sizes))
        vectors, questions = _vectors(texts, work), _questions(data)
        for one, size in zip(sets, sizes, strict=True):
            records = ({"_id": f"p{i}", "title": "", "text": texts[i]} for i in range(size))
            _write_jsonl(one.folder / "corpus.jsonl", records)
            _write_jsonl(one.folder / "queries.jsonl", questions)
            np.save(one.folder / "vectors.npy", vectors[:size])
    return sets


def _sample(ids: Iterable[str], limit: int | None) -> list[str]:
    """The first so many ids in the order of their hashes: the same on every machine."""
    return sorted(ids, key=lambda name: hashlib.sha256(name.encode()).hexdigest())[:limit]


def _questions(data: Path) -> list[dict[str, str]]:
    folders = [data / name for name in _JUDGED if (data / name / "queries.jsonl").exists()]
    texts = {
        f"{folder.name}-{query['_id']}": query["text"]
        for folder in folders
        for _place, query in read_jsonl(folder / "queries.jsonl")
    }
    return [{"_id": name, "text": texts[name]} for name in _sample(texts, _LATENCY_QUERIES)]


def _real_passages(data: Path) -> list[str]:
    """Passages of about 120 words from the judged sets and the articles, shuffled."""
    texts: list[str] = []
    for name in _JUDGED:
        corpus = data / name / "corpus.jsonl"
        texts += (
            [record["text"] for _place, record in read_jsonl(corpus)] if corpus.exists() else []
        )
    for article in sorted((data / "articles_jats").glob("*.nxml")):
        body = etree.parse(article, _NEVER_FETCH).iter("p")
        texts.append(" ".join(" ".join("".join(p.itertext()).split()) for p in body))
    passages = sorted({passage for text in texts for passage in _cut(text)})
    random.Random(_SEED).shuffle(passages)  # noqa: S311
    return passages


def _cut(text: str) -> Iterator[str]:
    words: list[str] = []
    for sentence in _SENTENCE_END.split(text):
        words += sentence.split()
        if len(words) >= _PASSAGE_WORDS:
            yield " ".join(words[: 2 * _PASSAGE_WORDS])
            words = []
    if len(words) >= _FEWEST_WORDS:
        yield " ".join(words)


def _expand(real: list[str], passages: int) -> list[str]:
    """The first so many; where there are too few, new ones mixed of the sentences of three."""
    chance = random.Random(_SEED)  # noqa: S311
    texts = dict.fromkeys(real[:passages])
    while len(texts) < passages:
        sentences = [s for text in chance.sample(real, _MIXED) for s in _SENTENCE_END.split(text)]
        chance.shuffle(sentences)
        texts.setdefault(" ".join(" ".join(sentences).split()[:_PASSAGE_WORDS]))
    return list(texts)


def _vectors(texts: list[str], work: Path) -> np.ndarray:
    real = _embedded(texts[:_EMBEDDED], work)
    chance = np.random.default_rng(_SEED)
    vectors = np.empty((len(texts), real.shape[1]), np.float32)
    vectors[: len(real)] = real
    # In parts: a million at once, three real ones each, would need more than 8 GB.
    for start in range(len(real), len(texts), _MIXED_TOGETHER):
        part = vectors[start : start + _MIXED_TOGETHER]
        mixed = real[chance.integers(len(real), size=(len(part), _MIXED))].mean(axis=1)
        mixed += chance.normal(scale=_NOISE, size=mixed.shape)
        part[:] = mixed / np.linalg.norm(mixed, axis=1, keepdims=True)
    return vectors


def _embedded(texts: list[str], work: Path) -> np.ndarray:
    """Vectors of the texts by the project's own embedder."""
    from index.runtimes import embedder_to_write  # noqa: PLC0415

    print(f"embedding {len(texts)} passages for the latency sets ...", flush=True)
    return embedder_to_write(work).embed_passages(texts)


def _write_set(
    name: str,
    work: Path,
    records: list[dict[str, Any]],
    texts: dict[str, str],
    qrels: dict[str, dict[str, int]],
) -> PeerSet:
    """Its files, in a folder named for its size."""
    folder = work / f"{name}-{len(records)}-{len(texts)}"
    _write_jsonl(folder / "corpus.jsonl", records)
    asked = ({"_id": query, "text": text} for query, text in texts.items())
    _write_jsonl(folder / "queries.jsonl", asked)
    _write_qrels(folder / "qrels" / "test.tsv", qrels)
    return PeerSet(name, folder, qrels)


def _write_jsonl(path: Path, records: Iterable[dict[str, Any]]) -> None:
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
