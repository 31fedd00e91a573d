"""The library as a map of topics."""

import streamlit as st

from search_app.components import show_lead
from search_app.map_components import show_map
from search_app.resources import drawn_map, opened_index

index = opened_index()

st.header("Map", anchor=False)
show_lead("What this library is about: documents that are alike lie together.")
show_map(drawn_map(index), {document.id: document for document in index.documents()})
