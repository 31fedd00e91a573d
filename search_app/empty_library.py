"""What is shown where there is no index yet."""

import streamlit as st

from search_app.components import show_lead
from search_app.starter import ingest_corpus, starter_corpus
from search_app.wording import without_markdown


def show_empty_library() -> None:
    """Say that the library is empty and offer to fill it."""
    st.header("The library is empty", anchor=False)
    corpus = starter_corpus()
    if corpus is None:
        show_lead("Add your own articles and PDFs to it. In a terminal, run:")
        st.code("citewell ingest FOLDER", language=None)
        return
    show_lead(
        "Start with the articles that come with Citewell. It takes about a minute, and you can "
        "add your own later."
    )
    if st.button("Read the starter library", type="primary"):
        with st.spinner("Reading and indexing the starter library"):
            outcome = ingest_corpus(corpus)
        if outcome.is_usable:
            st.rerun()
        st.error(without_markdown(f"The starter library could not be read. {outcome.report}"))
    st.caption("Or, in a terminal, your own: `citewell ingest FOLDER`")
