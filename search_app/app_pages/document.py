"""A document at the cited place: the PDF page with its passage marked, or the text."""

import streamlit as st

from index.documents import Document
from index.errors import SourceError
from index.locations import other_places
from index.search import Index
from search_app.components import (
    show_article,
    show_document_head,
    show_page_image,
    show_page_number,
    show_quoted_text,
)
from search_app.correction_components import show_correction_form
from search_app.library_components import show_report_card
from search_app.links import CORRECTING
from search_app.resources import drawn_page, opened_index
from search_app.viewing import View, original_file, resolve_view
from search_app.wording import without_markdown

# Of the viewer itself; what else stands in an address is the question's.
_OWN = ("passage", "doc", "page", CORRECTING)


def show_page_turner(view: View) -> None:
    """Buttons to the pages before and after, and where one is."""
    back, where, forth = st.columns([3, 4, 3], vertical_alignment="center")
    for column, label, step in ((back, "Previous", -1), (forth, "Next", 1)):
        beside = view.position + step
        exists = 0 <= beside < len(view.pages)
        number = view.pages[beside].number if exists else None
        turn = lambda to=number: st.query_params.update(page=str(to))  # noqa: E731
        column.button(label, width="stretch", disabled=not exists, on_click=turn)
    with where:
        show_page_number(view.page, len(view.pages))


def show_pdf_page(view: View) -> bool:
    """Draw the page from the file; False where that cannot be done."""
    file = original_file(view.document)
    if file is None or view.page.number is None:
        st.info("The file has moved or changed since it was read. This is its text as it was.")
        return False
    passage = view.cited.passage if view.cited else None
    fingerprint = view.document.fingerprint
    try:
        picture = drawn_page(file, fingerprint, view.page.number, passage, view.mark)
    except SourceError as error:
        st.info(without_markdown(f"The page is shown as text: {error}."))
        return False
    show_page_image(picture, f"Page {view.page.number} of {view.document.title}")
    if passage:
        show_quoted_text(passage.text, view.mark)
    return True


def show_description(index: Index, document: Document) -> None:
    """How the document was read, and a form that corrects what the library says of it."""
    known = {one.id: one for one in index.documents()} if document.id in index.versions else {}
    versions = [known[id_] for id_ in index.versions.get(document.id, ()) if id_ != document.id]
    with st.expander("How it was read"):
        show_report_card(document, other_places(index.database, document.id), versions)
    with st.expander("Correct the description", expanded=CORRECTING in st.query_params):
        show_correction_form(index, document)


question = st.query_params.get("q", "")
asked = {name: st.query_params.get_all(name) for name in st.query_params if name not in _OWN}
index = opened_index()
view = resolve_view(index, st.query_params.to_dict())

st.page_link(
    "app_pages/ask.py",
    label="Back to the passages" if question else "Ask the library",
    icon=":material/arrow_back:",
    query_params=asked or None,
)
if view is None:
    st.header("Not in the library", anchor=False)
    st.write("This link leads to a document that the library no longer holds. Ask again.")
    st.stop()

show_document_head(view.document)
# Who came to correct it finds the form first.
if is_correcting := CORRECTING in st.query_params:
    show_description(index, view.document)
if len(view.pages) > 1:
    show_page_turner(view)
is_local_pdf = view.document.kind == "pdf" and view.document.is_local
if not (is_local_pdf and show_pdf_page(view)):
    show_article(view.page, view.cited_in_page, view.mark_in_page)
if not is_correcting:
    show_description(index, view.document)
