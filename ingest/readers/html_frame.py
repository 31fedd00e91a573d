"""Where the article of a web page stands, told to trafilatura by the names that it looks for."""

import re
from collections import Counter
from typing import TYPE_CHECKING

from ingest.text_cleaning import one_line

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

_MOST = 0.9
# Stands after a text that its page says again, with the number of the time.
_REPEATED = "\ue006"
_MARK = re.compile(f"{_REPEATED}\\d+")


def name_frame(page: "HtmlElement") -> None:
    """Name the element with the page's paragraphs an article, where no element says it is one.

    Without such a frame only loose paragraphs are found, and headings and lists are lost: pages
    that word processors and programs write are so.
    """
    from trafilatura.xpaths import BODY_XPATH  # noqa: PLC0415

    body = page.find("body")
    if body is None or any(frames(page) for frames in BODY_XPATH):
        return
    letters = Counter["_Element"]()
    for paragraph in body.iter("p"):
        size = len(paragraph.text_content())
        letters.update(dict.fromkeys(paragraph.iterancestors("body", "div", "section"), size))
    *_, frame = (
        e for e in body.iter("body", "div", "section") if letters[e] >= _MOST * letters[body]
    )
    if frame is body:
        frame = body.makeelement("article")
        frame.text, body.text = body.text, None
        frame.extend(list(body))
        body.append(frame)
    frame.tag = "article"


def tell_repeats_apart(page: "HtmlElement") -> None:
    """Mark paragraphs that stand word for word beside another of the same parent.

    They would be taken for copies that extraction itself made, and only one be kept.
    """
    times = Counter["tuple[_Element | None, str]"]()
    for paragraph in page.iter("p", "div"):
        text = one_line(paragraph.text or "")
        key = (paragraph.getparent(), text)
        if text and len(paragraph) == 0 and times[key]:
            paragraph.text = f"{text}{_REPEATED}{times[key]}"
        times[key] += 1


def without_marks(text: str) -> str:
    """The text without what tells repeats apart."""
    return _MARK.sub("", text)
