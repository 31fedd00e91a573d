"""What a talk pack says, whatever its format: quotes, references, and how they were found."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.search import Index
from search_app.citing import doi_address
from search_app.excerpts import Excerpt, today
from search_app.finding_again import Standing, find_again
from search_app.keeping import Item
from search_app.plain_text import one_line, without_controls
from search_app.references.csl_items import CslItem, csl_item
from search_app.references.rendering import (
    DEFAULT_STYLE,
    STYLES,
    Style,
    cited_at,
    short_reference,
    write_references,
)
from search_app.wording import counted, page_name


@dataclass(frozen=True)
class Quoted:
    """One quote of a talk, as it is shown.

    Attributes:
        excerpt: where it is from; its texts hold nothing that breaks a file.
        note: the reader's own words on it.
        number: of its reference, from 1.
        short: its source in short: authors and year.
        page: its printed page where the file states one, else the page of the file.
        missing: why it was not found in the library when the talk was made; else empty.
    """

    excerpt: Excerpt
    note: str
    number: int
    short: str
    page: str = ""
    missing: str = ""

    @property
    def text(self) -> str:
        """The quote on one line."""
        return one_line(self.excerpt.quote)

    @property
    def cited(self) -> str:
        """Source and page in short, as they stand below a quote."""
        return cited_at(self.short, self.page)

    @property
    def title(self) -> str:
        """The title of its document."""
        return one_line(self.excerpt.document.title) or "Untitled"

    @property
    def context(self) -> tuple[str, str]:
        """What stands before and after the quote in its passage."""
        before, after = self.excerpt.around
        return without_controls(before), without_controls(after)

    @property
    def file_name(self) -> str:
        """Name of its document's file, without the path; empty where it is from the web."""
        return one_line(self.excerpt.file_name)

    @property
    def place(self) -> str:
        """Page and section."""
        page = page_name(self.excerpt.page, self.excerpt.page_label)
        return one_line(", ".join(part for part in (page, self.excerpt.heading) if part))


@dataclass(frozen=True)
class Talk:
    """A talk pack.

    Attributes:
        title: what it is about.
        made: the day on which it was made (ISO 8601).
        quotes: in the reader's order.
        items: its documents as CSL-JSON; `Quoted.number` counts them from 1.
        references: the items written in the style, in the same order.
        style: of the references.
        searched: how the quotes were found, as pairs of what and how.
    """

    title: str
    made: str
    quotes: tuple[Quoted, ...]
    items: tuple[CslItem, ...]
    references: tuple[str, ...]
    style: Style
    searched: tuple[tuple[str, str], ...]

    @property
    def listed(self) -> list[tuple[str, str]]:
        """Number and text of each reference, in the order of the style; numbers may be empty."""
        if self.style.is_numbered:
            return [(f"{n}.", text) for n, text in enumerate(self.references, 1)]
        return [("", text) for text in sorted(self.references, key=str.casefold)]

    def mark(self, quoted: Quoted) -> str:
        """The number of a quote's reference in brackets, where the style has numbers."""
        return f"[{quoted.number}]" if self.style.is_numbered else ""

    def reference(self, quoted: Quoted) -> str:
        """The reference of a quote, written out."""
        return self.references[quoted.number - 1]

    def address(self, quoted: Quoted) -> str:
        """Where anyone can open the source of a quote; empty for a file of the owner's."""
        doi = self.items[quoted.number - 1].get("DOI")
        return one_line(quoted.excerpt.link) or (doi_address(str(doi)) if doi else "")


def make_talk(index: Index, title: str, items: Sequence[Item], style: str = DEFAULT_STYLE) -> Talk:
    """The talk pack of excerpts, each looked up in the library once more.

    Args:
        index: an opened index.
        title: of the talk: a collection's name, or a question.
        items: what to quote, in order.
        style: of the references, a key of `STYLES`.
    """
    standings = find_again(index, [item.excerpt for item in items])
    documents: dict[str, CslItem] = {}
    for standing in standings:
        excerpt = standing.excerpt
        documents.setdefault(_key(excerpt), csl_item(excerpt.document, excerpt.collected))
    numbers = {key: number for number, key in enumerate(documents, 1)}
    return Talk(
        title=one_line(title) or "Quotes",
        made=today(),
        quotes=tuple(
            Quoted(
                standing.excerpt,
                without_controls(item.note).strip(),
                numbers[_key(standing.excerpt)],
                short_reference(documents[_key(standing.excerpt)]),
                _page(standing.excerpt),
                standing.reason,
            )
            for item, standing in zip(items, standings, strict=True)
        ),
        items=tuple(documents.values()),
        references=tuple(write_references(list(documents.values()), style)),
        style=STYLES[style],
        searched=tuple(_searched(index, standings)),
    )


def _key(excerpt: Excerpt) -> str:
    return excerpt.document.fingerprint or excerpt.document.id


def _page(excerpt: Excerpt) -> str:
    return one_line(excerpt.page_label or str(excerpt.page or ""))


def _searched(index: Index, standings: Sequence[Standing]) -> list[tuple[str, str]]:
    excerpts = [standing.excerpt for standing in standings]
    asked = dict.fromkeys(one_line(e.question) for e in excerpts if e.question.strip())
    filters = dict.fromkeys(one_line(e.filters) for e in excerpts if e.filters.strip())
    days = sorted({one_line(e.collected) for e in excerpts if e.collected})
    counts = index.database.count(index.manifest.build)
    again = sum(not standing.reason for standing in standings)
    size = f"{counted(len(counts), 'document')} in {counted(sum(counts.values()), 'passage')}"
    return [
        ("Question" if len(asked) == 1 else "Questions", "; ".join(asked) or "not recorded"),
        ("Searched on", " to ".join(dict.fromkeys(days[:1] + days[-1:])) or "not recorded"),
        ("Library", f"{size} (build {index.manifest.build_id})"),
        ("Filters", "; ".join(filters) or "none"),
        (
            "Quotes",
            f"word for word; {again} of {len(excerpts)} found in their source again on {today()}",
        ),
        ("Made with", "Citewell, which ranks passages by meaning and by words"),
    ]
