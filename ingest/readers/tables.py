"""Tables to text: a line a row, cells kept apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.text_cleaning import unlike_heading

# What a damaged or hostile file may ask for; no table that is read has more.
_MOST_SPANNED = 100


@dataclass(frozen=True)
class Cell:
    """One cell of a table.

    Attributes:
        text: what it says, on one line.
        columns: how many columns it covers.
        rows: how many rows it covers.
    """

    text: str
    columns: int = 1
    rows: int = 1


def table_text(rows: Iterable[Sequence[Cell]]) -> str:
    """Rows as lines, cells parted by ``|``; empty where no cell says anything.

    A cell that covers several rows is said in each of them, for a row must make sense by
    itself. One that covers several columns is said once, and the columns stay in line.
    """
    lines: list[str] = []
    # By column: what a cell above says, and for how many more rows.
    covered: dict[int, tuple[str, int]] = {}
    for row in rows:
        line = _line(row, covered)
        if any(line):
            lines.append(unlike_heading(" | ".join(line).rstrip(" |")))
    return "\n".join(lines)


def span(value: str | None) -> int:
    """How many rows or columns a cell covers, from what its attribute says."""
    number = int(value) if value and value.strip().isdecimal() else 1
    return min(max(number, 1), _MOST_SPANNED)


def _line(row: Sequence[Cell], covered: dict[int, tuple[str, int]]) -> list[str]:
    line: list[str] = []
    cells = list(row)
    while cells or len(line) in covered:
        column = len(line)
        if column in covered:
            text, rows = covered.pop(column)
            line.append(text)
            if rows > 1:
                covered[column] = (text, rows - 1)
            continue
        cell = cells.pop(0)
        for offset, text in enumerate([cell.text] + [""] * (cell.columns - 1)):
            line.append(text)
            if cell.rows > 1:
                covered[column + offset] = (text, cell.rows - 1)
    return line
