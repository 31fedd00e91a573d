"""The nouns that flow through Citewell: page, document, passage, and what search finds."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Page:
    """One page of text. An article has a single, unnumbered page.

    Section headings stand in the text as Markdown heading lines (``## Results``).

    Attributes:
        text: the page's text; passages are character ranges of it.
        number: 1-based page of the file, as a PDF viewer counts; None for an article.
        label: the page number printed on the page, where the file states one.
    """

    text: str
    number: int | None = None
    label: str | None = None


@dataclass(frozen=True)
class Document:
    """One article or PDF, as text.

    Attributes:
        id: which document: the absolute path of its file, or its web address.
        title: its title as a reader would cite it.
        link: where a reader can open it (``https:`` or ``file:`` address).
        pages: its pages in order; empty where only the description was asked for.
        fingerprint: SHA-256 of the bytes it was read from; says whether it changed.
        metadata: authors (list), date, kind, language, and what the reader reports.
    """

    id: str
    title: str
    link: str
    pages: tuple[Page, ...] = ()
    fingerprint: str = ""
    metadata: dict[str, object] = field(default_factory=dict)

    @property
    def authors(self) -> list[str]:
        """Names of the authors, in order; empty where none are known."""
        authors = self.metadata.get("authors")
        return [str(author) for author in authors] if isinstance(authors, list) else []

    @property
    def date(self) -> str:
        """Publication date (ISO 8601 where known to the day), or an empty string."""
        return str(self.metadata.get("date") or "")

    @property
    def kind(self) -> str:
        """What it was read from: docx, epub, html, jats, markdown, odt, pdf, pptx, rtf or text."""
        return str(self.metadata.get("kind") or "")

    @property
    def language(self) -> str:
        """Its language (ISO 639), or an empty string."""
        return str(self.metadata.get("language") or "")

    @property
    def site(self) -> str:
        """Name of the site it is from, or an empty string."""
        return str(self.metadata.get("site") or "")

    @property
    def tags(self) -> list[str]:
        """Words that somebody gave it to find it by."""
        tags = self.metadata.get("tags")
        return [str(tag) for tag in tags] if isinstance(tags, list) else []

    @property
    def is_read_fully(self) -> bool:
        """Whether every page gave text and the reader had nothing to warn of."""
        reading = self.metadata.get("reading")
        told = {**self.metadata, **(reading if isinstance(reading, dict) else {})}
        return not told.get("pages_without_text") and not told.get("warnings")

    @property
    def is_local(self) -> bool:
        """Whether it is a file of the owner's, to be opened in the app's own viewer."""
        return not self.id.startswith(("http://", "https://"))


@dataclass(frozen=True)
class Passage:
    """What is embedded, ranked and shown: a character range of one page.

    Attributes:
        id: key in the index, never used again for another passage; 0 before it is stored.
        document_id: the document it is from.
        position: 0-based place among the document's passages.
        text: equals ``page.text[start:end]``.
        heading: the section it stands in, outer to inner, or an empty string.
        page: the page's number, None for an article.
        start: offset of its first character in the page's text.
        end: offset after its last character.
        page_label: the printed page number, where the file states one.
    """

    id: int
    document_id: str
    position: int
    text: str
    heading: str = ""
    page: int | None = None
    start: int = 0
    end: int = 0
    page_label: str | None = None


@dataclass(frozen=True)
class Hit:
    """One ranker's find. A higher score is better."""

    passage_id: int
    score: float


@dataclass(frozen=True)
class RankedPassage:
    """A hit with its passage and document; rank counts from 1, a higher score is better."""

    rank: int
    score: float
    passage: Passage
    document: Document
