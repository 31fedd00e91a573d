"""The title of a document: the first that is found, else the name of its file."""

from ingest.readers.pdf_titles import is_stated_title
from ingest.sources import Source

FILE_NAME = "file name"


def choose_title(source: Source, *found: tuple[str, str]) -> tuple[str, str]:
    """The first title that is not empty, and where it is from.

    Args:
        source: gives its name where nothing is found.
        found: titles, the best first, each with where it is from.
    """
    name = source.path.stem if source.path else source.link
    return next((pair for pair in found if pair[0]), (name, FILE_NAME))


def written_by_person(title: str) -> str:
    """A title that a file states of itself, unless it looks like a program's work."""
    return title if is_stated_title(title) else ""


def first_heading(blocks: list[str]) -> str:
    """The heading of the first level that a text begins with, or an empty string."""
    return blocks[0][2:] if blocks and blocks[0].startswith("# ") else ""


def without_title(blocks: list[str], title: str) -> str:
    """The blocks as one text, without the heading that is the title, unless it is all there is."""
    return "\n\n".join([block for block in blocks if block != f"# {title}"] or blocks)
