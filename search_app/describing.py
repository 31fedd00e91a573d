"""How a document was read, and the form that corrects what the library says of it."""

import streamlit as st

from index.documents import Document
from index.locations import other_places
from index.search import Index
from search_app.correction_components import show_correction_form
from search_app.library_components import show_report_card
from search_app.links import CORRECTING


def show_description(index: Index, document: Document) -> None:
    """How the document was read, and a form that corrects what the library says of it."""
    known = {one.id: one for one in index.documents()} if document.id in index.versions else {}
    versions = [known[id_] for id_ in index.versions.get(document.id, ()) if id_ != document.id]
    with st.expander("How it was read"):
        show_report_card(document, other_places(index.database, document.id), versions)
    with st.expander("Correct the description", expanded=CORRECTING in st.query_params):
        show_correction_form(index, document)
