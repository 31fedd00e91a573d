"""The part of the ask page that shows what was found: one packaged component, `citewell/results`.

As one element it is drawn in one go, costs a fraction of many elements, and can keep the focus
where it is when something is collected. Its scripts are files, which the content security policy
lets in; it gets data and makes text of them.
"""

from collections.abc import Callable, Sequence
from functools import cache

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from search_app.results import Data

_KEY = "results"


def show_results(
    findings: Data,
    collect: Callable[[Sequence[str]], None],
    held: Sequence[str],
    collection: str,
    problem: str = "",
) -> None:
    """Draw what was found.

    Args:
        findings: as `results_of` makes it.
        collect: is called with the ids of what the reader wants in the collection.
        held: ids of what is in it already.
        collection: its name.
        problem: why something could not be collected; empty where nothing failed.
    """
    data = {"findings": findings, "held": list(held), "collection": collection, "problem": problem}
    _component()(key=_KEY, data=data, on_collect_change=lambda: collect(_asked_for()))


def show_no_results() -> None:
    """Only let the keys act, before anything was asked."""
    _component()(key=_KEY, data=None, on_collect_change=lambda: None)


def _asked_for() -> list[str]:
    """What the browser wants collected; anyone can send anything."""
    ids = st.session_state[_KEY].collect
    return [id_ for id_ in ids if isinstance(id_, str)] if isinstance(ids, list) else []


@cache
def _component() -> ComponentRenderer:
    # Not when imported: outside a running server Streamlit does not know where the files are.
    return st.components.v2.component("citewell.results", js="results.js", isolate_styles=False)
