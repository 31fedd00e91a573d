"""The other side of an answer: passages with a sentence that points the other way."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.documents import RankedPassage
from index.search import Index
from search_app.answering import Answer
from search_app.evidence.directions import Vote
from search_app.evidence.known_studies import study_of
from search_app.evidence.line import what_it_says
from search_app.evidence.questions import Asked, Asks
from search_app.evidence.studies import Study
from search_app.evidence.voting import Reader
from search_app.quotes import Quote
from search_app.telling_words import read_telling_words
from search_app.verifying import stands_in_source
from search_app.wording import counted

NOTE = (
    "Each sentence is read by itself, by fixed rules that can be wrong and can miss some. That "
    "none is found does not mean that there is none; what is found is to be read in its source."
)
_YES = {Asks.RAISES: Vote.RAISES, Asks.LOWERS: Vote.LOWERS, Asks.YES_NO: Vote.SUPPORTS}
_SIDES = {
    Asks.RAISES: (Vote.RAISES, Vote.LOWERS, Vote.NO_DIFFERENCE),
    Asks.LOWERS: (Vote.LOWERS, Vote.RAISES, Vote.NO_DIFFERENCE),
    Asks.YES_NO: (Vote.SUPPORTS, Vote.AGAINST),
}


@dataclass(frozen=True)
class Opposing:
    """A sentence that points the other way, which way, and the study that it is from."""

    quote: Quote
    vote: Vote
    study: Study


@dataclass(frozen=True)
class OtherSide:
    """What points the other way from an answer.

    Attributes:
        asked: what the question asks.
        side: which way the answer points; a yes where it does not say.
        is_said: whether the answer says so itself.
        found: one sentence a passage, in the order in which the passages were found.
        read: how many passages were read for it.
    """

    asked: Asked
    side: Vote
    is_said: bool
    found: tuple[Opposing, ...]
    read: int

    @property
    def lead(self) -> str:
        """What was looked for, in a sentence."""
        others = " or ".join(
            what_it_says(self.asked, vote, 1) for vote in _others(self.asked, self.side)
        )
        if self.is_said:
            told = f"Where the answer says which way, it {what_it_says(self.asked, self.side, 1)}."
        else:
            told = "The answer does not say which way, so this looks for what says no."
        passages = f"{counted(self.read, 'passage')} closest to the question"
        if not self.found:
            return f"{told} None of the {passages} holds a sentence that {others}."
        counts = Counter(one.vote for one in self.found)
        parts = "; ".join(
            f"{count} {what_it_says(self.asked, vote, count)}" for vote, count in counts.items()
        )
        hold = "holds" if len(self.found) == 1 else "hold"
        return (
            f"{told} {len(self.found)} of the {passages} {hold} a sentence that points the other "
            f"way: {parts}."
        )


def find_other_side(
    index: Index, question: str, asked: Asked, answer: Answer, ranked: Sequence[RankedPassage]
) -> OtherSide:
    """What of the passages points the other way from the answer.

    Args:
        index: an opened index.
        question: a checked question.
        asked: what it asks.
        answer: the sentences that answer it.
        ranked: passages to read, best first.
    """
    reader = Reader(asked, read_telling_words(index.words, question), question)
    said = _side_of(reader.vote(quote.text) for quote in answer.quotes)
    side = said or _YES[asked.asks]
    others = _others(asked, side)
    found = []
    for source in ranked:
        against = (read for read in reader.read(source) if read.vote in others)
        best = max(against, key=lambda read: read.standing, default=None)
        if best and stands_in_source(index, best.quote):
            found.append(Opposing(best.quote, best.vote, study_of(index, source.document)))
    return OtherSide(asked, side, said is not None, tuple(found), len(ranked))


def _side_of(votes: Iterable[Vote]) -> Vote | None:
    """The way that most point; None where none does, or as many point another way."""
    counts = Counter(vote for vote in votes if vote is not Vote.UNCLEAR).most_common(2)
    if not counts or (len(counts) > 1 and counts[0][1] == counts[1][1]):
        return None
    return counts[0][0]


def _others(asked: Asked, side: Vote) -> list[Vote]:
    return [vote for vote in _SIDES[asked.asks] if vote is not side]
