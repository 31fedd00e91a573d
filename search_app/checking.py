"""A pasted text against the library: for each claim, what says so, what says otherwise."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from index.search import Index, search
from search_app.answering import can_answer
from search_app.claims import LeftOut, read_claims
from search_app.evidence.known_studies import study_of
from search_app.evidence.stances import Stance, read_claim, stance_of, without_direction
from search_app.evidence.studies import Study
from search_app.nearness import NearQuote, near_quotes
from search_app.quotes import Quote
from search_app.telling_words import read_telling_words
from search_app.verifying import stands_in_source
from search_app.wording import counted

# Sentences shown of each stance, each of another document.
MOST_A_STANCE = 3
# The probability that a sentence is about the claim, from how near it is and how far that stands
# out of the sentences found with it; fitted on the judged questions of three sets.
_NEARNESS, _STANDING_OUT, _CONSTANT = 5.49, 5.53, -4.72
_LEAST_PROBABILITY = 0.33
# The words of the claim count besides its meaning.
_SAID_WEIGHT = 0.4
NOTHING_FOUND = "Nothing found in this library"
# How often that is wrong: "Checking a text" in benchmarks/README.md.
NOTE = (
    "Each sentence is compared with the claim by fixed rules that look at words such as "
    "\u201craises\u201d or \u201cno difference\u201d. They are often wrong, with \u201csays "
    "otherwise\u201d more often than with \u201csays so\u201d: read the sentence in its source "
    "before you rely on it. That nothing is found says nothing of studies that are not in this "
    "library."
)


@dataclass(frozen=True)
class Found:
    """A sentence of the library on a claim.

    Attributes:
        quote: the sentence, word for word.
        stance: what it does to the claim.
        study: what its document says of itself as a study; None before that is looked up.
    """

    quote: Quote
    stance: Stance
    study: Study | None = None


@dataclass(frozen=True)
class CheckedClaim:
    """A claim and what the library holds on it.

    Attributes:
        text: the claim.
        found: sentences of different documents: those that say so, then those that say
            otherwise, then those on the topic, each the nearest first.
    """

    text: str
    found: tuple[Found, ...]

    @property
    def summary(self) -> str:
        """How many sentences of each stance were found, in words."""
        counts = Counter(one.stance for one in self.found)
        parts = [
            f"{counts[stance]} {_VERBS[stance][counts[stance] > 1]}"
            for stance in Stance
            if counts[stance]
        ]
        return ", ".join(parts) or NOTHING_FOUND


_VERBS = {
    Stance.SAYS_SO: ("says so", "say so"),
    Stance.SAYS_OTHERWISE: ("says otherwise", "say otherwise"),
    Stance.ON_TOPIC: ("on the topic", "on the topic"),
}


@dataclass(frozen=True)
class Checked:
    """A text against the library.

    Attributes:
        claims: in the order of the text.
        left_out: what of the text was not looked up.
        notices: what the reader should know before reading.
    """

    claims: tuple[CheckedClaim, ...]
    left_out: tuple[LeftOut, ...]
    notices: tuple[str, ...]

    @property
    def summary(self) -> str:
        """How many claims have what."""
        stances = [{one.stance for one in claim.found} for claim in self.claims]
        counts = {
            "with a sentence that says so": sum(Stance.SAYS_SO in found for found in stances),
            "with one that says otherwise": sum(
                Stance.SAYS_OTHERWISE in found for found in stances
            ),
            "only touched on": sum(found == {Stance.ON_TOPIC} for found in stances),
            "not found": sum(not found for found in stances),
        }
        parts = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
        return f"{counted(len(self.claims), 'claim')}: {parts}."


def check_text(index: Index, text: str) -> Checked:
    """Look up each claim of a text.

    Args:
        index: an opened index.
        text: a sentence, an abstract, or the lines of a slide.

    Raises:
        QuestionError: there is no claim in it.
    """
    pasted = read_claims(text)
    claims = tuple(check_claim(index, claim) for claim in pasted.claims)
    return Checked(claims, pasted.left_out, pasted.notices)


def check_claim(index: Index, text: str) -> CheckedClaim:
    """What the library holds on a claim; each sentence is found again in its stored page.

    Args:
        index: an opened index.
        text: one sentence.

    Raises:
        QuestionError: it is empty or too long to search for.
    """
    words = read_telling_words(index.words, without_direction(text))
    near = near_quotes(index.embedder, text, search(index, text), words)
    best = nearest_sentences(text, near, index.versions)
    found: dict[Stance, list[Found]] = {stance: [] for stance in Stance}
    for one in best:
        if len(found[one.stance]) < MOST_A_STANCE and stands_in_source(index, one.quote):
            study = study_of(index, one.quote.source.document)
            found[one.stance].append(replace(one, study=study))
    return CheckedClaim(text, tuple(one for stance in Stance for one in found[stance]))


def nearest_sentences(
    text: str, near: Sequence[NearQuote], versions: Mapping[str, Sequence[str]]
) -> list[Found]:
    """One sentence a document and its versions, the nearest first.

    Of the sentences of a document one that says so or otherwise goes before one that is nearer
    but only on the topic. Those too far from the claim to be about it are left out.

    Args:
        text: the claim.
        near: sentences of the passages found.
        versions: all versions of a document that has several, by document id.
    """
    claim = read_claim(text)
    usual = fmean(one.meaning for one in near) if near else 0.0
    best: dict[str, tuple[tuple[bool, float], Found]] = {}
    for one in near:
        if not can_answer(one.quote) or _probability(one, usual) < _LEAST_PROBABILITY:
            continue
        stance = stance_of(claim, one)
        document = one.quote.source.document.id
        study = versions.get(document, (document,))[0]
        rank = (stance is not Stance.ON_TOPIC, one.meaning + _SAID_WEIGHT * one.said)
        if study not in best or rank > best[study][0]:
            best[study] = (rank, Found(one.quote, stance))
    return [found for _, found in sorted(best.values(), key=lambda kept: kept[0], reverse=True)]


def _probability(candidate: NearQuote, usual: float) -> float:
    standing_out = candidate.meaning - usual
    return 1 / (
        1 + math.exp(-(_NEARNESS * candidate.meaning + _STANDING_OUT * standing_out + _CONSTANT))
    )
