"""In which order the passages found are shown."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from index.documents import RankedPassage
from search_app.evidence.other_side import OtherSide

# The parameter of an address that holds one.
ORDER = "order"


class Order(StrEnum):
    """An order of passages. The value stands in the address."""

    BEST = "best"
    NEWEST = "newest"
    OTHER_SIDE = "other-side"

    @property
    def told(self) -> str:
        """How a list in this order is described."""
        return {
            Order.BEST: "best first",
            Order.NEWEST: "newest first",
            Order.OTHER_SIDE: "the other side first",
        }[self]


def newest_first(ranked: Sequence[RankedPassage]) -> list[RankedPassage]:
    """Passages by the dates of their documents, those of one date as ranked, undated ones last."""
    return sorted(ranked, key=lambda found: found.document.date, reverse=True)


def other_side_first(ranked: Sequence[RankedPassage], other: OtherSide) -> list[RankedPassage]:
    """What points the other way, then all that was ranked besides.

    Args:
        ranked: best first; what the answer quotes is among them, under its rank.
        other: of what has no rank among them, the ranks go on from there.
    """
    ranks = {found.passage.id: found.rank for found in ranked}
    against = []
    for source in (one.quote.source for one in other.found):
        rank = ranks.setdefault(source.passage.id, len(ranks) + 1)
        against.append(replace(source, rank=rank))
    shown = {source.passage.id for source in against}
    return against + [found for found in ranked if found.passage.id not in shown]
