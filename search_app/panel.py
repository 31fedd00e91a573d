"""What stands beside a document."""

import streamlit as st

from index.search import Index
from index.similar import similar_passages
from search_app.citing import cite
from search_app.collecting import offer_collecting
from search_app.excerpts import excerpt_of
from search_app.facets import described, narrowing_in
from search_app.links import Asked
from search_app.panel_components import show_also, show_cited, show_outline, show_similar
from search_app.viewing import View


def show_panel(index: Index, view: View, asked: Asked) -> None:
    """The cited passage and its citation, passages like it, what else was found, the sections."""
    if view.named:
        question = "".join(asked.get("q", ()))
        filters = described(narrowing_in(asked))
        excerpt = excerpt_of(view.named, view.mark, question, filters)
        show_cited(view, cite(excerpt))
        offer_collecting(excerpt)
    show_also(view, asked)
    if view.named:
        similar = st.expander(
            "Similar passages", key="similar", on_change="rerun", bind="query-params"
        )
        if similar.open:
            with similar:
                found = similar_passages(index, view.named.passage.id)
                show_similar(found, view.named, asked)
    show_outline(view, asked)
