"""The article of a web page: without menus, banners and footers, in lines as the splitter needs."""

from collections.abc import Iterator, Set
from typing import TYPE_CHECKING

from ingest.readers.html_frame import name_frame, tell_repeats_apart, without_marks
from ingest.text_cleaning import one_line

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

_PARTS = ("cell", "head", "item", "lb", "list", "p", "quote", "row")
_HIDDEN = (
    ".//*[@hidden or @aria-hidden='true' or contains(translate(@style, ' ', ''), 'display:none')"
    " or contains(translate(@style, ' ', ''), 'visibility:hidden')]"
)


def drop_hidden(page: "HtmlElement") -> None:
    """Take out what a browser does not show.

    Except what holds most of the page: a dialog hides all behind it, and some pages wait for
    a script to show themselves.
    """
    most = len(page.text_content()) / 2
    for element in page.xpath(_HIDDEN):
        if element.getparent() is not None and len(element.text_content()) < most:
            element.drop_tree()


def article_text(page: "HtmlElement", address: str, titles: Set[str]) -> str:
    """Paragraphs, headings (as Markdown), lists and tables (a line a row) of the article.

    Args:
        page: tree of the page; gets the names and marks of `html_frame`.
        address: where it is from.
        titles: are left out where they stand as headings.
    """
    from trafilatura import bare_extraction  # noqa: PLC0415
    from trafilatura.settings import Document as Extracted  # noqa: PLC0415

    name_frame(page)
    tell_repeats_apart(page)
    # Balanced: only then does it look again, by other methods, where it found little.
    article = bare_extraction(page, url=address, include_comments=False)
    if not isinstance(article, Extracted):
        return ""
    return without_marks("\n\n".join(filter(None, _blocks(article.body, titles))))


def without_permalink(heading: str) -> str:
    """A heading on one line, without the mark that links to itself in manuals."""
    return one_line(heading).rstrip(" \u00b6")


def _blocks(body: "_Element", titles: Set[str]) -> Iterator[str]:
    for element in body:
        if element.tag == "head":
            heading = without_permalink("".join(element.itertext()))
            if heading and heading not in titles:
                yield f"{'#' * int(element.get('rend', 'h2')[1:])} {heading}"
        elif element.tag == "list":
            yield "\n".join(f"- {_text(item)}" for item in element if _text(item))
        elif element.tag == "table":
            rows = ([_text(cell) for cell in row] for row in element.iter("row"))
            yield "\n".join(" | ".join(row) for row in rows)
        elif text := _text(element):
            yield text


def _text(element: "_Element") -> str:
    # A line break or a list within a list parts words, though no character stands there.
    for part in element.iter(*_PARTS):
        part.text = f" {part.text or ''}"
        part.tail = f" {part.tail or ''}"
    return one_line("".join(element.itertext()))
