"""What is taken out of the library: a quote with all that is needed to cite it.

An excerpt stands on its own. It holds the text, the facts of the document and the place, so
that it can still be shown and cited when the library has changed or is another one.
"""

from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING

from index.documents import Document, RankedPassage
from index.sentences import Span
from search_app.links import open_link

if TYPE_CHECKING:
    # It loads the vector library, which a collection can be read without.
    from search_app.finding import Findings

# What is kept of a document's metadata: what it is cited by, and no report of its reading.
CITED_BY = (
    "authors",
    "date",
    "journal",
    "site",
    "volume",
    "issue",
    "doi",
    "pmid",
    "pmcid",
    "language",
    "licence",
    "kind",
    "study_type",
)


@dataclass(frozen=True)
class Excerpt:
    """A quote, its document, and the place where it stands.

    Attributes:
        quote: the text as it stands in the document.
        passage: the passage around it; holds the quote.
        document: facts of the document, without pages.
        page: the page's number, None for an article.
        page_label: the printed page number, where the file states one.
        heading: the section it stands in, or an empty string.
        start: offset of the quote's first character in the page's text.
        end: offset after its last character.
        link: where anyone can open it at that place; empty for a file of the owner's.
        question: what had been asked when it was found.
        filters: what the search had been narrowed to, in words.
        collected: the day it was taken (ISO 8601).
    """

    quote: str
    passage: str
    document: Document
    page: int | None = None
    page_label: str | None = None
    heading: str = ""
    start: int = 0
    end: int = 0
    link: str = ""
    question: str = ""
    filters: str = ""
    collected: str = ""

    @property
    def identity(self) -> tuple[str, int | None, str]:
        """What makes it the same excerpt as another one."""
        return (self.document.id, self.page, self.quote)

    @property
    def around(self) -> tuple[str, str]:
        """What stands before and after the quote in its passage."""
        before, _, after = self.passage.partition(self.quote)
        return before, after

    @property
    def file_name(self) -> str:
        """Name of the document's file; empty where it is from the web."""
        return PurePath(self.document.id).name if self.document.is_local else ""


def excerpt_of(
    found: RankedPassage, mark: Span | None, question: str = "", filters: str = ""
) -> Excerpt:
    """The excerpt of a passage.

    Args:
        found: the passage.
        mark: the sentence to quote; without one the whole passage is quoted.
        question: what was asked.
        filters: what the search was narrowed to, in words.
    """
    passage = found.passage
    span = mark or Span(0, len(passage.text))
    return Excerpt(
        quote=passage.text[span.start : span.end],
        passage=passage.text,
        document=described(found.document),
        page=passage.page,
        page_label=passage.page_label,
        heading=passage.heading,
        start=passage.start + span.start,
        end=passage.start + span.end,
        link="" if found.document.is_local else open_link(found, mark),
        question=question,
        filters=filters,
        collected=today(),
    )


def described(document: Document) -> Document:
    """The document with only what it is cited by."""
    kept = {key: document.metadata[key] for key in CITED_BY if key in document.metadata}
    return replace(document, pages=(), metadata=kept)


def excerpts_of_answer(findings: "Findings") -> list[Excerpt]:
    """The quotes of an answer; where there is none, nothing."""
    return [
        excerpt_of(quote.source, Span(quote.start, quote.end), findings.question, findings.filters)
        for quote in findings.answer.quotes
    ]


def excerpt_to_json(excerpt: Excerpt) -> dict[str, object]:
    """The excerpt as plain data."""
    content = asdict(excerpt)
    content["document"].pop("pages")
    return content


def excerpt_from_json(content: dict[str, object]) -> Excerpt:
    """The excerpt of data that `excerpt_to_json` made."""
    document = content["document"]
    facts = document if isinstance(document, dict) else {}
    return Excerpt(**{**content, "document": Document(**facts)})  # ty: ignore[invalid-argument-type]


def today() -> str:
    """This day, where the reader is (ISO 8601)."""
    return date.today().isoformat()  # noqa: DTZ011  (a reader's day, not a moment)
