"""A document at the cited place: the PDF page with its passage marked, or the text."""

import streamlit as st

from search_app.components import name_page
from search_app.describing import show_description
from search_app.links import CORRECTING
from search_app.original_files import original_file
from search_app.panel import show_panel
from search_app.resources import opened_index, question_marks
from search_app.turning import show_pdf_page, show_toolbar
from search_app.viewer_components import show_article, show_document_head
from search_app.viewing import resolve_view

# Of the viewer itself; what else stands in an address is the question's.
_OWN = ("passage", "doc", "page", "mark", "zoom", "similar", CORRECTING)

parameters = st.query_params.to_dict()
asked = {name: st.query_params.get_all(name) for name in parameters if name not in _OWN}
index = opened_index()
view = resolve_view(index, parameters, question_marks)

st.page_link(
    "app_pages/ask.py",
    label="Back to the passages" if parameters.get("q") else "Ask the library",
    icon=":material/arrow_back:",
    query_params=asked or None,
)
if view is None:
    st.title("Not in the library", anchor=False)
    st.write("This link leads to a document that the library no longer holds. Ask again.")
    st.stop()

name_page(view.document.title)
file = original_file(view.document)
show_document_head(view, has_file=file is not None)
# Who came to correct it finds the form first.
if is_correcting := CORRECTING in parameters:
    show_description(index, view.document)
with st.container(key="viewer"):
    shown, beside = st.columns([7, 3], gap="large")
    with shown:
        is_pdf = view.document.kind == "pdf" and view.document.is_local
        zoom = show_toolbar(view, is_picture=is_pdf and file is not None)
        if not (is_pdf and show_pdf_page(view, file, zoom)):
            show_article(view)
    with beside:
        show_panel(index, view, asked)
if not is_correcting:
    show_description(index, view.document)
