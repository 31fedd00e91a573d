"""The evidence line: how many of the studies in this library point which way."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from index.documents import RankedPassage
from index.search import Index
from search_app.evidence.directions import Vote
from search_app.evidence.questions import Asked, Asks
from search_app.evidence.studies import Group
from search_app.evidence.voting import StudyVote, collect_votes

# One or two studies are no evidence line: read them.
FEWEST_STUDIES = 3
PASSAGES_READ = 30
_FILTERED, _UNFILTERED = "that pass the filters", "in this library"
NOTE = (
    "This counts what was found in this library, one vote a study, read from one sentence each by "
    "fixed rules that can be wrong. It says nothing of studies that are not here, of their "
    "quality, or of how large an effect is."
)
_ORDER = {
    Asks.RAISES: (Vote.RAISES, Vote.LOWERS, Vote.NO_DIFFERENCE, Vote.UNCLEAR),
    Asks.LOWERS: (Vote.LOWERS, Vote.RAISES, Vote.NO_DIFFERENCE, Vote.UNCLEAR),
    Asks.YES_NO: (Vote.SUPPORTS, Vote.AGAINST, Vote.UNCLEAR),
}


@dataclass(frozen=True)
class Tally:
    """The votes of what is counted together.

    Attributes:
        group: what that is.
        counts: votes of each kind, the one that the question asks for first.
        text: the line.
    """

    group: Group
    counts: dict[Vote, int]
    text: str

    @property
    def total(self) -> int:
        """How many studies voted."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class Evidence:
    """How the studies point, and the votes behind it.

    Attributes:
        asked: what the question asks.
        tallies: one a group with enough studies, never added together.
        votes: of those groups, in their order.
    """

    asked: Asked
    tallies: tuple[Tally, ...]
    votes: tuple[StudyVote, ...]


def find_evidence(
    index: Index,
    question: str,
    asked: Asked,
    ranked: Sequence[RankedPassage],
    *,
    is_filtered: bool = False,
) -> Evidence | None:
    """How the studies of a library point; None where fewer than three of a kind say anything.

    Args:
        index: an opened index.
        question: a checked question.
        asked: what it asks.
        ranked: the first `PASSAGES_READ` passages that it finds.
        is_filtered: a filter let only some documents be found.
    """
    votes = collect_votes(index, question, asked, ranked)
    return count_votes(asked, votes, _FILTERED if is_filtered else _UNFILTERED)


def count_votes(
    asked: Asked, votes: Sequence[StudyVote], where: str = _UNFILTERED
) -> Evidence | None:
    """The tallies of the groups that have at least three votes; None where none has.

    Args:
        asked: what the question asks.
        votes: of all studies.
        where: they were looked for, for the line.
    """
    by_group = {group: [vote for vote in votes if vote.group is group] for group in Group}
    enough = {group: cast for group, cast in by_group.items() if len(cast) >= FEWEST_STUDIES}
    if not enough:
        return None
    tallies = tuple(_tally(asked, group, cast, where) for group, cast in enough.items())
    return Evidence(asked, tallies, tuple(vote for cast in enough.values() for vote in cast))


def _tally(asked: Asked, group: Group, votes: Sequence[StudyVote], where: str) -> Tally:
    cast = Counter(vote.vote for vote in votes)
    counts = {vote: cast[vote] for vote in _ORDER[asked.asks]}
    first, *others = counts.items()
    parts = [f"{_said(asked, vote, count)}" for vote, count in others if count]
    lead = f"{first[1]} of {len(votes)} {group} {where} {what_it_says(asked, first[0], 2)}"
    return Tally(group, counts, "; ".join([lead, *parts]) + ".")


def _said(asked: Asked, vote: Vote, count: int) -> str:
    return f"{count} {what_it_says(asked, vote, count)}"


def what_it_says(asked: Asked, vote: Vote, count: int) -> str:
    """A vote on a question in words, of one or of several: "report higher IL-6"."""
    one = count == 1
    outcome = asked.outcome.removeprefix("the ").removeprefix("an ").removeprefix("a ")
    report, points, is_ = ("reports", "points", "is") if one else ("report", "point", "are")
    return {
        Vote.RAISES: f"{report} higher {outcome}",
        Vote.LOWERS: f"{report} lower {outcome}",
        Vote.NO_DIFFERENCE: f"{report} no difference",
        Vote.SUPPORTS: f"{points} to yes",
        Vote.AGAINST: f"{points} to no",
        Vote.UNCLEAR: f"{is_} unclear",
    }[vote]
