"""Which questions of a judged set its corpus answers: labels.tsv, beside the BEIR layout."""

import csv
from collections.abc import Iterable
from pathlib import Path


def read_answerable(folder: Path, queries: Iterable[str], judged: Iterable[str]) -> dict[str, bool]:
    """Whether the corpus answers a query, by query id.

    Args:
        folder: of the judged set.
        queries: ids of all queries.
        judged: ids of those with a relevant document; they are answerable unless labelled not.
    """
    answerable = dict.fromkeys(queries, False) | dict.fromkeys(judged, True)
    labels = folder / "labels.tsv"
    if labels.exists():
        with labels.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file, delimiter="\t") if "answerable" in row]
        answerable |= {row["query-id"]: row["answerable"] == "yes" for row in rows}
    return answerable
