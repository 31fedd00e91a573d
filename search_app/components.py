"""How a collected quote, a document and its pages look. All HTML is escaped."""

import base64
from functools import cache
from html import escape
from pathlib import Path

import streamlit as st

from index.documents import Document, Page, RankedPassage
from index.sentences import Span
from search_app.finding_again import Standing
from search_app.highlighting import article, marked
from search_app.links import open_link, viewer_link
from search_app.security import SCROLL_SCRIPT
from search_app.wording import (
    about,
    page_name,
)

STYLE = Path(__file__).with_name("style")
_ELSEWHERE = 'target="_blank" rel="noopener noreferrer"'


def show_style() -> None:
    """Put the style sheet on the page."""
    st.html(f"<style>{_style_sheets()}</style>")


@cache
def _style_sheets() -> str:
    return "\n".join(sheet.read_text("utf-8") for sheet in sorted(STYLE.glob("*.css")))


def show_lead(text: str) -> None:
    """A sentence or two that say what a page is for."""
    st.html(f'<p class="cw-lead">{escape(text)}</p>')


def show_failure(_error: Exception) -> bool:
    """Say that a page failed, in place of Streamlit's box with links to a search engine and a chat.

    Returns:
        True: there is nothing more to show. What failed is in the server's log.
    """
    st.error(
        "This page could not be drawn. Load it again; if that does not help, tell those who run "
        "this library at what time it happened: the server's log says why."
    )
    return True


def show_footer_link(address: str, label: str) -> None:
    """A link of our own below everything else of a page."""
    st.html(
        f'<p class="cw-note"><a href="{escape(address)}" target="_self">{escape(label)}</a></p>'
    )


def show_excerpt(standing: Standing, position: int) -> None:
    """A collected quote in its passage, with its source, and whether it is still there."""
    excerpt, found = standing.excerpt, standing.found
    title = escape(excerpt.document.title)
    if found:
        title = source_link(found, standing.mark, excerpt.question, title)
    elif excerpt.link:
        title = f'<a href="{escape(excerpt.link)}" {_ELSEWHERE}>{title}</a>'
    before, after = excerpt.around
    page = page_name(excerpt.page, excerpt.page_label)
    where = " \u00b7 ".join(part for part in (about(excerpt.document), page) if part)
    gone = f'<p class="cw-notice" role="status">{escape(standing.reason)}</p>'
    st.html(
        f'<article class="cw-card"><h3><span class="cw-number">{position}.</span> {title}</h3>'
        f'<p class="cw-meta">{escape(where)}</p><p class="cw-text cw-excerpt">{escape(before)}'
        f'<mark class="cw-mark">{escape(excerpt.quote)}</mark>{escape(after)}</p>'
        f"{gone if standing.reason else ''}</article>"
    )


def show_document_head(document: Document) -> None:
    """Title of a document, who wrote it, and the way to the original on the web."""
    original = (
        ""
        if document.is_local
        else f' \u00b7 <a href="{escape(document.link)}" {_ELSEWHERE}>Original</a>'
    )
    st.html(
        f'<h1 style="font-size:1.5rem;line-height:1.3;padding:0;margin:0">'
        f"{escape(document.title)}</h1>"
        f'<p class="cw-meta">{escape(about(document))}{original}</p>'
    )


def show_article(page: Page, cited: Span | None, mark: Span | None) -> None:
    """The text of a page, scrolled to the cited passage."""
    st.html(f'<div class="cw-article">{article(page, cited, mark)}</div>')
    if cited:
        # The script is a constant of ours; no text of a document ever stands in it.
        st.html(f"<script>{SCROLL_SCRIPT}</script>", unsafe_allow_javascript=True)


def show_page_image(png: bytes, description: str) -> None:
    """A rendered PDF page."""
    source = base64.b64encode(png).decode()
    st.html(
        f'<img class="cw-page" alt="{escape(description)}" src="data:image/png;base64,{source}">'
    )


def show_page_number(page: Page, pages: int) -> None:
    """Which page of how many is shown."""
    name = page_name(page.number, page.label)
    st.html(f'<p class="cw-turner">{escape(name[:1].upper() + name[1:])} of {pages}</p>')


def show_quoted_text(text: str, mark: Span | None) -> None:
    """The cited passage as text, for copying and for screen readers."""
    st.html(
        '<h2 class="cw-label">The cited passage</h2>'
        f'<p class="cw-text">{marked(text, [mark] if mark else [])}</p>'
    )


def source_link(found: RankedPassage, mark: Span | None, question: str, label: str) -> str:
    """The way to a place in a source; the label is HTML."""
    if found.document.is_local:
        return f'<a href="{escape(viewer_link(found, question))}" target="_self">{label}</a>'
    return f'<a href="{escape(open_link(found, mark))}" {_ELSEWHERE}>{label}</a>'
