"""What stands beside a document: the cited passage, what else was found, sections. All escaped."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from index.documents import RankedPassage
from index.sentences import Span
from search_app.citing import Citation
from search_app.components import source_link
from search_app.highlighting import marked, sections_of
from search_app.inline_scripts import COPY
from search_app.links import Asked, document_link, viewer_link
from search_app.plain_text import shortened
from search_app.question_marks import MarkedPassage
from search_app.viewing import View
from search_app.wording import about, page_name, place

# Enough to see what a similar passage is about.
_MOST_CHARACTERS = 280


def show_cited(view: View, citation: Citation) -> None:
    """What is cited as text, for reading aloud and copying, with its reference.

    Of a picture it is the whole passage; beside a text, in which that stands, only the sentence.
    """
    if view.named is None:
        return
    what = "quote" if view.mark else "passage"
    elsewhere = "" if view.cited else f", {escape(place(view.named))}"
    st.html(
        f'<section class="cw-aside"><h2 class="cw-label">The cited passage{elsewhere}</h2>'
        f'<p class="cw-text cw-small">{_cited(view.named, view.mark)}</p>'
        f'<p class="cw-note">{escape(citation.reference)}</p>'
        f'<p class="cw-copy"><button type="button" data-copy="{escape(citation.text)}">'
        f'Copy {what} with citation</button> <span role="status"></span></p></section>'
    )
    # A constant of ours, apart from all text of documents.
    st.html(f"<script>{COPY}</script>", unsafe_allow_javascript=True)


def show_also(view: View, asked: Asked) -> None:
    """What else the question finds in the document: first on this page, then on others."""
    elsewhere = [one for one in view.also if one not in view.also_here]
    if not view.also:
        return
    parts = [
        f"<h3>{heading}</h3><ul>{_sentences(marks, asked)}</ul>"
        for heading, marks in (
            (_here(view), view.also_here),
            ("On other pages", elsewhere),
        )
        if marks
    ]
    st.html(
        '<section class="cw-aside"><h2 class="cw-label">Also found for your question</h2>'
        f"{''.join(parts)}</section>"
    )


def show_outline(view: View, asked: Asked) -> None:
    """The sections of the document, each a link; nothing where it has no headings."""
    links = []
    for page in view.pages:
        for section in sections_of(page):
            here = f"#{section.anchor}" if page.number is None else ""
            href = here or document_link(view.document, page.number, asked)
            name = page_name(page.number, page.label)
            links.append(
                f'<li class="cw-level-{section.level}"><a href="{escape(href)}" target="_self">'
                f"{escape(section.title)}</a>{f' <span>{escape(name)}</span>' if name else ''}</li>"
            )
    if links:
        st.html(
            '<nav class="cw-aside" aria-label="Sections"><details><summary>'
            f"Sections ({len(links)})</summary><ul>{''.join(links)}</ul></details></nav>"
        )


def show_similar(found: Sequence[RankedPassage], cited: RankedPassage, asked: Asked) -> None:
    """Passages near to the cited one, those of other documents first."""
    if not found:
        st.html('<p class="cw-note">The library holds no other passage to compare it with.</p>')
        return
    items = "".join(_similar(one, cited, asked) for one in found)
    st.html(
        '<div class="cw-aside"><p class="cw-note">The nearest by meaning, those of other '
        "documents first. They may "
        f'still be about something else.</p><ol class="cw-similar">{items}</ol></div>'
    )


def _cited(named: RankedPassage, mark: Span | None) -> str:
    text = named.passage.text
    if named.passage.page is not None or mark is None:
        return marked(text, [mark] if mark else [])
    sentence = text[mark.start : mark.end]
    return marked(sentence, [Span(0, len(sentence))])


def _here(view: View) -> str:
    return "In this text" if view.page.number is None else "On this page, marked in blue"


def _sentences(marks: Sequence[MarkedPassage], asked: Asked) -> str:
    return "".join(
        f'<li><a href="{escape(viewer_link(one.found, asked, one.mark))}" target="_self">'
        f"{escape(one.text)}</a>{_where(one.found)}</li>"
        for one in marks
    )


def _where(found: RankedPassage) -> str:
    where = place(found)
    return f' <span class="cw-note">{escape(where)}</span>' if where else ""


def _similar(found: RankedPassage, cited: RankedPassage, asked: Asked) -> str:
    is_own = found.document.id == cited.document.id
    title = "This document" if is_own else found.document.title
    link = source_link(found, None, asked, escape(title))
    about_it = " \u00b7 ".join(
        filter(None, ["" if is_own else about(found.document), place(found)])
    )
    text = escape(shortened(found.passage.text, _MOST_CHARACTERS))
    return (
        f'<li><p class="cw-source">{link}</p><p class="cw-note">{escape(about_it)} \u00b7 '
        f'<span title="Cosine of the two passages: 1 is the same meaning">near: '
        f'{found.score:.2f}</span></p><p class="cw-text cw-small">{text}</p></li>'
    )
