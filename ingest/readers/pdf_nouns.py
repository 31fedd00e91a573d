"""The nouns of a PDF page as it is printed: line, gap, table, block."""

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True)
class Gap:
    """A gap in a line, wider than a space.

    Attributes:
        end: offset in the line's text where it goes on.
        left: where the text before it ends.
        right: where the text after it begins.
    """

    end: int
    left: float
    right: float


@dataclass(frozen=True)
class Line:
    """A printed line. Places and size are in points, from the lower left corner."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    bold: bool
    font: str = ""
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True)
class Table:
    """Lines that are rows of a table; a cell that the row lacks is an empty string."""

    rows: tuple[tuple[str, ...], ...]


class Kind(Enum):
    """What a block of a page is."""

    HEADING = "heading"
    TEXT = "text"
    TABLE = "table"


@dataclass(frozen=True)
class Block:
    """A paragraph, a heading or a table.

    Attributes:
        kind: which of them.
        text: without marks.
        size: of its letters; 0 for a table.
        font: of its letters where it is one; empty for a table.
    """

    kind: Kind
    text: str
    size: float = 0.0
    font: str = ""


@dataclass(frozen=True)
class BodyStyle:
    """What most characters of the document are set in."""

    size: float
    font: str
