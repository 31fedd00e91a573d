"""The documents of the library and what was read of each."""

import streamlit as st

from search_app.components import show_failures, show_lead, show_library
from search_app.resources import opened_index
from search_app.wording import counted

MOST_ROWS = 200

index = opened_index()
documents = index.documents()
passages = index.database.count(index.manifest.build)
failures = index.database.failures()

st.header("Library", anchor=False)
show_lead(f"{counted(len(documents), 'document')} in {counted(sum(passages.values()), 'passage')}.")
wanted = st.text_input("Filter by title", key="title", bind="query-params", type="search")
shown = [document for document in documents if wanted.lower() in document.title.lower()]
show_library(shown[:MOST_ROWS], passages)
if len(shown) > MOST_ROWS:
    st.caption(f"The first {MOST_ROWS} of {len(shown)}. Filter by title to find others.")
if failures:
    st.subheader("Could not be read", anchor=False)
    show_failures(failures)
