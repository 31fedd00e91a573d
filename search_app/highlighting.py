"""Text to escaped HTML with marked ranges; taking the marks out gives the text back."""

import html
import re
from collections.abc import Iterator, Sequence

from index.documents import Page
from index.sentences import Span

_HEADING = re.compile(r"^(#{1,6}) +(.+)$")


def marked(text: str, spans: Sequence[Span]) -> str:
    """Escaped HTML of a text with ``<mark>`` around ranges.

    Args:
        text: any text; nothing in it is taken for HTML.
        spans: ranges of the text, in order, not overlapping.
    """
    parts: list[str] = []
    position = 0
    for span in spans:
        parts += [
            html.escape(text[position : span.start]),
            '<mark class="cw-mark">',
            html.escape(text[span.start : span.end]),
            "</mark>",
        ]
        position = span.end
    return "".join([*parts, html.escape(text[position:])])


def article(page: Page, cited: Span | None, mark: Span | None) -> str:
    """Escaped HTML of a page's text: headings, paragraphs, the cited passage and its mark.

    Args:
        page: its text; lines that start with ``#`` are headings.
        cited: range of the cited passage; its first paragraph gets the id ``cited``.
        mark: range of the cited sentence, which is marked.
    """
    first_cited = True
    parts: list[str] = []
    for block in _blocks(page.text):
        text = page.text[block.start : block.end]
        if heading := _HEADING.match(text):
            level = "h2" if len(heading[1]) <= 2 else "h3"  # noqa: PLR2004
            parts.append(f"<{level}>{html.escape(heading[2])}</{level}>")
            continue
        is_cited = cited is not None and cited.start < block.end and block.start < cited.end
        place = ' id="cited"' if is_cited and first_cited else ""
        first_cited = first_cited and not is_cited
        attributes = f' class="cw-cited"{place}' if is_cited else ""
        parts.append(f"<p{attributes}>{marked(text, _within(mark, block))}</p>")
    return "\n".join(parts)


def _blocks(text: str) -> Iterator[Span]:
    for match in re.finditer(r"\S(?:.*?\S)??(?=\n\s*\n|\s*\Z)", text, re.DOTALL):
        yield Span(match.start(), match.end())


def _within(mark: Span | None, block: Span) -> list[Span]:
    """The part of a mark that lies in a block, counted from the block's start."""
    if mark is None:
        return []
    start, end = max(mark.start, block.start), min(mark.end, block.end)
    return [Span(start - block.start, end - block.start)] if start < end else []
