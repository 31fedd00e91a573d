"""Which questions have a yes or a no, and which of them ask for a direction."""

import re
from dataclasses import dataclass
from enum import StrEnum

_AUXILIARY = (
    r"(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have|may|might|must)"
    r"(?:n['\u2019]t)?"
)
# "Sleep and immunity: does it matter?" asks after the colon, others after a full stop.
_CLAUSE = re.compile(
    rf"(?:^|[:.;!?,]\s+|\s[-\u2013\u2014]+\s*|--)(?={_AUXILIARY}\s+\S)", re.IGNORECASE
)
_OPEN = re.compile(r"(?:what|which|who|whose|whom|when|where|why|how)\b", re.IGNORECASE)
_RAISE = (
    r"increase|raise|elevate|heighten|boost|augment|enhance|promote|stimulate|induce|trigger|"
    r"worsen|aggravate|exacerbate|amplify|drive up|push up"
)
_LOWER = (
    r"reduce|decrease|lower(?! (?:pole|limb|extremit|back|leg|urinary|respiratory|quality))|"
    r"lessen|diminish|attenuate|dampen|blunt|suppress|inhibit|alleviate|"
    r"relieve|ameliorate|mitigate|prevent|curb|protect against|bring down"
)
_RAISED = r"higher|greater|increased|raised|elevated|more|increasing|rising"
_LOWERED = r"lower|reduced|decreased|smaller|less|fewer|decreasing|falling|declining"
_LINKS = (
    r"result in|lead to|have|face|show|cause|produce|associated with|linked (?:to|with)|"
    r"related to|accompanied by|is there|are there"
)
# Where it is said to be so: what follows is no part of the outcome.
PLACE = r"(?:in|among|after|during|by|with|when|than|at|on|for|following|over|if|while)\b"
# Where the outcome stands as the question names it: after the verb, or before the adjective.
_ASKING = (
    r"^(?:do|does|did|can|could|will|would|should|may|might)\b.+?\b(?:{verbs})\s+(?P<outcome>.+)",
    rf"\b(?:{_LINKS})\s+(?:an?\s+|the\s+)?(?:{{adjectives}})\s+(?:risk of\s+)?(?P<outcome>.+)",
    r"\bis there (?:an? |any )?(?:{verbs}) in\s+(?P<outcome>.+)",
    rf"^(?:is|are|was|were|has|have)\s+(?P<outcome>.+?)\s+(?:been\s+)?(?:{{adjectives}})"
    rf"(?:$|\s+{PLACE})",
)


class Asks(StrEnum):
    """What a question wants to know of the studies."""

    RAISES = "raises"
    LOWERS = "lowers"
    YES_NO = "yes or no"


_DIRECTIONS = {
    asks: [
        re.compile(pattern.format(verbs=verbs, adjectives=adjectives), re.IGNORECASE)
        for pattern in _ASKING
    ]
    for asks, verbs, adjectives in (
        (Asks.RAISES, _RAISE, _RAISED),
        (Asks.LOWERS, _LOWER, _LOWERED),
    )
}


@dataclass(frozen=True)
class Asked:
    """A question with a yes or a no.

    Attributes:
        asks: whether it asks for a direction, and for which.
        outcome: what is said to rise or fall, as the question puts it; empty where it asks
            for no direction.
    """

    asks: Asks
    outcome: str = ""


def read_question(question: str) -> Asked | None:
    """What a question asks; None where no yes or no would answer it."""
    clause = _asking_clause(question.strip())
    if not clause:
        return None
    found = [
        (match.start("outcome"), Asked(asks, without_place(match["outcome"])))
        for asks, patterns in _DIRECTIONS.items()
        for pattern in patterns
        if (match := pattern.search(clause))
    ]
    return min(found, key=lambda one: one[0])[1] if found else Asked(Asks.YES_NO)


def _asking_clause(question: str) -> str:
    if _OPEN.match(question):
        return ""
    starts = [match.end() for match in _CLAUSE.finditer(question)]
    return question[starts[0] :].rstrip(" ?") if starts else ""


def without_place(outcome: str) -> str:
    """Of "IL-6 in older people" IL-6."""
    return re.split(rf"\s+{PLACE}", outcome)[0].strip()
