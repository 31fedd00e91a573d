"""Text to escaped HTML with marked ranges; taking the marks out gives the text back."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from index.documents import Page
from index.sentences import Span

_HEADING = re.compile(r"^(#{1,6}) +(.+)$")
_HIGH = 2


class Section(NamedTuple):
    """A heading in a text.

    Attributes:
        title: without its marks.
        level: 2 or 3, as in HTML.
        anchor: its id on the page.
        start: offset in the page's text.
    """

    title: str
    level: int
    anchor: str
    start: int


class _Marked(NamedTuple):
    start: int
    end: int
    style: str


def marked(text: str, spans: Sequence[Span]) -> str:
    """Escaped HTML of a text with ``<mark>`` around ranges.

    Args:
        text: any text; nothing in it is taken for HTML.
        spans: ranges of the text, in order, not overlapping.
    """
    return _marked(text, [_Marked(span.start, span.end, "cw-mark") for span in spans])


def article(page: Page, cited: Span | None, mark: Span | None, also: Sequence[Span] = ()) -> str:
    """Escaped HTML of a page's text: headings, paragraphs, the cited passage and its mark.

    Args:
        page: its text; lines that start with ``#`` are headings.
        cited: range of the cited passage; its first paragraph gets the id ``cited``.
        mark: range of the cited sentence, which is marked.
        also: ranges that are marked more lightly, in order.
    """
    marks = _all_marks(mark, also)
    sections = {section.start: section for section in sections_of(page)}
    first_cited = True
    parts: list[str] = []
    for block in _blocks(page.text):
        text = page.text[block.start : block.end]
        if section := sections.get(block.start):
            tag = f"h{section.level}"
            parts.append(f'<{tag} id="{section.anchor}">{html.escape(section.title)}</{tag}>')
            continue
        is_cited = cited is not None and cited.start < block.end and block.start < cited.end
        place = ' id="cited"' if is_cited and first_cited else ""
        first_cited = first_cited and not is_cited
        attributes = f' class="cw-cited"{place}' if is_cited else ""
        parts.append(f"<p{attributes}>{_marked(text, _within(marks, block))}</p>")
    return "\n".join(parts)


def sections_of(page: Page) -> list[Section]:
    """The headings of a page, in order."""
    found: list[Section] = []
    for block in _blocks(page.text):
        if heading := _HEADING.match(page.text[block.start : block.end]):
            # A level must not be left out: below the title stands h2.
            level = 3 if found and len(heading[1]) > _HIGH else 2
            anchor = f"section-{len(found) + 1}"
            found.append(Section(heading[2], level, anchor, block.start))
    return found


def _marked(text: str, marks: Iterable[_Marked]) -> str:
    parts: list[str] = []
    position = 0
    for mark in marks:
        parts += [
            html.escape(text[position : mark.start]),
            f'<mark class="{mark.style}">',
            html.escape(text[mark.start : mark.end]),
            "</mark>",
        ]
        position = mark.end
    return "".join([*parts, html.escape(text[position:])])


def _all_marks(mark: Span | None, also: Sequence[Span]) -> list[_Marked]:
    marks = [_Marked(mark.start, mark.end, "cw-mark")] if mark else []
    for span in also:
        # Passages can share a sentence; the cited one comes first.
        if not any(span.start < other.end and other.start < span.end for other in marks):
            marks.append(_Marked(span.start, span.end, "cw-also"))
    return sorted(marks)


def _blocks(text: str) -> Iterator[Span]:
    for match in re.finditer(r"\S(?:.*?\S)??(?=\n\s*\n|\s*\Z)", text, re.DOTALL):
        yield Span(match.start(), match.end())


def _within(marks: Sequence[_Marked], block: Span) -> list[_Marked]:
    """The parts of the marks that lie in a block, counted from the block's start."""
    return [
        _Marked(
            max(mark.start, block.start) - block.start,
            min(mark.end, block.end) - block.start,
            mark.style,
        )
        for mark in marks
        if mark.start < block.end and block.start < mark.end
    ]
