"""Tables of a PDF page: lines whose gaps stand below each other, as rows of cells."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.pdf_nouns import Line, Table

_FEWEST_ROWS = 3
# Of the cells: so many begin, end or are centred where one of another row does.
_ALIGNED = 0.75
_SAME_PLACE = 4.0
_SAME_LINE = 0.4
_NEXT_ROW = 3.0
_SAME_SIZE = 0.85
# In the first of two columns: then it is a list, not a table.
_MARKER = re.compile(r"[(\[]?\w{1,3}[.)\]]{0,2}|\W")


@dataclass(frozen=True)
class _Cell:
    text: str
    left: float
    right: float

    def is_below(self, other: "_Cell") -> bool:
        """Whether the two begin, end, or are centred in one place."""
        return (
            min(
                abs(self.left - other.left),
                abs(self.right - other.right),
                abs(self.left + self.right - other.left - other.right) / 2,
            )
            < _SAME_PLACE
        )


_Row = list[_Cell]


def find_tables(page: Sequence[Line]) -> list[Line | Table]:
    """The lines of a page, those that make tables as tables.

    A table is found where rows are printed one after the other with wide gaps between
    their cells; one that a file draws column by column stays lines.
    """
    found: list[Line | Table] = []
    place = 0
    while place < len(page):
        end = _end_of_run(page, place)
        table = _table(page[place:end])
        found += [table] if table else page[place : place + 1]
        place = end if table else place + 1
    return found


def _end_of_run(page: Sequence[Line], start: int) -> int:
    """After the last line that can belong to a table which begins with this one."""
    if not page[start].gaps:
        return start
    end = start + 1
    rows_end = end
    while end < len(page) and _goes_on(page[end - 1], page[end]):
        end += 1
        if page[end - 1].gaps or _is_beside(page[end - 2], page[end - 1]):
            rows_end = end
    # A paragraph that follows closely is not part of it, the rest of its last cell is.
    if rows_end < len(page) and end > rows_end and _is_rest(page[rows_end - 1], page[rows_end]):
        rows_end += 1
    return rows_end


def _goes_on(above: Line, line: Line) -> bool:
    size = max(above.size, line.size)
    if min(above.size, line.size) < _SAME_SIZE * size:
        return False
    down = above.bottom - line.bottom
    return -_SAME_LINE * size <= down < _NEXT_ROW * size or _is_beside(above, line)


def _is_beside(line: Line, other: Line) -> bool:
    return abs(line.bottom - other.bottom) < _SAME_LINE * line.size and other.left > line.right


def _is_rest(last: Line, line: Line) -> bool:
    starts = [gap.right for gap in last.gaps]
    close = last.bottom - line.bottom < _NEXT_ROW / 2 * line.size
    return close and any(abs(line.left - start) < _SAME_PLACE for start in starts)


def _table(lines: Sequence[Line]) -> Table | None:
    rows: list[_Row] = []
    for number, line in enumerate(lines):
        cells = _cells(line)
        if number and _is_beside(lines[number - 1], line):
            rows[-1] += cells
        else:
            rows.append(cells)
    full = [row for row in rows if len(row) > 1]
    if len(full) < max(_FEWEST_ROWS, len(rows) / 2) or not _is_aligned(full) or _is_list(full):
        return None
    columns = max(full, key=len)
    table: list[list[str]] = []
    for row in rows:
        texts = _in_columns(row, columns)
        if table and len(row) == 1 and _continues(texts):
            table[-1] = [f"{old} {new}".strip() for old, new in zip(table[-1], texts, strict=True)]
        else:
            table.append(texts)
    return Table(tuple(tuple(row) for row in table))


def _cells(line: Line) -> _Row:
    lefts = [line.left, *(gap.right for gap in line.gaps)]
    rights = [*(gap.left for gap in line.gaps), line.right]
    places = [0, *(gap.end for gap in line.gaps), len(line.text)]
    return [
        _Cell(line.text[start:end].strip(), left, right)
        for (start, end), left, right in zip(pairwise(places), lefts, rights, strict=True)
    ]


def _is_aligned(rows: Sequence[_Row]) -> bool:
    cells = [(number, cell) for number, row in enumerate(rows) for cell in row]
    aligned = sum(
        any(cell.is_below(other) for number_of, other in cells if number_of != number)
        for number, cell in cells
    )
    return aligned >= _ALIGNED * len(cells)


def _is_list(rows: Iterable[_Row]) -> bool:
    return all(len(row) == 2 and _MARKER.fullmatch(row[0].text) for row in rows)  # noqa: PLR2004


def _in_columns(row: _Row, columns: _Row) -> list[str]:
    texts = [""] * len(columns)
    for cell in row:
        place = max(range(len(columns)), key=lambda number: _overlap(cell, columns[number]))
        texts[place] = f"{texts[place]} {cell.text}".strip()
    return texts


def _overlap(cell: _Cell, column: _Cell) -> float:
    """Width that the two share; less than nothing the farther they are apart."""
    return min(cell.right, column.right) - max(cell.left, column.left)


def _continues(texts: Sequence[str]) -> bool:
    """Whether a row of one cell is the rest of the row above."""
    return not texts[0] or texts[0][0].islower()
