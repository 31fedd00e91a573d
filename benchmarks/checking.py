"""How often a claim is checked rightly: `python benchmarks/checking.py DIR`.

DIR holds scifact/: claims, abstracts, and which abstract supports or contradicts which claim. With
--work FOLDER the index of the abstracts is kept there.
"""

import argparse
import csv
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index.documents import RankedPassage
from index.runtimes import embedder_to_write
from index.search import Index, open_index
from ingest.judged_index import build_index
from ingest.judged_set import JudgedSet, load_judged_set
from search_app.checking import check_claim, nearest_sentences
from search_app.evidence.stances import Stance, without_direction
from search_app.nearness import NearQuote, near_quotes
from search_app.telling_words import read_telling_words

_SUPPORT, _CONTRADICT, _NONE = "SUPPORT", "CONTRADICT", "NONE"
_LABELS = {Stance.SAYS_SO: _SUPPORT, Stance.SAYS_OTHERWISE: _CONTRADICT, Stance.ON_TOPIC: _NONE}
_DENIES = re.compile(
    r"\b(?:not?|without|lack\w*|fail\w*|unrelated|never|neither)\b|n['\u2019]t\b", re.IGNORECASE
)
# Every second of those not tuned on is also looked up from end to end.
_STEP = 4


@dataclass(frozen=True)
class Pair:
    """A claim with an abstract that its writers cited for it.

    Attributes:
        half: 0 for the claims that the rules were tuned on.
        label: what the judges say of the two.
        found: what the rules say.
        negated: what comparing "not" in the claim and in the nearest sentence says.
    """

    half: int
    label: str
    found: str
    negated: str


def main() -> None:
    """Print a table of directions, and one of claims looked up from end to end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="folder of the sets")
    parser.add_argument("--work", type=Path, help="where the index is kept")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = (arguments.work or Path(folder)) / "scifact"
        judged = load_judged_set(arguments.folder / "scifact")
        labels = _read_labels(arguments.folder / "scifact" / "labels.tsv")
        embedder = embedder_to_write(work)
        build_index(judged, work, embedder)
        with closing(open_index(work, lambda _name: embedder)) as index:
            pairs = _compare(index, judged, labels)
            _print_directions(pairs)
            _print_end_to_end(index, judged, labels)


def _read_labels(path: Path) -> dict[tuple[str, str], str]:
    """What the judges say of a claim and an abstract; pairs that are not named say nothing."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {(row["query-id"], row["evidence-doc"]): row["label"] for row in rows}


def _compare(index: Index, judged: JudgedSet, labels: dict[tuple[str, str], str]) -> list[Pair]:
    passages = _passages_by_document(index)
    pairs = []
    for number, (query, text) in enumerate(judged.queries.items()):
        words = read_telling_words(index.words, without_direction(text))
        for document in judged.qrels[query]:
            near = near_quotes(index.embedder, text, passages[document], words)
            found = nearest_sentences(text, near, {})
            label = labels.get((query, document), _NONE)
            said = _LABELS[found[0].stance] if found else _NONE
            pairs.append(Pair(number % 2, label, said, _by_negation(text, near)))
    return pairs


def _by_negation(claim: str, near: Iterable[NearQuote]) -> str:
    nearest = max(near, key=lambda one: one.meaning).quote.text
    return _SUPPORT if bool(_DENIES.search(claim)) == bool(_DENIES.search(nearest)) else _CONTRADICT


def _print_directions(pairs: list[Pair]) -> None:
    stands = [pair for pair in pairs if pair.label != _NONE]
    untuned = [pair for pair in stands if pair.half]
    clear = [pair for pair in untuned if pair.found != _NONE]
    rules: dict[str, Callable[[Pair], str]] = {
        "always supports": lambda _pair: _SUPPORT,
        '"not" in one and not in the other contradicts': lambda pair: pair.negated,
        "the rules; on the topic as supports": lambda pair: (
            _SUPPORT if pair.found == _NONE else pair.found
        ),
        "the rules, where they say so or otherwise": lambda pair: pair.found,
    }
    print("| rule | right of all | of the half not tuned on | of those of it that are clear |")
    print("|---|---|---|---|")
    for name, rule in rules.items():
        shares = (
            f"{sum(rule(p) == p.label for p in some) / len(some):.3f}"
            for some in (stands, untuned, clear)
        )
        print(f"| {name} | " + " | ".join(shares) + " |")
    print(f"\n{len(stands)} pairs, {len(untuned)} not tuned on, {len(clear)} of these clear\n")
    print("| the judges (half not tuned on) | says so | says otherwise | on the topic, nothing |")
    print("|---|---|---|---|")
    for label in (_SUPPORT, _CONTRADICT, _NONE):
        said = Counter(pair.found for pair in pairs if pair.half and pair.label == label)
        cells = (str(said[found]) for found in (_SUPPORT, _CONTRADICT, _NONE))
        print(f"| {label} | " + " | ".join(cells) + " |")


def _print_end_to_end(index: Index, judged: JudgedSet, labels: dict[tuple[str, str], str]) -> None:
    """Claims of the half not tuned on, looked up in all abstracts."""
    shown, right, wrong, claims, others = (Counter[str]() for _ in range(5))
    for query in list(judged.queries)[1::_STEP]:
        evidence = {d: one for (q, d), one in labels.items() if q == query and d}
        label = next(iter(evidence.values()), _NONE)
        found = check_claim(index, judged.queries[query]).found
        claims[label] += 1
        said = {one.quote.source.document.id: _LABELS[one.stance] for one in found}
        shown[label] += any(document in said for document in evidence)
        right[label] += any(said.get(document) == one for document, one in evidence.items())
        wrong[label] += any(
            said.get(document, one) not in {one, _NONE} for document, one in evidence.items()
        )
        others.update(one for document, one in said.items() if document not in evidence)
    print(f"\n{sum(claims.values())} claims looked up in {len(index.documents())} abstracts\n")
    print("| the judges | claims | evidence shown | labelled rightly | labelled the other way |")
    print("|---|---|---|---|---|")
    for label in (_SUPPORT, _CONTRADICT):
        counts = (claims[label], shown[label], right[label], wrong[label])
        print(f"| {label} | " + " | ".join(map(str, counts)) + " |")
    print(f"\nother abstracts shown: {dict(others)}")


def _passages_by_document(index: Index) -> dict[str, list[RankedPassage]]:
    keys = sorted(index.database.passage_keys(index.manifest.build))
    found = index.database.passages(keys, index.manifest.build)
    by_document: dict[str, list[RankedPassage]] = {}
    for key in keys:
        passage, document = found[key]
        by_document.setdefault(document.id, []).append(RankedPassage(1, 1.0, passage, document))
    return by_document


if __name__ == "__main__":
    main()
