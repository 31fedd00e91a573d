"""What every driver speaks: three steps, where they read and write, how they take the time.

`python NAME_driver.py STEP --set FOLDER --work FOLDER --model FOLDER [--variant NAME]`

A driver runs in the environment of its tool, so only the standard library is used here.
The set is in the BEIR layout; `vectors.npy` in it, where there is one, has a row for each
line of corpus.jsonl. Steps write STEP.json into the work folder; the tool's own files go
into the folder `index` there.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

SHOWN = 10
RANKED = 100
_WARM_UPS = 2


@dataclass(frozen=True)
class Record:
    """A record of corpus.jsonl."""

    id: str
    title: str
    text: str


@dataclass(frozen=True)
class Job:
    """What a driver is asked to do.

    Attributes:
        folder: the judged set.
        work: where the step's report goes.
        model: folder of the embedding model.
        variant: which way of searching, for tools that are run in several.
    """

    folder: Path
    work: Path
    model: str
    variant: str

    @property
    def index(self) -> Path:
        """Where the tool's own files go."""
        return self.work / "index"

    @property
    def vectors(self) -> Path | None:
        """Vectors of the texts computed beforehand, where the set has them."""
        path = self.folder / "vectors.npy"
        return path if path.exists() else None

    def records(self) -> list[Record]:
        """The texts, in order."""
        return [
            Record(line["_id"], line.get("title", ""), line["text"])
            for line in _read_jsonl(self.folder / "corpus.jsonl")
        ]

    def questions(self) -> dict[str, str]:
        """Text by query id."""
        return {line["_id"]: line["text"] for line in _read_jsonl(self.folder / "queries.jsonl")}


class Driver(Protocol):
    """One tool, used as its documentation shows."""

    def prepare(self) -> None:
        """Import the tool and load the model; not counted as indexing."""
        ...

    def index(self, records: list[Record]) -> int:
        """Index the texts into the empty folder `job.index`; returns the number of passages."""
        ...

    def open(self) -> None:
        """Load the saved index, ready for a question."""
        ...

    def ask(self, question: str) -> object:
        """What a user does: the tool's own search for ten results. This is timed."""
        ...

    def rank(self, question: str) -> list[str]:
        """Ids of the (about) 100 best documents, best first, each once. Not timed."""
        ...


def main(make_driver: Callable[[Job], Driver]) -> None:
    """Do the step that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=_STEPS)
    parser.add_argument("--set", type=Path, required=True, dest="folder")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--variant", default="")
    given = parser.parse_args()
    job = Job(given.folder, given.work, given.model, given.variant)
    job.index.mkdir(parents=True, exist_ok=True)
    report = _STEPS[given.step](job, make_driver(job))
    (job.work / f"{given.step}.json").write_text(json.dumps(report), "utf-8")


def best_first(document_ids: Iterable[str]) -> list[str]:
    """Documents in the order of their best passage, each once."""
    return list(dict.fromkeys(document_ids))[:RANKED]


def _index(job: Job, driver: Driver) -> dict[str, Any]:
    driver.prepare()
    records = job.records()
    cpu, wall = time.process_time(), time.perf_counter()
    passages = driver.index(records)
    return {
        "documents": len(records),
        "passages": passages,
        "cpu_s": time.process_time() - cpu,
        "wall_s": time.perf_counter() - wall,
    }


def _search(job: Job, driver: Driver) -> dict[str, Any]:
    driver.open()
    questions = job.questions()
    for question in list(questions.values())[:_WARM_UPS]:
        driver.ask(question)
    cpu_ms, wall_ms = [], []
    for question in questions.values():
        cpu, wall = time.process_time(), time.perf_counter()
        driver.ask(question)
        cpu_ms.append(1000 * (time.process_time() - cpu))
        wall_ms.append(1000 * (time.perf_counter() - wall))
    run = {query: driver.rank(question) for query, question in questions.items()}
    return {"cpu_ms": cpu_ms, "wall_ms": wall_ms, "run": run}


def _cold(job: Job, driver: Driver) -> dict[str, Any]:
    driver.open()
    question = next(iter(job.questions().values()))
    driver.ask(question)
    return {"question": question}


_STEPS = {"index": _index, "search": _search, "cold": _cold}


def _read_jsonl(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]
