"""Whether a question asks what something is, and whether a sentence says so.

"Cortisol also limits its own release" is as near to "what is cortisol?" as the sentence that
says what cortisol is. English alone: elsewhere no question is taken for one that asks it.
"""

import re
from collections.abc import Callable

_ASKS = re.compile(
    r"^(?:please\s+)?(?:what(?:\s+(?:is|are)|['\u2019]s)(?:\s+\(are\))?(?:\s+meant\s+by)?|"
    r"who\s+or\s+what\s+is|define|explain|(?:the\s+)?(?:definition|meaning)\s+of|"
    r"what\s+does(?=.+\s+mean\b))\s+(?:an?\s+|the\s+|the\s+term\s+)?(?P<term>.+?)"
    r"(?:\s+mean)?[\s?.!]*$",
    re.IGNORECASE,
)
# "What is the effect of stress on sleep?" asks for something else.
_ASKS_MORE = re.compile(
    r"\b(?:of|for|between|in|on|to|with|from|by|about|after|during|at|than|that|which|who|when|"
    r"if|effects?|roles?|differences?|best|better|worst|worse|most|least|good|bad|known|"
    r"evidence|your|my|you|i|we|there|it|this|these|those)\b",
    re.IGNORECASE,
)
_MOST_WORDS = 5
# What may stand before the subject: "In short, psychological resilience is ...", but not
# "The level of cortisol is ...".
_BEFORE = (
    r"^\W*(?:(?:in|as|for)\s[^,]{1,40},\s+)?"
    r"(?:(?!(?:of|in|for|with|by|to|on|from|and|or|that|than|no|not|is|are)\b)[\w'\u2019-]+\s+){0,3}"
)
# A short form or its long one, or an aside.
_ASIDE = r"(?:\s*\([^)]{1,60}\)|\s*,[^,.]{1,60},)?"
_KIND = r"(?:an?|the|one\s+of|any|what|defined|understood|described)\b"
# "Cytokines are raised" says nothing of what they are; "are small proteins that ..." does.
_KINDS = (
    r"(?:(?:the|a|any|some|defined|understood)\b|"
    r"(?!\w+ed\b)(?:\S+\s+){1,6}(?:that|which|by\s+which|with\s+which|made|produced|released|used)\b)"
)
_SAYS = (
    rf"{_BEFORE}TERM{_ASIDE}\s+is\s+(?:\w+ly\s+)?{_KIND}",
    rf"{_BEFORE}TERM{_ASIDE}\s+are\s+(?:\w+ly\s+)?{_KINDS}",
    rf"{_BEFORE}TERM{_ASIDE}\s+(?:means|refers?\s+to|denotes?|describes?|stands?\s+for|"
    r"(?:can|may)\s+be\s+(?:defined|understood))\b",
    r"\bTERM(?:\s*\([^)]{1,60}\))?,\s+(?:which|that)\s+(?:is|are|means|refers?\s+to)\s",
    r"\bTERM(?:\s*\([^)]{1,60}\))?,\s+(?:an?|the)\s[^,]{3,80}[,.]",
    r"\b(?:called|termed|named|known\s+as|defined\s+as|the\s+term)\s+(?:an?\s+|the\s+)?"
    r"[\"'\u201c\u2018]?TERM\b",
)


def says_what_it_is(question: str) -> Callable[[str], bool] | None:
    """Whether a sentence says what the thing is that a question asks about.

    Returns:
        None where the question asks something else.
    """
    asked = _ASKS.match(question)
    if asked is None or _ASKS_MORE.search(asked["term"]):
        return None
    words = re.findall(r"\w+", asked["term"])
    if not 0 < len(words) <= _MOST_WORDS:
        return None
    # "The hypothalamic-pituitary-adrenal (HPA) axis" is the HPA axis.
    term = r"\(?" + r"[\s()\-\u2010-\u2014,]+".join(map(re.escape, words)) + r"(?:e?s)?\)?"
    says = [re.compile(pattern.replace("TERM", term), re.IGNORECASE) for pattern in _SAYS]
    return lambda sentence: any(pattern.search(sentence) for pattern in says)
