"""How the evidence line and its votes look. Its HTML is all escaped."""

from html import escape

import streamlit as st

from search_app.components import source_link
from search_app.evidence.line import NOTE, Evidence
from search_app.evidence.voting import StudyVote
from search_app.wording import counted, described


def show_evidence(evidence: Evidence, question: str) -> None:
    """How the studies point, and in a fold each vote with its sentence."""
    lines = "".join(f"<li>{escape(tally.text)}</li>" for tally in evidence.tallies)
    rows = "".join(_row(vote, question) for vote in evidence.votes)
    st.html(
        f'<section class="cw-evidence"><h2 class="cw-label">How the studies here point</h2>'
        f"<ul>{lines}</ul><details><summary>"
        f"{counted(len(evidence.votes), 'vote')}, each with its sentence</summary>"
        '<div class="cw-scroll"><table class="cw-table"><thead><tr><th>Points to</th>'
        "<th>Sentence and source</th><th>Kind of study</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></div></details>"
        f'<p class="cw-note">{escape(NOTE)}</p></section>'
    )


def _row(vote: StudyVote, question: str) -> str:
    title = escape(vote.quote.source.document.title)
    link = source_link(vote.quote.source, vote.quote.span, question, title)
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
