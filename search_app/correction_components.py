"""The form that corrects what the library says of a document."""

import streamlit as st

from index.documents import Document
from index.errors import CorrectionError
from index.location import index_folder
from index.search import Index
from search_app.correcting import (
    FORM,
    FormField,
    as_read,
    choices_of,
    correct,
    is_corrected,
    shown_fields,
    take_back,
)
from search_app.evidence.study_types import Stated
from search_app.wording import without_markdown


def show_correction_form(index: Index, document: Document) -> None:
    """The fields that can be corrected; what is saved is shown at once."""
    shown, read = shown_fields(document), as_read(index, document)
    with st.form("description", border=False):
        filled_in = {
            field.name: _ask(field, shown[field.name], read.get(field.name), _key(document, field))
            for field in FORM
        }
        saved = st.form_submit_button("Save")
        undone = is_corrected(document) and st.form_submit_button("Take all corrections back")
    try:
        if undone:
            take_back(index_folder(), document)
        if undone or (saved and correct(index_folder(), document, filled_in)):
            for field in FORM:
                del st.session_state[_key(document, field)]
            st.rerun()
    except CorrectionError as error:
        st.error(without_markdown(f"Not saved: {error}."))


def _ask(field: FormField, shown: str, read: Stated | None, key: str) -> str:
    """A field, filled in as it is shown; what the rules read of a study stands beside it."""
    as_it_says = f"As the text says: {read.value or 'not stated'}" if read else ""
    said = f"\u201c{read.sentence}\u201d" if read and read.sentence else ""
    told = without_markdown(said) or field.help or None
    if not field.choices:
        return st.text_input(field.label, shown, help=told, placeholder=as_it_says, key=key)
    choices = choices_of(field, shown)
    return st.selectbox(
        field.label,
        choices,
        choices.index(shown),
        format_func=lambda choice: choice or as_it_says,
        help=told,
        key=key,
    )


def _key(document: Document, field: FormField) -> str:
    return f"{document.fingerprint}_{field.name}"
