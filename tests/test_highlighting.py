"""Highlighting: the text is all there, all escaped, and marked where it should be."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from index.documents import Page
from index.sentences import Span
from search_app.highlighting import article, marked, sections_of

HOSTILE = "<script>alert('x')</script> & <img src=x onerror=\"alert(1)\"> </mark>"


@st.composite
def marked_text(draw: st.DrawFn) -> tuple[str, list[Span]]:
    """A text and ranges of it, in order, not overlapping."""
    text = draw(st.text(max_size=60))
    cuts = draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True))
    ends = sorted(cuts)[: len(cuts) // 2 * 2]
    return text, [Span(*pair) for pair in zip(ends[::2], ends[1::2], strict=True)]


def without_marks(markup: str) -> str:
    """The markup with the marks taken out."""
    return markup.replace('<mark class="cw-mark">', "").replace("</mark>", "")


@given(marked_text())
def test_text_without_its_marks_is_the_escaped_text(given_text: tuple[str, list[Span]]) -> None:
    """For any text and any ranges."""
    text, spans = given_text
    assert without_marks(marked(text, spans)) == html.escape(text)


@given(marked_text())
def test_each_range_is_marked(given_text: tuple[str, list[Span]]) -> None:
    """What stands inside the marks is what stands in the ranges."""
    text, spans = given_text
    inside = re.findall(r'<mark class="cw-mark">(.*?)</mark>', marked(text, spans), re.DOTALL)
    assert [html.unescape(part) for part in inside] == [text[s.start : s.end] for s in spans]


def test_hostile_text_is_escaped_inside_and_outside_the_mark() -> None:
    """No tag is left but our own."""
    markup = marked(HOSTILE, [Span(0, 20)])
    assert set(re.findall(r"<[^>]*>", markup)) == {'<mark class="cw-mark">', "</mark>"}


@given(st.text(max_size=80))
def test_article_holds_no_tag_but_its_own(text: str) -> None:
    """Headings and paragraphs, whatever the document says."""
    tags = re.findall(r"<[^>]*>", article(Page(HOSTILE + text), None, None))
    assert set(tags) <= {"<p>", "</p>", "<h2>", "</h2>", "<h3>", "</h3>"}


def test_heading_lines_become_headings() -> None:
    """Two levels are enough for reading; the page's title has the first."""
    page = Page("# One\n\n## Two\n\n### Three\n\n#hash is no heading")
    assert article(page, None, None) == (
        '<h2 id="section-1">One</h2>\n<h2 id="section-2">Two</h2>\n'
        '<h3 id="section-3">Three</h3>\n<p>#hash is no heading</p>'
    )


def test_heading_with_hostile_text_is_escaped() -> None:
    """As a paragraph is."""
    markup = article(Page("## <b>bold</b>"), None, None)
    assert markup == '<h2 id="section-1">&lt;b&gt;bold&lt;/b&gt;</h2>'


def test_only_the_first_cited_paragraph_has_the_id() -> None:
    """An id stands once in a page; it is what the page scrolls to."""
    page = Page("First.\n\nSecond.\n\nThird.")
    assert article(page, Span(8, 23), None) == (
        '<p>First.</p>\n<p class="cw-cited" id="cited">Second.</p>\n<p class="cw-cited">Third.</p>'
    )


def test_mark_stands_in_its_paragraph_only() -> None:
    """Counted from the start of the page."""
    page = Page("First one.\n\nSecond one.")
    markup = article(page, Span(12, 23), Span(12, 18))
    assert markup.endswith('id="cited"><mark class="cw-mark">Second</mark> one.</p>')
    assert markup.count("<mark") == 1


def test_mark_over_two_paragraphs_is_split() -> None:
    """A mark may not enclose a paragraph's end."""
    page = Page("One two.\n\nThree four.")
    marks = re.findall(r"<mark[^>]*>(.*?)</mark>", article(page, Span(0, 21), Span(4, 15)))
    assert marks == ["two.", "Three"]


def test_page_without_text_is_an_empty_article() -> None:
    """A scanned page."""
    assert article(Page(" \n\n "), None, None) == ""


def test_first_heading_leaves_no_level_out() -> None:
    """Below the title of the page stands the second level, whatever the text begins with."""
    sections = sections_of(Page("#### Deep\n\nText.\n\n### Deeper\n\n# High"))
    assert [(one.title, one.level) for one in sections] == [("Deep", 2), ("Deeper", 3), ("High", 2)]


def test_sections_have_the_ids_of_the_article() -> None:
    """A link to one leads there."""
    page = Page("# One\n\nText.\n\n## One\n\nMore.")
    ids = re.findall(r'<h\d id="([^"]+)"', article(page, None, None))
    assert [one.anchor for one in sections_of(page)] == ids
    assert len(set(ids)) == 2


def test_what_else_was_found_is_marked_more_lightly() -> None:
    """But the cited sentence is marked as that, though another passage holds it too."""
    markup = article(Page("One. Two. Three."), Span(5, 9), Span(5, 9), [Span(5, 9), Span(10, 16)])
    assert markup == (
        '<p class="cw-cited" id="cited">One. <mark class="cw-mark">Two.</mark> '
        '<mark class="cw-also">Three.</mark></p>'
    )
