"""Characters that no text may carry into the index, and spelling that layout broke."""

import re
import unicodedata
from collections.abc import Iterable

# NUL ends strings in some libraries, lone surrogates cannot be written as UTF-8.
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# A form feed parts words as a new line does.
_LINE_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_LIKE_HEADING = re.compile("#{1,6} ")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# A hyphen that the typesetter put at the end of a line; PDFium marks it.
LINE_END_HYPHEN = "\ufffe"
_BROKEN_WORD = re.compile(rf"([^\W\d_]+){LINE_END_HYPHEN}\s*([^\W\d_]+)")


def clean_text(text: str) -> str:
    """Text that can be stored and shown anywhere: no control characters, ligatures spelled out."""
    text = _LINE_BREAK.sub("\n", text).replace("\xad", "")
    text = _LIGATURE.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)
    return _FORBIDDEN.sub("", text)


def one_line(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def unlike_heading(text: str) -> str:
    """The text with a space before it where it would else be taken for a heading ("# patients")."""
    return f" {text}" if _LIKE_HEADING.match(text) else text


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """All words of the texts in lower case, compounds with their hyphens; no broken ones."""
    whole = (_BROKEN_WORD.sub(" ", text) for text in texts)
    return frozenset(word.lower() for text in whole for word in _WORD.findall(text))


def mend_hyphens(text: str, words: frozenset[str]) -> str:
    """Join words that were broken at a line end.

    The hyphen stays where the document itself spells the compound with one, or where only
    the parts are words of the document ("long-form"); else it goes ("inflam-mation").

    Args:
        text: with `LINE_END_HYPHEN` where a line ended in a hyphen.
        words: the document's vocabulary, from unbroken lines.
    """

    def mend(match: re.Match[str]) -> str:
        left, right = match.groups()
        hyphenated, joined = f"{left}-{right}".lower(), f"{left}{right}".lower()
        if hyphenated in words and joined not in words:
            return f"{left}-{right}"
        both_words = left.lower() in words and right.lower() in words
        return f"{left}-{right}" if both_words and joined not in words else f"{left}{right}"

    # In a narrow column a word can be broken twice.
    while (mended := _BROKEN_WORD.sub(mend, text)) != text:
        text = mended
    return text.replace(LINE_END_HYPHEN, "-")
