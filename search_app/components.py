"""How an answer, a passage, a source link look. The only HTML, and all of it escaped."""

import base64
from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

import streamlit as st

from index.documents import Document, Page, RankedPassage
from index.sentences import Span
from search_app.evidence.line import NOTE, Evidence
from search_app.evidence.voting import StudyVote
from search_app.finding import Findings
from search_app.highlighting import article, marked
from search_app.links import document_link, open_link, viewer_link
from search_app.quotes import Quote
from search_app.security import SCROLL_SCRIPT
from search_app.wording import (
    NOTHING,
    about,
    counted,
    described,
    kind_name,
    page_name,
    place,
    what_was_read,
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


def show_evidence(evidence: Evidence, question: str) -> None:
    """How the studies point, and in a fold each vote with its sentence."""
    lines = "".join(f"<li>{escape(tally.text)}</li>" for tally in evidence.tallies)
    rows = "".join(_vote_row(vote, question) for vote in evidence.votes)
    st.html(
        f'<section class="cw-evidence"><h2 class="cw-label">How the studies here point</h2>'
        f"<ul>{lines}</ul><details><summary>"
        f"{counted(len(evidence.votes), 'vote')}, each with its sentence</summary>"
        '<div class="cw-scroll"><table class="cw-table"><thead><tr><th>Points to</th>'
        "<th>Sentence and source</th><th>Kind of study</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></div></details>"
        f'<p class="cw-note">{escape(NOTE)}</p></section>'
    )


def show_passages(findings: Findings) -> None:
    """The ranked passages, those of one document together where its best one stands."""
    order = {}
    for found in findings.ranked:
        order.setdefault(found.document.id, len(order))
    together = sorted(findings.ranked, key=lambda found: order[found.document.id])
    cards = "".join(
        _card(list(group), findings)
        for _, group in groupby(together, key=lambda found: found.document.id)
    )
    st.html(
        f'<h2 class="cw-label cw-results">{counted(len(findings.ranked), "passage")} from '
        f"{counted(len(order), 'document')}, best first</h2>{cards}"
    )


def show_library(documents: Sequence[Document], passages: Mapping[str, int]) -> None:
    """A table of documents with what was read of each."""
    rows = "".join(_library_row(document, passages[document.id]) for document in documents)
    st.html(
        '<div class="cw-scroll"><table class="cw-table"><thead><tr><th>Title</th>'
        '<th class="cw-optional">Date</th><th>Kind</th><th>Read</th>'
        f'<th class="cw-figure">Passages</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )


def show_failures(failures: Mapping[str, str]) -> None:
    """The sources that could not be read, each with its reason."""
    items = "".join(
        f'<li class="cw-item"><strong>{escape(Path(source).name or source)}</strong><br>'
        f"{escape(reason)}</li>"
        for source, reason in failures.items()
    )
    st.html(f'<ul class="cw-failed">{items}</ul>')


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
    link = _source_link(quote.source, quote.span, question, title)
    where = escape(place(quote.source))
    return (
        f'<li><p class="cw-quote">\u201c{escape(quote.text)}\u201d '
        f'<a href="#passage-{rank}" class="cw-number">[{rank}]</a></p>'
        f'<p class="cw-source">{link}{", " if where else ""}{where}</p></li>'
    )


def _vote_row(vote: StudyVote, question: str) -> str:
    title = escape(vote.quote.source.document.title)
    link = _source_link(vote.quote.source, vote.quote.span, question, title)
    stated = (vote.study.kind, vote.study.subjects, vote.study.size)
    kinds = "<br>".join(
        f'<span title="{escape(one.sentence)}">{escape(text)}</span>'
        for text, one in zip(described(vote.study), stated, strict=True)
        if text
    )
    return (
        f'<tr><td class="cw-short">{escape(vote.vote.value)}</td>'
        f"<td>\u201c{escape(vote.quote.text)}\u201d<br>{link}</td><td>{kinds}</td></tr>"
    )


def _card(group: list[RankedPassage], findings: Findings) -> str:
    first = group[0]
    mark = findings.marks.get(first.passage.id)
    title = _source_link(first, mark, findings.question, escape(first.document.title))
    passages = "".join(_passage(found, findings) for found in group)
    return (
        f'<article class="cw-card"><h3>{title}</h3>'
        f'<p class="cw-meta">{escape(about(first.document))}</p>{passages}</article>'
    )


def _passage(found: RankedPassage, findings: Findings) -> str:
    mark = findings.marks.get(found.passage.id)
    share = max(0, min(100, round(100 * found.score)))
    return (
        f'<div class="cw-passage" id="passage-{found.rank}"><p class="cw-where">'
        f'<span class="cw-number">[{found.rank}]</span><span>{escape(place(found))}</span>'
        f'<span class="cw-score" title="How well the passage fits, from 0 to 1">'
        f'<span class="cw-bar" aria-hidden="true"><span style="width:{share}%"></span></span>'
        f"score {found.score:.2f}</span></p>"
        f'<p class="cw-text">{marked(found.passage.text, [mark] if mark else [])}</p>'
        f'<p class="cw-open">{_source_link(found, mark, findings.question, _opens(found))}</p>'
        "</div>"
    )


def _opens(found: RankedPassage) -> str:
    if not found.document.is_local:
        return f"Open {escape(found.document.link.split('/')[2])} at this place"
    page = found.passage.page
    return f"Open page {page} of the PDF" if page is not None else "Open at this passage"


def _source_link(found: RankedPassage, mark: Span | None, question: str, label: str) -> str:
    if found.document.is_local:
        return f'<a href="{escape(viewer_link(found, question))}" target="_self">{label}</a>'
    return f'<a href="{escape(open_link(found, mark))}" {_ELSEWHERE}>{label}</a>'


def _library_row(document: Document, passages: int) -> str:
    link = (
        f'<a href="{escape(document_link(document))}" target="_self">{escape(document.title)}</a>'
    )
    return (
        f'<tr><td>{link}</td><td class="cw-optional cw-short">{escape(document.date)}</td>'
        f'<td class="cw-short">{escape(kind_name(document))}</td>'
        f'<td class="cw-read">{escape(what_was_read(document))}</td>'
        f'<td class="cw-figure">{passages}</td></tr>'
    )
