"""The Markdown sources of the corpus: their front matter and their text."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import frontmatter
import yaml

FORMATS = ("html", "pdf", "pdf-two-column")


class SourceError(ValueError):
    """A source that can't be built; the message names the file and what to change."""


@dataclass(frozen=True)
class Source:
    """One Markdown source.

    Attributes:
        slug: Name of the file without its ending; the built file gets the same.
        title: Title in sentence case.
        author: Who wrote it.
        date: Day of publication, the only date that gets into the built file.
        licence: Short name of the licence.
        format: One of `FORMATS`.
        markdown: The text after the front matter.
        first_page: Number printed on the first page of a PDF.
    """

    slug: str
    title: str
    author: str
    date: date
    licence: str
    format: str
    markdown: str = field(repr=False)
    first_page: int = 1

    @property
    def long_date(self) -> str:
        """The date as people write it, such as 3 October 2026."""
        return f"{self.date.day} {self.date:%B %Y}"


def read_sources(folder: Path) -> list[Source]:
    """Read the Markdown files of a folder, sorted by name."""
    return [read_source(path) for path in sorted(folder.glob("*.md"))]


def read_source(path: Path) -> Source:
    """Read one Markdown file.

    Args:
        path: The file; its front matter holds title, author, date, licence and format.

    Returns:
        The checked source.

    Raises:
        SourceError: If the front matter can't be read, or a field is missing or of a wrong type.
    """
    try:
        post = frontmatter.loads(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise SourceError(f"{path}: the front matter is not valid YAML: {error}") from error
    published, kind = post.get("date"), _text_field(path, post, "format")
    if type(published) is not date:
        raise SourceError(f"{path}: date must be written as 2026-10-31, got {published!r}")
    if kind not in FORMATS:
        raise SourceError(f"{path}: format must be one of {', '.join(FORMATS)}, got {kind!r}")
    return Source(
        slug=path.stem,
        title=_text_field(path, post, "title"),
        author=_text_field(path, post, "author"),
        date=published,
        licence=_text_field(path, post, "licence"),
        format=kind,
        markdown=post.content,
        first_page=_first_page(path, post),
    )


def _text_field(path: Path, post: frontmatter.Post, name: str) -> str:
    """Return a field of the front matter that must hold text."""
    value = post.get(name)
    if not isinstance(value, str) or not value.strip():
        raise SourceError(f"{path}: {name} in the front matter must be text, got {value!r}")
    return value.strip()


def _first_page(path: Path, post: frontmatter.Post) -> int:
    """Return the number printed on the first page, 1 unless the front matter says otherwise."""
    value = post.get("first_page", 1)
    if type(value) is not int or value < 1:
        raise SourceError(f"{path}: first_page must be a number from 1, got {value!r}")
    return value
