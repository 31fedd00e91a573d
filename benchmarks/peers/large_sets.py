"""Sets of many passages with ready-made vectors, to measure how long a search takes."""

import random
import re
from collections.abc import Iterator
from itertools import cycle, pairwise
from pathlib import Path

import numpy as np
from lxml import etree
from sets import PeerSet, sample, write_jsonl

from ingest.embedding import EmbeddedPassages, embed_passages
from ingest.judged_set import read_jsonl

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


def prepare_large(data: Path, work: Path, sizes: list[int]) -> list[PeerSet]:
    """So many passages with vectors, for latency only; the smaller sets begin the largest.

    The texts are real as far as those under `data` go, then sentences of three real ones,
    mixed. Of the vectors the first 2,000 are real, the others the mean of three of those with
    a little noise: the cost of a search does not depend on them, what it finds does. What
    Citewell keeps of tokens (signs.npz) is that of the first 2,000, over and over.
    """
    sets = [PeerSet(f"latency-{size}", work / f"latency-{size}", {}) for size in sizes]
    if not all((one.folder / "signs.npz").exists() for one in sets):
        texts = _expand(_real_passages(data), max(sizes))
        real, questions = _embedded(texts[:_EMBEDDED], work), _questions(data)
        vectors = _vectors(real.vectors, len(texts))
        for one, size in zip(sets, sizes, strict=True):
            records = ({"_id": f"p{i}", "title": "", "text": texts[i]} for i in range(size))
            write_jsonl(one.folder / "corpus.jsonl", records)
            write_jsonl(one.folder / "queries.jsonl", questions)
            np.save(one.folder / "vectors.npy", vectors[:size])
            lengths = np.array([len(signs) for signs in real.signs])
            joined = np.frombuffer(b"".join(real.signs), np.uint8)
            np.savez(one.folder / "signs.npz", lengths=lengths, joined=joined)
    return sets


def read_signs(folder: Path) -> Iterator[bytes]:
    """What is kept of the tokens of each passage of a latency set, without an end."""
    with np.load(folder / "signs.npz") as stored:
        joined, ends = stored["joined"].tobytes(), np.cumsum(stored["lengths"]).tolist()
    return cycle([joined[start:end] for start, end in pairwise([0, *ends])])


def _questions(data: Path) -> list[dict[str, str]]:
    folders = [data / name for name in _JUDGED if (data / name / "queries.jsonl").exists()]
    texts = {
        f"{folder.name}-{query['_id']}": query["text"]
        for folder in folders
        for _place, query in read_jsonl(folder / "queries.jsonl")
    }
    return [{"_id": name, "text": texts[name]} for name in sample(texts, _LATENCY_QUERIES)]


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


def _vectors(real: np.ndarray, passages: int) -> np.ndarray:
    chance = np.random.default_rng(_SEED)
    vectors = np.empty((passages, real.shape[1]), np.float32)
    vectors[: len(real)] = real[:passages]
    # In parts: a million at once, three real ones each, would need more than 8 GB.
    for start in range(len(real), passages, _MIXED_TOGETHER):
        part = vectors[start : start + _MIXED_TOGETHER]
        mixed = real[chance.integers(len(real), size=(len(part), _MIXED))].mean(axis=1)
        mixed += chance.normal(scale=_NOISE, size=mixed.shape)
        part[:] = mixed / np.linalg.norm(mixed, axis=1, keepdims=True)
    return vectors


def _embedded(texts: list[str], work: Path) -> EmbeddedPassages:
    """What the project's own embedder makes of the texts."""
    from index.runtimes import embedder_to_write  # noqa: PLC0415

    print(f"embedding {len(texts)} passages for the latency sets ...", flush=True)
    return embed_passages(texts, embedder_to_write(work))
