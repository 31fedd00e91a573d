"""How the other side of an answer looks. Its HTML is all escaped."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from search_app.components import source_link
from search_app.evidence.other_side import NOTE, Opposing
from search_app.finding import Findings
from search_app.wording import described, place


def show_other_side(findings: Findings) -> None:
    """What points the other way, sentence by sentence, or that nothing does."""
    other = findings.other_side
    if other is None:
        return
    ranks = {found.passage.id: found.rank for found in findings.ranked}
    quotes = "".join(_quote(one, ranks, findings.question) for one in other.found)
    st.html(
        '<section class="cw-answer cw-other-side"><h2 class="cw-label">The other side</h2>'
        f"<p>{escape(other.lead)}</p>{f'<ol>{quotes}</ol>' if quotes else ''}"
        f'<p class="cw-note">{escape(NOTE)}</p></section>'
    )


def _quote(one: Opposing, ranks: Mapping[int, int], question: str) -> str:
    source = one.quote.source
    rank = ranks[source.passage.id]
    link = source_link(source, one.quote.span, question, escape(source.document.title))
    points = escape(one.vote.value.capitalize())
    told = ", ".join(filter(None, [place(source), *described(one.study)]))
    return (
        f'<li><p class="cw-quote">\u201c{escape(one.quote.text)}\u201d '
        f'<a href="#passage-{rank}" class="cw-number">[{rank}]</a></p>'
        f'<p class="cw-source"><span class="cw-points">{points}</span> \u00b7 {link}, '
        f"{escape(told)}</p></li>"
    )
