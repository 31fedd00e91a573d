"""Does ranking still do as well as it did? `python benchmarks/gate.py [--data DIR] [--update]`.

Cuts of judged sets are indexed and asked by the product's own code, and each measure of the
fused ranking is compared with its floor in benchmarks/gate_floors.json. Exit code: 1 where one
is below, 2 where a cut is not the one that was pinned.
"""

import argparse
import hashlib
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peers.sets import prepare_documents, prepare_judged

from index.embedder import Embedder
from index.runtimes import embedder_to_write
from index.search import open_index
from ingest.judged_index import build_index
from ingest.judged_set import JudgedSet, load_judged_set
from search_app.evaluating import evaluate

ROOT = Path(__file__).resolve().parents[1]
STARTER = ROOT / "benchmarks" / "starter_corpus"
FLOORS = ROOT / "benchmarks" / "gate_floors.json"
DATA = ROOT.parent / "shared" / "data"
RETRIEVER = "fused"
# Processors round the model's sums differently, so near ties swap here and there. That moves the
# mean of 60 or more queries by a few thousandths; a change of ranking that matters moves it more.
EPSILON = 0.01
# Floors are kept with as many decimals.
DECIMALS = 4

BELOW, NOT_PINNED = 1, 2

# What the file of floors holds of each cut.
Pins = dict[str, dict[str, Any]]
# Value of each measure by its name.
Values = dict[str, float]


@dataclass(frozen=True)
class Sample:
    """Which part of a judged set is asked.

    Attributes:
        measures: that have a floor.
        documents: about how many; those relevant to a kept query are always kept.
        queries: how many; None for all that the kept documents answer.
    """

    measures: tuple[str, ...]
    documents: int
    queries: int | None = None


# With the starter corpus 140 processor seconds, exporting the model included.
SAMPLES = {
    "scifact": Sample(("ndcg@10", "recall@100"), 250, 80),
    "medquad": Sample(("ndcg@10", "recall@100"), 250, 80),
    # All its queries; they have 696 relevant documents.
    "medline": Sample(("ndcg@10", "recall@100"), 400, 30),
    "covidqa": Sample(("hit@1",), 10),
}


@dataclass(frozen=True)
class Cut:
    """A judged set as it is asked, and the names of the measures that have a floor."""

    name: str
    measures: tuple[str, ...]
    judged: JudgedSet

    def identity(self) -> dict[str, Any]:
        """What tells this cut from one with other texts, queries or judgements."""
        judged = self.judged
        parts = [judged.fingerprints, judged.queries, judged.qrels]
        text = json.dumps(parts, sort_keys=True)
        return {
            "fingerprint": hashlib.sha256(text.encode()).hexdigest(),
            "documents": len(judged.fingerprints),
            "queries": len(judged.queries),
            "judgements": sum(len(grades) for grades in judged.qrels.values()),
        }


