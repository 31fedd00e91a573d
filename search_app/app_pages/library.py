"""The documents of the library and what was read of each."""

import streamlit as st

from search_app.components import show_lead
from search_app.library_components import show_failures, show_library
from search_app.report_cards import unread_line
from search_app.resources import opened_index
from search_app.wording import counted

MOST_ROWS = 200

index = opened_index()
documents = index.documents()
passages = index.database.count(index.manifest.build)
failures = index.database.failures()

st.header("Library", anchor=False)
show_lead(
    f"{counted(len(documents), 'document')} in {counted(sum(passages.values()), 'passage')}. "
    f"{unread_line(index)}".strip()
)
wanted = st.text_input("Title or author", key="title", bind="query-params", type="search")
partly = [document for document in documents if not document.is_read_fully]
only_partly = bool(partly) and st.checkbox(f"Only those not read fully ({len(partly)})")
shown = [
    document
    for document in (partly if only_partly else documents)
    if wanted.lower() in "\n".join([document.title, *document.authors]).lower()
]
show_library(shown[:MOST_ROWS], passages)
if len(shown) > MOST_ROWS:
    st.caption(f"The first {MOST_ROWS} of {len(shown)}. Type a title or an author to find others.")
if failures:
    st.subheader("Could not be read", anchor=False)
    show_failures(failures)
