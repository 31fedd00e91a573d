"""Names of authors, which sources state as one string, in their parts."""

import re
import unicodedata

_SUFFIX = re.compile(r"^(?:jr|sr|ii|iii|iv)\.?$", re.IGNORECASE)
# Part of the family name when they stand before it, in lower case.
_PARTICLES = (
    " af al ap bin da dal das de dei del della den der des di do dos du el la las le los ten ter "
    "van vande vander vom von y zu zum zur "
)
_ORGANISATION = re.compile(
    r"\b(?:academ\w+|agency|alliance|association|authority|board|bureau|cent(?:er|re)s?|college|"
    r"collaborati(?:on|ve)|collaborators|commission|committee|consortium|council|department|"
    r"division|federation|foundation|group|hospital|initiative|institut\w*|investigators|journal|"
    r"laborator\w+|ministry|nations|network|office|organi[sz]ation|panel|program(?:me)?|project|"
    r"school|services?|society|task force|team|trust|union|universit\w+|working|"
    r"national|contributors|editors?|staff|clinic|inc|ltd|gmbh|llc)\b",
    re.IGNORECASE,
)
# "Marsland AL", as PubMed writes names.
_INITIALS = re.compile(r"^[A-Z](?:[.-]?[A-Z]){0,3}\.?$")
_MOST_WORDS = 6

Name = dict[str, str]


def csl_name(author: str) -> Name:
    """An author as CSL-JSON has it: family and given name, or a literal.

    Organisations are literal, and so are names of scripts whose order of family and given
    name cannot be told from the outside, such as Chinese.
    """
    words = author.replace(",", ", ").split()
    if _is_literal(author, words):
        return {"literal": " ".join(author.split())}
    if "," in author:
        return _from_commas([part.strip() for part in author.split(",")])
    suffix = words.pop() if _SUFFIX.match(words[-1]) and len(words) > 2 else ""  # noqa: PLR2004
    if _INITIALS.match(words[-1]) and not _INITIALS.match(words[0]):
        return _name(" ".join(words[:-1]), _spaced(words[-1]), suffix)
    start = len(words) - 1
    while start > 1 and f" {words[start - 1]} " in _PARTICLES:
        start -= 1
    return _name(" ".join(words[start:]), " ".join(words[:start]), suffix)


def _is_literal(author: str, words: list[str]) -> bool:
    return (
        len(words) == 1
        or len(words) > _MOST_WORDS
        or (words[-1].islower() and "," not in author)
        or bool(re.search(r"\d|[&/@:]", author))
        or bool(_ORGANISATION.search(author))
        or author.count(",") > 2  # noqa: PLR2004  (several people in one string)
        or any(
            unicodedata.name(c, "").startswith(("CJK", "HANGUL", "HIRA", "KATA")) for c in author
        )
    )


def _spaced(initials: str) -> str:
    """`AL` as `A. L.`, which every style can shorten or write out."""
    return " ".join(f"{letter}." for letter in initials if letter.isalpha())


def _from_commas(parts: list[str]) -> Name:
    """Family, Given[, Jr.] or Family, Jr., Given."""
    family, *rest = parts
    suffix = next((part for part in rest if _SUFFIX.match(part)), "")
    given = " ".join(part for part in rest if part and part != suffix)
    given = _spaced(given) if _INITIALS.match(given) else given
    return _name(family, given, suffix)


def _name(family: str, given: str, suffix: str) -> Name:
    parts = {"family": family, "given": given, "suffix": suffix}
    kept = {key: part for key, part in parts.items() if part}
    return kept if given and family else {"literal": " ".join(kept.values())}
