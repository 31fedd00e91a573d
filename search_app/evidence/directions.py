"""Which way a sentence points: up, down, no difference, or nothing that can be counted."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from search_app.evidence.cues import DOWN, FOUND, HEDGED, NO_DIFFERENCE, NOT_SIGNIFICANT, UP
from search_app.evidence.questions import Asked, Asks


class Direction(StrEnum):
    """What a sentence says of the outcome."""

    RAISES = "raises"
    LOWERS = "lowers"
    NO_DIFFERENCE = "no difference"
    FOUND = "found"
    UNCLEAR = "unclear"


class Vote(StrEnum):
    """What a study says to the question."""

    RAISES = "raises"
    LOWERS = "lowers"
    NO_DIFFERENCE = "no difference"
    SUPPORTS = "supports"
    AGAINST = "against"
    UNCLEAR = "unclear"


# "IL-6 rose, but CRP did not": what follows is about something else.
_TURN = re.compile(
    r"[;:]|,?\s+(?:but|whereas|while|although|though|however|despite|yet|except)\s+", re.IGNORECASE
)
_CONCESSION = re.compile(r"(?:although|though|while|whereas|despite)\b[^,]*,", re.IGNORECASE)
# "Although IL-6 was lower, this difference was not significant" takes all of it back.
_TAKEN_BACK = re.compile(
    r"\b(?:this|these|the) (?:\w+ )?(?:differences?|changes?|effects?|associations?) (?:was|were) "
    r"(?:also )?not\b",
    re.IGNORECASE,
)
# "Cortisol calms inflammation, and stress raises cortisol": the second is about something else.
_FURTHER = re.compile(r",\s+and\s+", re.IGNORECASE)
# "attenuated the increase in IL-6" lowers it: how many words may stand between the two.
_CHAIN_WORDS = 4
# "odds ratio 1.94, 95% CI 1.15-3.26": counts where the interval lies on one side of 1.
_RATIO = re.compile(
    r"\b(?:[ah]?ORs?|[a]?HRs?|RRs?|(?:odds|risk|hazard|rate) ratios?|relative risks?)\b\W{0,4}"
    r"(?:\w+ ?){0,2}?[=\s(\[:,]*(?P<ratio>\d+\.\d+)"
    r"(?:[^\d]{0,6}95 ?%[^\d]{0,30}(?P<low>\d+\.\d+)[^\d]{1,6}(?P<high>\d+\.\d+))?"
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class _Cue:
    start: int
    end: int
    sign: int


def read_direction(sentence: str, outcome: Sequence[re.Pattern[str]] = ()) -> Direction:
    """Which way a sentence says that the outcome went.

    Args:
        sentence: as it stands in its source.
        outcome: the words of what rises or falls; without them the whole sentence counts.
    """
    clause = _clause_about(sentence, outcome)
    if HEDGED.search(clause):
        return Direction.UNCLEAR
    if _TAKEN_BACK.search(sentence) or NOT_SIGNIFICANT.search(clause):
        return Direction.NO_DIFFERENCE
    nulls = [match.span() for match in NO_DIFFERENCE.finditer(clause)]
    cues = [cue for cue in _cues(clause) if not _is_within(cue, nulls)]
    place = _places(clause, outcome)
    signed = _nearest(_chained(cues, clause), place)
    if nulls and (not signed or _denies(nulls, signed, place)):
        return Direction.NO_DIFFERENCE
    sign = signed.sign if signed else _sign_of_ratio(clause)
    if sign:
        return Direction.RAISES if sign > 0 else Direction.LOWERS
    return Direction.FOUND if FOUND.search(clause) else Direction.UNCLEAR


def vote_of(direction: Direction, asked: Asked) -> Vote:
    """What a direction says to a question.

    To a question without a direction any finding is a yes: that something rises or falls
    with it is what "is it associated with" asks for.
    """
    if direction is Direction.UNCLEAR:
        return Vote.UNCLEAR
    if asked.asks is not Asks.YES_NO:
        return Vote.UNCLEAR if direction is Direction.FOUND else Vote(direction.value)
    return Vote.AGAINST if direction is Direction.NO_DIFFERENCE else Vote.SUPPORTS


def _clause_about(sentence: str, outcome: Sequence[re.Pattern[str]]) -> str:
    """The part of a sentence that names most of the outcome; of equal parts the first that says so.

    "It would seem that it falls, yet it rises" says that it rises.
    """
    if not outcome:
        return sentence
    conceded = _CONCESSION.match(sentence)
    rest = sentence[conceded.end() :] if conceded else sentence
    clauses = ([conceded.group()] if conceded else []) + [
        statement for clause in _TURN.split(rest) for statement in _statements(clause)
    ]
    return max(
        clauses,
        key=lambda clause: (len(_places(clause, outcome)), not HEDGED.search(clause)),
    )


def _statements(clause: str) -> list[str]:
    """The statements of a clause that "and" joins; a list of what rose or fell is one."""
    parts = _FURTHER.split(clause)
    return parts if any(_cues(part) for part in parts[1:]) else [clause]


def _denies(
    nulls: Sequence[tuple[int, int]], signed: _Cue, place: Sequence[tuple[int, int]]
) -> bool:
    """What is denied stands after "not"; else the one nearer to the outcome counts."""
    if nulls[0][0] < signed.start:
        return True
    return min(_distance(null, place) for null in nulls) <= _distance(signed, place)


def _cues(clause: str) -> list[_Cue]:
    cues = [_Cue(*match.span(), 1) for match in UP.finditer(clause)]
    cues += [_Cue(*match.span(), -1) for match in DOWN.finditer(clause)]
    return sorted(cues, key=lambda cue: cue.start)


def _chained(cues: Iterable[_Cue], clause: str) -> list[_Cue]:
    """Cues that act on one another made one: to prevent a rise is to lower."""
    made: list[_Cue] = []
    for cue in cues:
        last = made[-1] if made else None
        acts = last and last.sign < 0 and _acts_on(clause[last.end : cue.start])
        if last and acts:
            made[-1] = _Cue(last.start, cue.end, last.sign * cue.sign)
        else:
            made.append(cue)
    return made


def _acts_on(between: str) -> bool:
    words = _WORD.findall(between.lower())
    return (
        len(words) <= _CHAIN_WORDS
        and not re.search(r"[,;]|\b(?:and|or|with|to|than)\b", between)
        and bool(re.search(r"\b(?:the|in|of|this|these|any|an?|against|from)\b", between.lower()))
    )


def _sign_of_ratio(clause: str) -> int:
    found = _RATIO.search(clause)
    if not found or not found["low"]:
        return 0
    low, high = float(found["low"]), float(found["high"])
    return (low > 1) - (high < 1)


def _is_within(cue: _Cue, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= cue.start < end for start, end in spans)


def _places(clause: str, outcome: Sequence[re.Pattern[str]]) -> list[tuple[int, int]]:
    return [match.span() for pattern in outcome if (match := pattern.search(clause))]


def _nearest(cues: Sequence[_Cue], places: Sequence[tuple[int, int]]) -> _Cue | None:
    return min(cues, key=lambda cue: _distance(cue, places), default=None)


def _distance(cue: "_Cue | tuple[int, int]", places: Sequence[tuple[int, int]]) -> int:
    start, end = (cue.start, cue.end) if isinstance(cue, _Cue) else cue
    return min((max(left - end, start - right, 0) for left, right in places), default=0)