def main() -> int:
    """Check the floors, or pin them anew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the judged sets")
    parser.add_argument("--update", action="store_true", help="pin the cuts and their floors")
    parser.add_argument(
        "--allow-regression", action="store_true", help="with --update: floors may be lowered"
    )
    arguments = parser.parse_args()
    if arguments.allow_regression and not arguments.update:
        parser.error("--allow-regression is for --update")
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        cuts = list(prepare_cuts(arguments.data, work))
        # Exported once, for all cuts.
        embedder = embedder_to_write(work)
        if arguments.update:
            lower = arguments.allow_regression
            return update(cuts, FLOORS, work, embedder, may_lower=lower)
        return check(cuts, FLOORS, work, embedder)


def prepare_cuts(data: Path, work: Path) -> Iterator[Cut]:
    """The starter corpus, and a sample of each judged set that is there."""
    yield Cut("starter_corpus", ("ndcg@10",), load_judged_set(STARTER))
    for name, sample in SAMPLES.items():
        source = data / name
        if not source.is_dir():
            print(f"{name} is left out: there is no folder {source}")
        elif sample.queries is None:
            found = prepare_documents(source, work, sample.documents)
            yield Cut(name, sample.measures, load_judged_set(found.folder))
        else:
            found = prepare_judged(source, work, sample.queries, sample.documents)
            yield Cut(name, sample.measures, load_judged_set(found.folder))


def check(cuts: Sequence[Cut], floors: Path, work: Path, embedder: Embedder) -> int:
    """Measure the cuts that are as pinned, and print a table.

    Returns:
        0, `BELOW` or `NOT_PINNED`; `BELOW` where both are so.
    """
    pins = read_pins(floors)
    status, notices = 0, [""]
    _print_heading()
    for cut in cuts:
        pin = pins.get(cut.name, {})
        if not _is_pinned(cut, pin):
            status = status or NOT_PINNED
            notices.append(_difference(cut, pin))
            continue
        for name, value in measure(cut, work, embedder).items():
            is_below = value < pin["floors"][name] - EPSILON
            status = BELOW if is_below else status
            _print_value(cut, name, pin["floors"][name], value, "BELOW" if is_below else "holds")
    print("\n".join(notices))
    return status


def update(
    cuts: Sequence[Cut], floors: Path, work: Path, embedder: Embedder, *, may_lower: bool = False
) -> int:
    """Pin the cuts as they are now; what is not among them stays as it is.

    A floor is raised to what was found. It is lowered only if it may be; otherwise one that is
    missed by no more than `EPSILON` stays, and for one missed by more nothing is written.

    Returns:
        0, or `BELOW` where nothing was written.
    """
    pins, status = read_pins(floors), 0
    _print_heading()
    for cut in cuts:
        values = measure(cut, work, embedder)
        old = pins.get(cut.name, {}).get("floors", {})
        kept = values if may_lower else {n: max(values[n], old.get(n, 0.0)) for n in values}
        pins[cut.name] = {**cut.identity(), "floors": kept}
        for name, value in values.items():
            is_below = not may_lower and value < kept[name] - EPSILON
            status = BELOW if is_below else status
            _print_value(cut, name, old.get(name), value, "BELOW" if is_below else "pinned")
    if status:
        print("\nNothing is written: a floor would be lowered. If it must: --allow-regression")
    else:
        write_pins(floors, pins)
    return status


def measure(cut: Cut, work: Path, embedder: Embedder) -> Values:
    """The measures of a cut that have a floor, by the fused ranking."""
    folder = work / "indexes" / cut.name
    build_index(cut.judged, folder, embedder)
    with closing(open_index(folder, lambda _name: embedder)) as index:
        found = evaluate(index, RETRIEVER, cut.judged.queries, cut.judged.qrels)
    return {name: round(found.measures[name], DECIMALS) for name in cut.measures}


def read_pins(path: Path) -> Pins:
    """What is pinned; nothing where the file is missing."""
    if not path.exists():
        return {}
    try:
        return json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise SystemExit(
            f"{path} is not JSON ({error}). Restore it from version control."
        ) from None


def write_pins(path: Path, pins: Pins) -> None:
    """Put a whole new file in the place of the old one: a stopped run leaves one of the two."""
    written = path.with_name(f"{path.name}.new")
    written.write_text(json.dumps(pins, indent=2, sort_keys=True) + "\n", "utf-8")
    written.replace(path)


def _is_pinned(cut: Cut, pin: dict[str, Any]) -> bool:
    floors = pin.get("floors", {})
    return pin == {**cut.identity(), "floors": floors} and floors.keys() == set(cut.measures)


def _difference(cut: Cut, pin: dict[str, Any]) -> str:
    """Why a cut cannot be compared, and the way out."""
    if not pin:
        return f"{cut.name} is not pinned yet: pin it with --update"
    counts = [
        f"{was} {key}, now {now}"
        for key, now in cut.identity().items()
        if key != "fingerprint" and (was := pin.get(key)) != now
    ]
    what = "; ".join(counts) or "as many of each, but other texts, ids or measures"
    return (
        f"{cut.name} is not the cut that was pinned ({what}), so its floors do not hold for it. "
        "If the change is meant: re-pin with --update"
    )


def _print_heading() -> None:
    _print_row("cut", "documents", "queries", "measure", "floor", "found", "")
    _print_row(*["---"] * 7)


def _print_value(cut: Cut, name: str, floor: float | None, value: float, verdict: str) -> None:
    judged = cut.judged
    pinned = "" if floor is None else f"{floor:.4f}"
    counts = (str(len(judged.fingerprints)), str(len(judged.queries)))
    _print_row(cut.name, *counts, name, pinned, f"{value:.4f}", verdict)


def _print_row(*cells: str) -> None:
    print("".join(f"| {cell} " for cell in cells) + "|", flush=True)


if __name__ == "__main__":
    sys.exit(main())
