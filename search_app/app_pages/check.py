"""A pasted text, and what the library says to each of its claims."""

import streamlit as st

from search_app.checking import check_text
from search_app.checking_components import show_checked
from search_app.components import show_lead
from search_app.resources import opened_index

# A single claim is an address that can be passed on; a longer text stays in this session.
MOST_IN_ADDRESS = 300

index = opened_index()
# What an address brings stands in the box once; then the box holds what is looked up.
st.session_state.setdefault("pasted", st.query_params.get("claim", ""))

st.header("Check a text", anchor=False)
show_lead(
    "Paste a sentence, an abstract or the lines of a slide. For each claim you see which sentences "
    "of this library say so, and which say otherwise. What you paste is not kept."
)
with st.form("check", border=False):
    pasted = st.text_area(
        "Text to check",
        key="pasted",
        persist_state="session",
        height=150,
        placeholder="Stress raises inflammation.",
    ).strip()
    st.form_submit_button("Check", type="primary")
if pasted and len(pasted) <= MOST_IN_ADDRESS and "\n" not in pasted:
    st.query_params["claim"] = pasted
else:
    st.query_params.pop("claim", None)
if pasted:
    with st.spinner("Looking up each claim"):
        checked = check_text(index, pasted)
    show_checked(checked)
