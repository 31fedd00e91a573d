"""Choosing a collection, and the buttons that put a quote or a passage into it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from index.documents import RankedPassage
from index.errors import CollectionError
from index.sentences import Span
from search_app.excerpts import Excerpt, excerpt_of
from search_app.finding import Findings
from search_app.keeping import DEFAULT_NAME, Collections, Item, collections_of
from search_app.resources import opened_index
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
    """

    kept: Collections
    name: str
    held: frozenset[tuple[str, int | None, str]]


def choose_collection(*, is_always_shown: bool = False) -> Chosen:
    """Let the reader choose, where there is a choice. The choice stands in the address."""
    if _NEXT_CHOICE in st.session_state:
        st.session_state[_CHOICE] = st.session_state.pop(_NEXT_CHOICE)
    if _PROBLEM in st.session_state:
        st.error(without_markdown(st.session_state.pop(_PROBLEM)))
    kept = collections_of(opened_index().folder)
    names = kept.names()
    name = names[0] if names else DEFAULT_NAME
    if is_always_shown or len(names) >= _A_CHOICE:
        options = names or [name]
        name = st.selectbox("Collection", options, key=_CHOICE, bind="query-params") or name
    held = frozenset(item.excerpt.identity for item in kept.items(name))
    return Chosen(kept, name, held)


def offer_quotes(chosen: Chosen, findings: Findings) -> None:
    """A button for each quote of the answer; nothing where there is none."""
    if not findings.answer.is_answered:
        return
    ranks = {found.passage.id: found.rank for found in findings.ranked}
    _offer(
        chosen,
        "quote",
        [
            (
                ranks.get(quote.source.passage.id, 0),
                excerpt_of(quote.source, Span(quote.start, quote.end), findings.question),
            )
            for quote in findings.answer.quotes
        ],
    )


def offer_passages(chosen: Chosen, findings: Findings, group: Sequence[RankedPassage]) -> None:
    """A button for each of some passages; what is marked in one is what is quoted."""
    _offer(
        chosen,
        "passage",
        [
            (found.rank, excerpt_of(found, findings.marks.get(found.passage.id), findings.question))
            for found in group
        ],
    )


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


def _offer(chosen: Chosen, kind: str, excerpts: Sequence[tuple[int, Excerpt]]) -> None:
    # Its new label says that it is done. A toast would take the place of the style sheet.
    with st.container(horizontal=True, gap="small"):
        for rank, excerpt in excerpts:
            is_held = excerpt.identity in chosen.held
            st.button(
                f"{'Collected' if is_held else 'Collect'} \\[{rank}\\]",
                key=f"collect-{kind}-{rank}",
                type="tertiary",
                icon=":material/bookmark_added:" if is_held else ":material/bookmark_add:",
                disabled=is_held,
                on_click=attempt,
                args=(chosen.kept.add, chosen.name, [Item(excerpt)]),
            )
