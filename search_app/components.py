"""How an answer, a passage, a source link look. The only HTML, and all of it escaped."""

import base64
from collections.abc import Callable, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

import streamlit as st

from index.documents import Document, Page, RankedPassage
from index.sentences import Span
from search_app.finding import Findings
from search_app.finding_again import Standing
from search_app.highlighting import article, marked
from search_app.links import document_link, open_link, viewer_link
from search_app.quotes import Quote
from search_app.security import SCROLL_SCRIPT
from search_app.wording import (
    NOTHING,
    about,
    counted,
    page_name,
    place,
    version_name,
)

STYLE = Path(__file__).with_name("style")
_ELSEWHERE = 'target="_blank" rel="noopener noreferrer"'


def show_style() -> None:
    """Put the style sheet on the page."""
    st.html(STYLE / "citewell.css")


def show_lead(text: str) -> None:
    """A sentence or two that say what a page is for."""
    st.html(f'<p class="cw-lead">{escape(text)}</p>')


def show_notices(notices: Sequence[str]) -> None:
    """What the reader should know before reading."""
    for notice in notices:
        st.html(f'<p class="cw-notice" role="status">{escape(notice)}</p>')


def show_answer(findings: Findings) -> None:
    """The quoted sentences with their numbered sources, or that there are none."""
    if not findings.answer.is_answered:
        st.html(
            f'<div class="cw-answer"><p class="cw-quote">{NOTHING}</p><p class="cw-note">The '
            "passages below come closest, but may not be to the point. Try other words, or add "
            "sources to the library.</p></div>"
        )
        return
    ranks = {found.passage.id: found.rank for found in findings.ranked}
    quotes = "".join(
        _quote(quote, ranks.get(quote.source.passage.id, 0), findings.question)
        for quote in findings.answer.quotes
    )
    st.html(
        f'<div class="cw-answer"><h2 class="cw-label">In the words of the library</h2>'
        f'<ol>{quotes}</ol><p class="cw-note">Quoted word for word, each from another document. '
        "The number leads to the passage below.</p></div>"
    )


def show_passages(
    findings: Findings, show_below: Callable[[Sequence[RankedPassage]], None]
) -> None:
    """The ranked passages, those of a document and its versions where the best one stands.

    Args:
        findings: what was found.
        show_below: draws what stands below the passages of a document.
    """
    # A group goes by its first document's id.
    group_of = {
        found.document.id: min(
            [found.document.id, *(v.id for v in findings.versions.get(found.document.id, ()))]
        )
        for found in findings.ranked
    }
    groups = list(dict.fromkeys(group_of[found.document.id] for found in findings.ranked))
    together = sorted(findings.ranked, key=lambda found: groups.index(group_of[found.document.id]))
    st.html(
        f'<h2 class="cw-label cw-results">{counted(len(findings.ranked), "passage")} from '
        f"{counted(len(group_of), 'document')}, best first</h2>"
    )
    for _, passages in groupby(together, key=lambda found: group_of[found.document.id]):
        group = list(passages)
        with st.container(gap="xsmall"):
            st.html(_card(group, findings))
            show_below(group)


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


def show_unread(line: str) -> None:
    """How many documents could not be read fully, with the way to what they are."""
    if line:
        st.html(
            f'<p class="cw-note">{escape(line)} <a href="library" target="_self">'
            "See which, and why</a></p>"
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


def _quote(quote: Quote, rank: int, question: str) -> str:
    title = escape(quote.source.document.title)
    link = source_link(quote.source, quote.span, question, title)
    where = escape(place(quote.source))
    return (
        f'<li><p class="cw-quote">\u201c{escape(quote.text)}\u201d '
        f'<a href="#passage-{rank}" class="cw-number">[{rank}]</a></p>'
        f'<p class="cw-source">{link}{", " if where else ""}{where}</p></li>'
    )


def _card(group: list[RankedPassage], findings: Findings) -> str:
    first = group[0]
    mark = findings.marks.get(first.passage.id)
    title = source_link(first, mark, findings.question, escape(first.document.title))
    passages = "".join(
        _passage(found, findings, is_other=found.document.id != first.document.id)
        for found in group
    )
    return (
        f'<article class="cw-card"><h3>{title}</h3>'
        f'<p class="cw-meta">{escape(about(first.document))}</p>{passages}'
        f"{_also_in(findings.versions.get(first.document.id, ()))}</article>"
    )


def _also_in(versions: Sequence[Document]) -> str:
    links = ", ".join(
        f'<a href="{escape(document_link(version))}" target="_self">'
        f"{escape(version_name(version))}</a>"
        for version in versions
    )
    return f'<p class="cw-note">Also in: {links}</p>' if links else ""


def _passage(found: RankedPassage, findings: Findings, *, is_other: bool) -> str:
    version = version_name(found.document) if is_other else ""
    where = ", ".join(filter(None, [version, place(found)]))
    mark = findings.marks.get(found.passage.id)
    share = max(0, min(100, round(100 * found.score)))
    return (
        f'<div class="cw-passage" id="passage-{found.rank}"><p class="cw-where">'
        f'<span class="cw-number">[{found.rank}]</span><span>{escape(where)}</span>'
        f'<span class="cw-score" title="How well the passage fits, from 0 to 1">'
        f'<span class="cw-bar" aria-hidden="true"><span style="width:{share}%"></span></span>'
        f"score {found.score:.2f}</span></p>"
        f'<p class="cw-text">{marked(found.passage.text, [mark] if mark else [])}</p>'
        f'<p class="cw-open">{source_link(found, mark, findings.question, _opens(found))}</p>'
        "</div>"
    )


def _opens(found: RankedPassage) -> str:
    if not found.document.is_local:
        return f"Open {escape(found.document.link.split('/')[2])} at this place"
    page = found.passage.page
    return f"Open page {page} of the PDF" if page is not None else "Open at this passage"


def source_link(found: RankedPassage, mark: Span | None, question: str, label: str) -> str:
    """The way to a place in a source; the label is HTML."""
    if found.document.is_local:
        return f'<a href="{escape(viewer_link(found, question))}" target="_self">{label}</a>'
    return f'<a href="{escape(open_link(found, mark))}" {_ELSEWHERE}>{label}</a>'
