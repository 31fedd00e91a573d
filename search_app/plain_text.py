"""Text of others without what would break a file format: control characters and the like."""

import re

# What XML 1.0 may not hold (https://www.w3.org/TR/xml/#charsets), line ends and tabs apart, with
# the other controls and the marks that turn the direction of the text around them.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\u202a-\u202e\u2066-\u2069]"
)
_PLANE_ENDS = re.compile(
    "[" + "".join(chr(0x10000 * n + 0xFFFE) + chr(0x10000 * n + 0xFFFF) for n in range(1, 17)) + "]"
)
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")


def without_controls(text: str) -> str:
    """The text without characters that no document may hold; its lines stay lines."""
    return _PLANE_ENDS.sub("", _UNWANTED.sub("", _LINE_ENDS.sub("\n", text)))


def one_line(text: str) -> str:
    """The text without such characters, with single spaces for any white space."""
    return " ".join(without_controls(text).split())


def shortened(text: str, most_characters: int) -> str:
    """The text on one line, cut after a word where it is longer, with an ellipsis."""
    line = one_line(text)
    if len(line) <= most_characters:
        return line
    cut = line[:most_characters]
    kept = cut[: cut.rfind(" ")] if " " in cut else cut
    return f"{kept.rstrip('.,;: ')}\u2026"
