"""Choosing a collection, and putting a quote or a passage into it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from index.errors import CollectionError
from search_app.excerpts import Excerpt, excerpt_of
from search_app.finding import Findings
from search_app.keeping import DEFAULT_NAME, Collections, Item, collections_of
from search_app.resources import opened_index
from search_app.results import collectable
from search_app.wording import without_markdown

_CHOICE, _NEXT_CHOICE, _PROBLEM = "collection", "next_collection", "collection_problem"
_A_CHOICE = 2


@dataclass(frozen=True)
class Chosen:
    """The collection that a reader puts things into.

    Attributes:
        kept: all collections.
        name: of the one; there may be none of that name yet.
        held: identities of what it holds.
        problem: why the last change failed, for the reader; empty where it did not.
    """

    kept: Collections
    name: str
    held: frozenset[tuple[str, int | None, str]]
    problem: str = ""


def choose_collection(*, is_always_shown: bool = False) -> Chosen:
    """Let the reader choose, where there is a choice. The choice stands in the address."""
    if _NEXT_CHOICE in st.session_state:
        st.session_state[_CHOICE] = st.session_state.pop(_NEXT_CHOICE)
    kept = collections_of(opened_index().folder)
    names = kept.names()
    name = names[0] if names else DEFAULT_NAME
    if is_always_shown or len(names) >= _A_CHOICE:
        options = names or [name]
        name = st.selectbox("Collection", options, key=_CHOICE, bind="query-params") or name
    held = frozenset(item.excerpt.identity for item in kept.items(name))
    return Chosen(kept, name, held, st.session_state.pop(_PROBLEM, ""))


def held_of(chosen: Chosen, findings: Findings) -> list[str]:
    """Ids of what was found that is in the collection already."""
    return [id_ for id_, excerpt in _excerpts(findings).items() if excerpt.identity in chosen.held]


def collect(chosen: Chosen, findings: Findings, ids: Sequence[str]) -> None:
    """Put what was found into the collection; what is in it already is not put in twice.

    Args:
        chosen: the collection.
        findings: what was found.
        ids: of quotes and passages; what was not found is passed over.
    """
    held = {item.excerpt.identity for item in chosen.kept.items(chosen.name)}
    for id_, excerpt in _excerpts(findings).items():
        if id_ in ids and excerpt.identity not in held:
            attempt(chosen.kept.add, chosen.name, [Item(excerpt)])


@st.fragment
def offer_collecting(excerpt: Excerpt) -> None:
    """A button that puts a quote into the collection. A fragment: nothing else is drawn again."""
    chosen = choose_collection()
    is_held = excerpt.identity in chosen.held
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            "Collected" if is_held else "Collect",
            key="collect-cited",
            icon=":material/check:" if is_held else ":material/add:",
            disabled=is_held,
            on_click=attempt,
            args=(chosen.kept.add, chosen.name, [Item(excerpt)]),
        )
        if is_held:
            st.page_link(
                "app_pages/collection.py",
                label=without_markdown(chosen.name),
                query_params={_CHOICE: chosen.name},
            )
    if chosen.problem:
        st.error(without_markdown(chosen.problem))


def attempt(change: Callable[..., object], *arguments: object) -> None:
    """Change a collection when a button is pressed; why it failed is shown on the page."""
    try:
        change(*arguments)
    except CollectionError as error:
        st.session_state[_PROBLEM] = str(error)


def turn_to(name: str) -> None:
    """Show another collection, from the start."""
    st.session_state[_NEXT_CHOICE] = name
    st.rerun()


def _excerpts(findings: Findings) -> dict[str, Excerpt]:
    return {
        id_: excerpt_of(found, mark, findings.question, findings.filters)
        for id_, (found, mark) in collectable(findings).items()
    }
