"""The lines between title and article that say what it is about; extraction often loses them."""

from typing import TYPE_CHECKING

from ingest.text_cleaning import one_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_STATED = (
    ".//meta[@name='description' or @property='og:description' or @name='twitter:description']"
    "/@content"
)
_PLACES = ("blockquote", "div", "h2", "h3", "p", "section", "span", "strong")
# By so much of its beginning it is found, for what a page states is often cut short; what is
# shorter may be a menu's words, what is longer holds the article.
_FEWEST, _MOST = 60, 800


def standfirst(page: "HtmlElement", article: str) -> str:
    """What a page states as its description, as it is printed in it; empty where it is not.

    Args:
        page: tree of the page, without what it hides.
        article: its text as extracted; what it holds already is not given.
    """
    known = one_line(article)
    for stated in page.xpath(_STATED):
        beginning = one_line(stated)[:_FEWEST]
        if len(beginning) < _FEWEST or beginning in known:
            continue
        printed = (one_line(element.text_content()) for element in page.iter(*_PLACES))
        found = min((text for text in printed if text.startswith(beginning)), key=len, default="")
        if found and len(found) <= _MOST and found[-_FEWEST:] not in known:
            return found
    return ""
