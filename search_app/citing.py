"""A quote with its citation, as one pastes it into a text or on a slide."""

from dataclasses import dataclass
from urllib.parse import quote

from search_app.excerpts import Excerpt
from search_app.plain_text import one_line
from search_app.references.csl_items import csl_item
from search_app.references.rendering import (
    DEFAULT_STYLE,
    cited_at,
    short_reference,
    write_references,
)


@dataclass(frozen=True)
class Citation:
    """A quote and where it is from.

    Attributes:
        quote: word for word, on one line.
        short: authors, year and page in short.
        reference: written out in the style.
        address: where anyone can open the source; empty for a file of the owner's without a DOI.
    """

    quote: str
    short: str
    reference: str
    address: str = ""

    @property
    def text(self) -> str:
        """All of it, for the clipboard."""
        lines = [f"\u201c{self.quote}\u201d ({self.short})", "", self.reference]
        return "\n".join([*lines, *([self.address] if self.address else [])])


def cite(excerpt: Excerpt, style: str = DEFAULT_STYLE) -> Citation:
    """The citation of an excerpt; no path of the owner's is ever part of it.

    Args:
        excerpt: what is quoted.
        style: of the reference, a key of `STYLES`.
    """
    item = csl_item(excerpt.document, excerpt.collected)
    page = one_line(excerpt.page_label or str(excerpt.page or ""))
    doi = item.get("DOI")
    return Citation(
        one_line(excerpt.quote),
        cited_at(short_reference(item), page),
        write_references([item], style)[0],
        one_line(excerpt.link) or (doi_address(str(doi)) if doi else ""),
    )


def doi_address(doi: str) -> str:
    """The address that a DOI stands for."""
    return f"https://doi.org/{quote(doi)}"
