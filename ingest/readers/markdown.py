"""Markdown: its text without the marks, its headings kept, its front matter as metadata."""

from collections.abc import Iterator
from functools import lru_cache
from textwrap import indent
from typing import TYPE_CHECKING

from index.documents import Document, Page
from index.errors import SourceError
from ingest.readers.encoding import decode
from ingest.sources import Source
from ingest.text_cleaning import one_line

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_CONTAINERS = ("bullet_list_", "ordered_list_", "table_")


def read_markdown(content: bytes, source: Source) -> Document:
    """Read a Markdown file; title, author and date come from its front matter.

    Raises:
        SourceError: it holds no text, or its front matter is not YAML.
    """
    # Here, for each PDF is read in a process of its own that imports this package.
    import frontmatter  # noqa: PLC0415
    from yaml import YAMLError  # noqa: PLC0415

    try:
        post = frontmatter.loads(decode(content))
    except (YAMLError, ValueError) as error:
        # ValueError: a date that no calendar has.
        raise SourceError(f"its front matter is not valid YAML ({one_line(str(error))})") from error
    blocks = list(_blocks(_parser().parse(post.content)))
    stated = post.metadata.get("title")
    title = str(stated) if stated else _first_heading(blocks)
    text = "\n\n".join(block for block in blocks if block != f"# {title}")
    if not text.strip():
        raise SourceError("it holds no text")
    author = post.metadata.get("author") or post.metadata.get("authors") or []
    return Document(
        id=source.id,
        title=title or (source.path.stem if source.path else source.link),
        link=source.link,
        pages=(Page(text),),
        metadata={
            "kind": "markdown",
            "authors": [str(name) for name in author]
            if isinstance(author, list)
            else [str(author)],
            "date": str(post.metadata.get("date") or ""),
            "licence": str(post.metadata.get("licence", post.metadata.get("license", ""))),
            "reader": "markdown-it",
        },
    )


@lru_cache(maxsize=1)
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415

    return MarkdownIt("commonmark").enable("table")


def _first_heading(blocks: list[str]) -> str:
    return next((block[2:] for block in blocks if block.startswith("# ")), "")


def _blocks(tokens: "list[Token]") -> Iterator[str]:
    """Texts of the headings, paragraphs, lists, tables and code of a document, in order."""
    lines: list[str] = []
    prefix = ""
    depth = row = 0
    for token in tokens:
        if token.type.startswith(_CONTAINERS):
            depth += token.nesting
        elif token.type in {"heading_open", "list_item_open"}:
            prefix = "#" * int(token.tag[1]) + " " if token.tag != "li" else "- "
        elif token.type == "tr_open":
            row = len(lines)
        elif token.type == "tr_close":
            lines[row:] = [" | ".join(lines[row:])]
        elif token.type in {"inline", "fence", "code_block"}:
            lines.append(prefix + _plain(token))
            prefix = ""
        if depth == 0 and lines:
            yield "\n".join(lines)
            lines = []


def _plain(token: "Token") -> str:
    if token.type != "inline":
        # Indented, for a line of code that begins with "#" is no heading.
        return indent(token.content.rstrip(), "    ")
    parts: list[str] = []
    for child in token.children or []:
        if child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif child.type in {"text", "code_inline", "image"}:
            parts.append(child.content)
    return one_line("".join(parts))
