"""Whether a sentence says what a claim says, says otherwise, or is only about the same.

Made for sentences that search has found near a claim. The thresholds were chosen on every other
claim of SciFact: `python benchmarks/checking.py DIR`, "Checking a text" in benchmarks/README.md.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.overlap import stems_of
from search_app.evidence.cues import BACKGROUND, DOWN, FOUND, HEDGED, NO_DIFFERENCE, UP
from search_app.evidence.directions import Direction, read_direction
from search_app.evidence.questions import PLACE, without_place
from search_app.evidence.voting import word_patterns
from search_app.nearness import NearQuote

# Below these a sentence is too far from the claim for its direction to mean anything.
_LEAST_NEARNESS, _LEAST_SAID = 0.6, 0.5
# Of the words for what rises or falls. "Bladder cancer" is not "pancreatic cancer" either way,
# but more would leave out most sentences that are right.
_LEAST_OUTCOME = 0.5
# A claim without a direction ("X binds Y") is said only by nearly the same words.
_SAME_NEARNESS, _SAME_SAID = 0.7, 0.7
# Characters between "no difference" and what does not differ.
_DENIAL_REACH = 40
_IS = re.compile(
    r"\b(?:is|are|was|were|be|been|being|becomes?|became|remains?|remained)(?: \w+ly)?\s*$",
    re.IGNORECASE,
)
_NOTHING_AFTER = re.compile(rf"^\W*(?:$|throughout\b|{PLACE})", re.IGNORECASE)
# That nobody has looked says nothing against a claim.
_NOT_SHOWN = re.compile(
    r"\bno (?:\w+ ){0,3}?(?:trials?|stud(?:y|ies)|data|evidence)\b|"
    r"\b(?:cannot|can not|(?:do|does|did) not) (?:\w+ ){0,2}?"
    r"(?:show|prove|tell|establish|demonstrate|conclude)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^\s*(?:of|in|the|to|with|for|on|risk of)\b", re.IGNORECASE)
# "May raise" is compared as "raises": what a sentence says to it stands beside it to be read.
_MODAL = re.compile(r"\b(?:may|might|could|can)\s+", re.IGNORECASE)
# That something has an effect is said in many words; they tell no more what a claim is about.
_EFFECT = re.compile(r"(?:affect|alter|chang|effect|impact|influenc)\w*", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|never|no|none|nor|neither|without)\b|n['\u2019]t\b", re.IGNORECASE)
_WORD = re.compile(r"\w[\w-]*")


class Stance(StrEnum):
    """What a sentence does to a claim, as the page says it."""

    SAYS_SO = "Says so"
    SAYS_OTHERWISE = "Says otherwise"
    ON_TOPIC = "On the topic; read it"


@dataclass(frozen=True)
class Claim:
    """What a sentence claims.

    Attributes:
        text: the sentence.
        direction: which way it says that the outcome goes.
        outcome: finds the words of what rises or falls; empty where it claims no direction.
        is_hedged: it says "whether", that something is unclear, or what somebody set out to do.
    """

    text: str
    direction: Direction
    outcome: tuple[re.Pattern[str], ...]
    is_hedged: bool


def read_claim(text: str) -> Claim:
    """What a sentence claims, and of what."""
    plain = _MODAL.sub("", text)
    outcome = tuple(word_patterns(_outcome_of(plain)))
    return Claim(text, read_direction(plain, outcome), outcome, bool(HEDGED.search(plain)))


def stance_of(claim: Claim, near: NearQuote) -> Stance:
    """What a sentence that was found for a claim does to it.

    Args:
        claim: as `read_claim` reads it.
        near: the sentence; of the claim only the words `without_direction` count as said.
    """
    text = near.quote.text
    if claim.is_hedged or text.endswith("?") or _NOT_SHOWN.search(text):
        return Stance.ON_TOPIC
    if claim.direction is Direction.UNCLEAR:
        return _stance_on_plain(near)
    named = [pattern for pattern in claim.outcome if pattern.search(text)]
    is_near = (
        near.meaning >= _LEAST_NEARNESS
        and near.said >= _LEAST_SAID
        and len(named) >= _LEAST_OUTCOME * len(claim.outcome)
    )
    said = read_direction(text, named)
    if not is_near or (said is Direction.NO_DIFFERENCE and not _denies(text, named)):
        return Stance.ON_TOPIC
    return _compared(claim.direction, said)


def without_direction(claim: str) -> str:
    """The words of a claim that say what it is about: what rose may be said to fall."""
    words = _WORD.findall(claim)
    return " ".join(
        word for word in words if not any(cue.fullmatch(word) for cue in (UP, DOWN, FOUND, _EFFECT))
    )


def _stance_on_plain(near: NearQuote) -> Stance:
    """Of a claim without a direction; that a sentence denies it cannot be told by rules."""
    text = near.quote.text
    is_same = near.meaning >= _SAME_NEARNESS and near.said >= _SAME_SAID
    turns = any(cue.search(text) for cue in (UP, DOWN, _NOT, NO_DIFFERENCE, HEDGED, BACKGROUND))
    return Stance.SAYS_SO if is_same and not turns else Stance.ON_TOPIC


def _denies(text: str, outcome: Sequence[re.Pattern[str]]) -> bool:
    """Whether what is denied stands beside the outcome; else it is something else."""
    denials = [match.span() for match in NO_DIFFERENCE.finditer(text)]
    places = [match.span() for pattern in outcome for match in pattern.finditer(text)]
    return any(
        max(place[0] - denial[1], denial[0] - place[1]) <= _DENIAL_REACH
        for denial in denials
        for place in places
    )


def _compared(claimed: Direction, said: Direction) -> Stance:
    if said is Direction.UNCLEAR:
        return Stance.ON_TOPIC
    if claimed is said or (claimed is Direction.FOUND and said is not Direction.NO_DIFFERENCE):
        return Stance.SAYS_SO
    if said is Direction.FOUND and claimed is not Direction.NO_DIFFERENCE:
        # That something was found, but not which way.
        return Stance.ON_TOPIC
    return Stance.SAYS_OTHERWISE


def _outcome_of(claim: str) -> str:
    """The words for what rises or falls: after the last cue, or before "is higher in ..."."""
    cues = [
        match.span() for cue in (UP, DOWN, NO_DIFFERENCE, FOUND) for match in cue.finditer(claim)
    ]
    if not cues:
        return ""
    start, end = max(cues, key=lambda span: span[1])
    before, after = claim[:start], claim[end:]
    if _IS.search(before) and _NOTHING_AFTER.match(after):
        return _content(before)
    first = min(start for start, _ in cues)
    return _content(without_place(f" {_LEADING.sub('', after)}")) or _content(claim[:first])


def _content(words: str) -> str:
    """Without "the", "of" and other words that tell nothing."""
    return " ".join(word for word in _WORD.findall(words) if stems_of(word))
