"""Notes of rich text, which striprtf leaves out: taken from between the words of a sentence."""

import re

_NOTE = re.compile(r"\{\s*(?:\\\*)?\\footnote(?![a-z])")
# An escaped one is a character of the text.
_BRACE = re.compile(r"\\[\\{}]|[{}]")


def take_notes(rtf: str) -> tuple[str, list[str]]:
    """Rich text with a number in the place of each note, and the notes.

    Args:
        rtf: the whole file.
    """
    parts: list[str] = []
    notes: list[str] = []
    end = 0
    while note := _NOTE.search(rtf, end):
        parts += [rtf[end : note.start()], f"[{len(notes) + 1}]"]
        end = _end_of_group(rtf, note.end())
        notes.append(rtf[note.end() : end].removesuffix("}"))
    return "".join([*parts, rtf[end:]]), notes


def _end_of_group(rtf: str, start: int) -> int:
    """Where the group ends in which `start` is."""
    depth = 1
    for brace in _BRACE.finditer(rtf, start):
        depth += {"{": 1, "}": -1}.get(brace.group(), 0)
        if depth == 0:
            return brace.end()
    return len(rtf)
