"""The title of a PDF: as its author stated it, or as it is printed largest on page one."""

import re
from collections.abc import Sequence

from ingest.readers.pdf_layout import is_larger
from ingest.readers.pdf_nouns import Line

_SAME_SIZE = 0.97
# Of two headings alike the first is the title.
_CLEARLY_SMALLER = 0.92
_LONGEST = 300
_FEWEST_LETTERS = 3
# What stands above a title, or larger than it, in journals; letters only, for some space them.
_KICKER = re.compile(
    r"(?:original|research|review|short|brief|case|focused|study|systematic|open|access|article|"
    r"paper|report|communication|protocol|editorial|commentary|contents|appendix|abstract|summary|introduction|background)+s?"
)
# What programs write into a PDF's title when its author wrote none: the program's name, a
# file's name, or the pages of a volume.
_BY_PROGRAM = re.compile(
    r"untitled|microsoft word|(?:microsoft )?powerpoint|document\b|title\b|slide 1|"
    r".*\.(?:pdf|docx?|pptx?|xlsx?|odt|tex|indd|qxd|dvi|rtf)$|.*\d\.\.\d+$",
    re.IGNORECASE,
)


def title_of(page: Sequence[Line], body: float) -> str:
    """The largest heading of the first page, or an empty string.

    Args:
        page: lines of the first page, in reading order.
        body: size of the running text.
    """
    best: list[Line] = []
    for run in _runs(page, body):
        text = " ".join(line.text for line in run)
        if _can_be_title(text) and (not best or best[0].size < _CLEARLY_SMALLER * run[0].size):
            best = run
    return " ".join(line.text for line in best)


def is_stated_title(text: str) -> bool:
    """Whether a title in the file's description was written by a person, as far as one can see."""
    return " " in text and _can_be_title(text) and not _BY_PROGRAM.match(text)


def _runs(page: Sequence[Line], body: float) -> list[list[Line]]:
    """Large lines that follow each other in one size."""
    runs: list[list[Line]] = []
    last: Line | None = None
    for line in page:
        if is_larger(line, body):
            if last and _SAME_SIZE <= line.size / last.size <= 1 / _SAME_SIZE:
                runs[-1].append(line)
            else:
                runs.append([line])
        last = line if is_larger(line, body) else None
    return runs


def _can_be_title(text: str) -> bool:
    letters = "".join(character for character in text if character.isalpha())
    return (
        len(letters) >= _FEWEST_LETTERS
        and len(text) <= _LONGEST
        and "www." not in text
        and not _KICKER.fullmatch(letters.lower())
    )
