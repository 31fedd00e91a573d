"""The question, the answer, the passages."""

from functools import partial

import streamlit as st

from index.search import MAX_QUESTION_CHARACTERS, check_question
from search_app.collecting import choose_collection, collect, held_of
from search_app.components import name_page, show_lead
from search_app.examples import example_questions
from search_app.filter_components import choose_asking
from search_app.finding import Findings, find
from search_app.resources import opened_index
from search_app.results import results_of
from search_app.results_component import show_no_results, show_results
from search_app.timeline import timeline_of
from search_app.wording import counted, without_markdown


@st.fragment
def show_findings(findings: Findings) -> None:
    """Answer and passages. A fragment: to collect something does not ask again."""
    chosen = choose_collection()
    show_results(
        results_of(findings, timeline_of(opened_index(), findings.ranked)),
        partial(collect, chosen, findings),
        held_of(chosen, findings),
        chosen.name,
        chosen.problem,
    )


def put_question() -> None:
    """Write what was typed into the address.

    Bound to it, the box would put it in the place of the question before, and the browser's way
    back would lead out of the pages.
    """
    if typed := st.session_state["q"]:
        st.query_params["q"] = typed
    else:
        st.query_params.pop("q", None)


index = opened_index()
asked = st.query_params.get("q", "")
if st.session_state.get("q", "") != (shown := asked[:MAX_QUESTION_CHARACTERS]):
    st.session_state["q"] = shown

if not asked:
    st.header("Ask the library", anchor=False)
    documents = counted(len(index.documents()), "document")
    show_lead(
        f"Answers come word for word from the {documents} of this "
        "library, each with a link to the place where it stands."
    )
question = st.text_input(
    "Question",
    key="q",
    on_change=put_question,
    type="search",
    max_chars=MAX_QUESTION_CHARACTERS,
    placeholder="Ask a question",
    label_visibility="collapsed",
)
if question and len(asked) > MAX_QUESTION_CHARACTERS:
    # From the address; the box cuts it without a word.
    check_question(asked)
if question.strip():
    name_page(question.strip())
    asking = choose_asking(index, question)
    # Said only when it takes more than half a second, in a place that is kept free for it.
    searched = counted(len(index.documents()), "document")
    with st.container(key="searching"), st.spinner(f"Searching {searched} and reading what fits"):
        findings = find(index, question, narrowing=asking.narrowing, order=asking.order)
    show_findings(findings)
else:
    with st.container(gap="xsmall"):
        st.markdown("For example")
        for example in example_questions(index.documents()):
            ask = lambda chosen=example: st.query_params.update(q=chosen)  # noqa: E731
            st.button(
                without_markdown(example),
                type="tertiary",
                icon=":material/arrow_forward:",
                on_click=ask,
            )
    show_no_results()
