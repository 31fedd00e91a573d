"""How the library and the report cards of its documents look. Its HTML is all escaped."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

import streamlit as st

from index.documents import Document
from search_app.links import document_link
from search_app.report_cards import card_lines, report_card
from search_app.wording import counted, kind_name, place_name, version_name, what_was_read


def show_report_card(
    document: Document, places: Sequence[str], versions: Sequence[Document]
) -> None:
    """How a document was read, where else it lies, and its other versions."""
    lines = [
        *card_lines(report_card(document)),
        *(("Also at", place_name(place)) for place in places),
    ]
    other = "".join(
        f'<dt>Other version</dt><dd><a href="{escape(document_link(version))}" target="_self">'
        f"{escape(version_name(version))}</a></dd>"
        for version in versions
    )
    st.html(f'<dl class="cw-card-of-reading">{_described(lines)}{other}</dl>')


def show_library(documents: Sequence[Document], passages: Mapping[str, int]) -> None:
    """A table of documents with what was read of each."""
    rows = "".join(_library_row(document, passages[document.id]) for document in documents)
    st.html(
        '<div class="cw-scroll"><table class="cw-table"><thead><tr><th>Title</th>'
        '<th class="cw-optional">Date</th><th>Kind</th><th>Read</th>'
        '<th class="cw-figure cw-optional">Passages</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def show_failures(failures: Mapping[str, str]) -> None:
    """The sources that could not be read, each with its reason."""
    items = "".join(
        f'<li class="cw-item"><strong>{escape(Path(source).name or source)}</strong><br>'
        f"{escape(reason)}</li>"
        for source, reason in failures.items()
    )
    st.html(f'<ul class="cw-failed">{items}</ul>')


def _library_row(document: Document, passages: int) -> str:
    link = (
        f'<a href="{escape(document_link(document))}" target="_self">{escape(document.title)}</a>'
    )
    return (
        f'<tr><td>{link}</td><td class="cw-optional cw-short">{escape(document.date)}</td>'
        f'<td class="cw-short">{escape(kind_name(document))}</td>'
        f'<td class="cw-read"><details><summary>{escape(_read_in_short(document))}</summary>'
        f'<dl class="cw-card-of-reading">{_described(card_lines(report_card(document)))}</dl>'
        "</details></td>"
        f'<td class="cw-figure cw-optional">{passages}</td></tr>'
    )


def _read_in_short(document: Document) -> str:
    warnings = len(report_card(document).warnings)
    return what_was_read(document) + (f", {counted(warnings, 'warning')}" if warnings else "")


def _described(lines: Sequence[tuple[str, str]]) -> str:
    return "".join(f"<dt>{escape(what)}</dt><dd>{escape(said)}</dd>" for what, said in lines)
