"""How a collected quote and a link to a source look. All HTML is escaped."""

from functools import cache
from html import escape
from pathlib import Path

import streamlit as st

from index.documents import RankedPassage
from index.sentences import Span
from search_app.finding_again import Standing
from search_app.links import Asked, open_link, viewer_link
from search_app.wording import (
    about,
    page_name,
)

STYLE = Path(__file__).with_name("style")
ELSEWHERE = 'target="_blank" rel="noopener noreferrer"'


def show_style() -> None:
    """Put the style sheet on the page."""
    st.html(f"<style>{_style_sheets()}</style>")


@cache
def _style_sheets() -> str:
    return "\n".join(sheet.read_text("utf-8") for sheet in sorted(STYLE.glob("*.css")))


def name_page(shown: str) -> None:
    """Tell tabs and history what a page shows."""
    st.set_page_config(page_title=f"{shown} \u00b7 Citewell")


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
        asked = {"q": [excerpt.question]} if excerpt.question else {}
        title = source_link(found, standing.mark, asked, title)
    elif excerpt.link:
        title = f'<a href="{escape(excerpt.link)}" {ELSEWHERE}>{title}</a>'
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


def source_link(found: RankedPassage, mark: Span | None, asked: Asked, label: str) -> str:
    """The way to a place in a source; the label is HTML."""
    if found.document.is_local:
        return f'<a href="{escape(viewer_link(found, asked, mark))}" target="_self">{label}</a>'
    return f'<a href="{escape(open_link(found, mark))}" {ELSEWHERE}>{label}</a>'
