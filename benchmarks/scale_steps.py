"""The steps of scale.py, each run in a process of its own: build, ask, compare."""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

_HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(_HERE / "peers"), str(_HERE.parent)]

from citewell_driver import PASSAGES_TOGETHER, as_document  # noqa: E402  (after the path is set)
from large_sets import read_signs  # noqa: E402
from protocol import Record  # noqa: E402

from index.database import Candidate  # noqa: E402
from index.documents import Hit  # noqa: E402
from index.filters import Filter  # noqa: E402
from index.runtimes import embedder_to_write  # noqa: E402
from index.search import Index, open_index, search  # noqa: E402
from index.writer import open_writer  # noqa: E402
from ingest.splitting import PASSAGE_TOKENS  # noqa: E402

# Every so many documents have the tag; the first one has all.
_TAGS = {"thousandth": 1_000, "hundredth": 100, "tenth": 10, "half": 2}
_CANDIDATES, _FOUND = 40, 10
_WARM_UPS = 5
_ROWS_TOGETHER = 50_000


def build(folder: Path, work: Path) -> dict[str, Any]:
    """Store the texts with their vectors, fifty a document, and publish."""
    vectors = np.load(folder / "vectors.npy", mmap_mode="r")
    start, signs = 0, read_signs(folder)
    with (
        (folder / "corpus.jsonl").open(encoding="utf-8") as lines,
        open_writer(work / "index", embedder_to_write(work / "index"), PASSAGE_TOKENS) as writer,
    ):
        while some := [json.loads(line) for line in islice(lines, PASSAGES_TOGETHER)]:
            document, passages = as_document([Record(r["_id"], "", r["text"]) for r in some])
            tags = [tag for tag in _TAGS if _has(tag, start // PASSAGES_TOGETHER)]
            document = replace(document, metadata={"kind": "text", "tags": tags})
            kept = list(islice(signs, len(some)))
            writer.add_document(document, passages, vectors[start : start + len(some)], kept)
            start += len(some)
        writer.publish()
    return {"passages": start}


def ask(folder: Path, work: Path) -> dict[str, Any]:
    """Ask all questions, with and without filters; what was found is kept to be compared."""
    questions = _questions(folder)
    index = open_index(work / "index")
    vectors = [index.embedder.embed_query(question) for question in questions]

    def near(filters: Filter) -> list[list[int]]:
        allowed = index.allowed(filters)
        return [_keys(index.vectors.search(v, _CANDIDATES, allowed)) for v in vectors]

    def proposed(question: str) -> set[int]:
        vector = index.embedder.embed_query(question)
        hits = index.vectors.search(vector, _CANDIDATES) + index.words.search(question, _CANDIDATES)
        return {hit.passage_id for hit in hits}

    def read(keys: set[int]) -> list[Candidate]:
        return index.database.candidates(keys, index.manifest.build)

    filters = {tag: Filter(tags=(tag,)) for tag in _TAGS}
    report = {
        "whole": _timed(lambda question: search(index, question), questions),
        "embedding": _timed(index.embedder.embed_query, questions),
        "meaning": _timed(lambda vector: index.vectors.search(vector, _CANDIDATES), vectors),
        "words": _timed(lambda question: index.words.search(question, _CANDIDATES), questions),
        "reading": _timed(read, map(proposed, questions)),
        "filtered": {tag: _filtered(index, questions, one) for tag, one in filters.items()},
    }
    found = {"meaning": near(Filter()), **{tag: near(one) for tag, one in filters.items()}}
    (work / "found.json").write_text(json.dumps(found), "utf-8")
    return report


def compare(folder: Path, work: Path) -> dict[str, float]:
    """Recall at ten of what was found by meaning, against exact scores of the given vectors."""
    index = open_index(work / "index")
    asked = np.stack([index.embedder.embed_query(question) for question in _questions(folder)])
    index.close()
    vectors = np.load(folder / "vectors.npy", mmap_mode="r")
    recalls = {}
    for name, found in json.loads((work / "found.json").read_text("utf-8")).items():
        right = _exact(asked, vectors, name if name in _TAGS else None)
        shares = [len(set(a) & set(b)) / len(b) for a, b in zip(found, right, strict=True)]
        recalls[name] = statistics.mean(shares)
    return recalls


def _filtered(index: Index, questions: list[str], filters: Filter) -> dict[str, float]:
    start = time.perf_counter()
    search(index, questions[0], filters=filters)
    first_ms = 1000 * (time.perf_counter() - start)
    allowed = index.allowed(filters)
    kept = len(allowed.passages) / len(index.database.passage_keys(index.manifest.build))
    times = _timed(lambda question: search(index, question, filters=filters), questions)
    return {"kept": kept, "first_ms": first_ms, **times}


def _timed(do: Callable[[Any], object], arguments: Iterable[Any]) -> dict[str, float]:
    """Medians of one call: time on the clock, and processor time."""
    arguments = list(arguments)
    for argument in arguments[:_WARM_UPS]:
        do(argument)
    cpu_ms, wall_ms = [], []
    for argument in arguments:
        cpu, start = time.process_time(), time.perf_counter()
        do(argument)
        wall_ms.append(1000 * (time.perf_counter() - start))
        cpu_ms.append(1000 * (time.process_time() - cpu))
    return {"p50_ms": statistics.median(wall_ms), "cpu_ms": statistics.median(cpu_ms)}


def _exact(asked: np.ndarray, vectors: np.ndarray, tag: str | None) -> list[list[int]]:
    """Keys of the ten nearest of each question: the key of a passage is its row, from one."""
    best: list[list[tuple[float, int]]] = [[] for _ in asked]
    for start in range(0, len(vectors), _ROWS_TOGETHER):
        rows = np.arange(start, min(start + _ROWS_TOGETHER, len(vectors)))
        if tag:
            rows = rows[(rows // PASSAGES_TOGETHER) % _TAGS[tag] == 0]
        scores = asked @ vectors[rows].T
        for nearest, row_scores in zip(best, scores, strict=True):
            top = np.argsort(-row_scores)[:_FOUND]
            nearest += [(float(row_scores[i]), int(rows[i]) + 1) for i in top]
    return [[key for _, key in sorted(nearest, reverse=True)[:_FOUND]] for nearest in best]


def _keys(hits: list[Hit]) -> list[int]:
    return [hit.passage_id for hit in hits[:_FOUND]]


def _has(tag: str, document: int) -> bool:
    return document % _TAGS[tag] == 0


def _questions(folder: Path) -> list[str]:
    with (folder / "queries.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


_STEPS = {"build": build, "ask": ask, "compare": compare}


def main() -> None:
    """Do the step that the command line names and write its report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=_STEPS)
    parser.add_argument("--set", type=Path, required=True, dest="folder")
    parser.add_argument("--work", type=Path, required=True)
    given = parser.parse_args()
    report = _STEPS[given.step](given.folder, given.work)
    (given.work / f"{given.step}.json").write_text(json.dumps(report), "utf-8")


if __name__ == "__main__":
    main()
