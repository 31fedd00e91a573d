"""Raised text: numbers keep their height, so that 10⁹ is not read as 109."""

_RAISED = str.maketrans("0123456789+-\u2212\u2013", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_RAISABLE = frozenset("0123456789+-\u2212\u2013")


def superscript(text: str) -> str:
    """The text as Unicode superscripts where it is a number; a mark stands apart.

    "5th" stays as it is, and "stress" with a mark "a" is not "stressa".
    """
    if text and set(text) <= _RAISABLE:
        return text.translate(_RAISED)
    return f" {text} " if len(text) == 1 else text
