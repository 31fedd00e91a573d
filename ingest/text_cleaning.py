"""Characters that no text may carry into the index, and spelling that layout broke."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

# NUL ends strings in some libraries, lone surrogates cannot be written as UTF-8.
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# A form feed parts words as a new line does.
_LINE_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_LIKE_HEADING = re.compile("#{1,6} ")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# A hyphen that the typesetter put at the end of a line; PDFium marks it.
LINE_END_HYPHEN = "\ufffe"
# With its rest, where that is in the same block.
_CUT_WORD = re.compile(rf"(?<![^\W\d_])[^\W\d_]+{LINE_END_HYPHEN}\s*[^\W\d_]*")
# From a word's first letter, or each of its letters would be tried as one.
_BROKEN_WORD = re.compile(rf"(?<![^\W\d_])([^\W\d_]+){LINE_END_HYPHEN}\s*([^\W\d_]+)")


# What old typesetting programs print over a letter; in the file it stands beside it.
_ACCENTS = {
    "\u00a8": "\u0308",
    "\u00b4": "\u0301",
    "\u02c6": "\u0302",
    "\u02dc": "\u0303",
    "\u02c7": "\u030c",
}
_LOOSE_ACCENT = re.compile(rf"([^\W\d_])([{''.join(_ACCENTS)}])([^\W\d_])")
_VOWELS = frozenset("aeiouyAEIOUY\u0131")


def clean_text(text: str) -> str:
    """Text that can be stored and shown anywhere: no control characters, ligatures spelled out."""
    text = _LINE_BREAK.sub("\n", text).replace("\xad", "")
    text = _LIGATURE.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)
    return _FORBIDDEN.sub("", text)


def mend_accents(text: str) -> str:
    """Put an accent that stands between two letters on the one it belongs to.

    Programs print it before its letter (TeX does) or after it. It goes to the second letter if
    that is a vowel, else to the first one if that is, else to whichever can have it.
    """
    if not any(accent in text for accent in _ACCENTS):
        return text
    return _LOOSE_ACCENT.sub(_with_accent, text)


def _with_accent(match: re.Match[str]) -> str:
    left, accent, right = match.groups()
    on_left, on_right = (
        unicodedata.normalize("NFC", letter.replace("\u0131", "i") + _ACCENTS[accent])
        for letter in (left, right)
    )
    choices = (
        (right in _VOWELS, left + on_right),
        (left in _VOWELS, on_left + right),
        (True, left + on_right),
        (True, on_left + right),
    )
    # Where no letter with that accent exists, nothing is gained.
    whole = (text for fits, text in choices if fits and len(text) == len(left + right))
    return next(whole, match.group())


def one_line(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def unlike_heading(text: str) -> str:
    """The text with a space before it where it would else be taken for a heading ("# patients")."""
    return f" {text}" if _LIKE_HEADING.match(text) else text


@dataclass(frozen=True)
class Vocabulary:
    """The words of a document, in lower case.

    Attributes:
        words: whole ones, compounds with their hyphens.
        parts: what its compounds are made of.
    """

    words: frozenset[str]
    parts: frozenset[str]


def vocabulary(texts: Iterable[str]) -> Vocabulary:
    """All words of the texts; none that a line end has broken."""
    whole = (_CUT_WORD.sub(" ", text).lower() for text in texts)
    words = frozenset(word for text in whole for word in _WORD.findall(text))
    return Vocabulary(words, frozenset(part for word in words for part in word.split("-")))


def mend_hyphens(text: str, known: Vocabulary) -> str:
    """Join words that were broken at a line end.

    The hyphen stays where the document itself spells the compound with one, or where only
    the parts are words of the document, alone or in compounds ("long-form"); else it
    goes ("inflam-mation").

    Args:
        text: with `LINE_END_HYPHEN` where a line ended in a hyphen.
        known: the words of its document.
    """

    def mend(match: re.Match[str]) -> str:
        left, right = match.groups()
        hyphenated, joined = f"{left}-{right}".lower(), f"{left}{right}".lower()
        is_compound = hyphenated in known.words or {left.lower(), right.lower()} <= known.parts
        return f"{left}-{right}" if is_compound and joined not in known.words else f"{left}{right}"

    # In a narrow column a word can be broken twice.
    while (mended := _BROKEN_WORD.sub(mend, text)) != text:
        text = mended
    return text.replace(LINE_END_HYPHEN, "-")
