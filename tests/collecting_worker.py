"""One of several who collect at once; in a module of its own, which a process loads quickly."""

from pathlib import Path

from samples import ranked

from search_app.excerpts import excerpt_of
from search_app.keeping import Collections, Item


def add_twenty(path: Path, writer: int) -> int:
    """Collect twenty excerpts, one at a time; how many are new."""
    kept = Collections(path)
    return sum(
        kept.add("Talk", [Item(excerpt_of(ranked(f"{writer} {number}"), None))])
        for number in range(20)
    )
