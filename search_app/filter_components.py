"""The row under the question: filters, the order of the passages, and what is chosen of both.

What is chosen stands in the address and nowhere else. Widgets show it, and write it there when
they are changed: so that the address can be passed on, and going back takes a choice back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from index.search import Index
from search_app.evidence.questions import read_question
from search_app.facets import Facet, Facets, facets_of, label_of, narrowing_in
from search_app.narrowing import PARTS, Narrowing
from search_app.ordering import ORDER, Order
from search_app.wording import counted, without_markdown

_ORDERS = {
    Order.BEST: "Best first",
    Order.NEWEST: "Newest first",
    Order.OTHER_SIDE: "The other side",
}
# More values than that are chosen from a list.
_MOST_CHIPS = 12
_HINT = (
    "The numbers count the documents of the library that have it and pass all other filters. "
    "Study type and whom a study studied are read by rules from the beginning of each text."
)


@dataclass(frozen=True)
class Asking:
    """How a reader wants a question to be answered."""

    narrowing: Narrowing
    order: Order


def choose_asking(index: Index, question: str) -> Asking:
    """Draw the row, and say what is chosen in it."""
    asking = _in_address()
    facets = facets_of(index, asking.narrowing)
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key="choice-of-asking"
    ):
        given = sum(len(values) for values in asking.narrowing.given.values())
        label = f"Filters ({given})" if given else "Filters"
        if facets.facets or facets.years:
            with st.popover(label, icon=":material/filter_list:", width="content"):
                _show_filters(facets, asking.narrowing)
        _show_orders(asking.order, has_sides=read_question(question) is not None)
    _show_chosen(asking.narrowing, facets)
    return asking


def _in_address() -> Asking:
    address = {name: st.query_params.get_all(name) for name in PARTS}
    order = st.query_params.get(ORDER, "")
    known = Order(order) if order in set(Order) else Order.BEST
    return Asking(narrowing_in(address), known)


def _show_filters(facets: Facets, narrowing: Narrowing) -> None:
    for facet in facets.facets:
        _show_facet(facet)
    if facets.years:
        _show_years(facets.years, narrowing)
    st.caption(_HINT)


def _show_facet(facet: Facet) -> None:
    """The values as chips, or as a list where there are many."""
    labels = {one.value: f"{one.label} ({one.count:,})" for one in facet.values}
    key = f"filter-{facet.name}"
    st.session_state[key] = list(facet.chosen)
    choose = lambda: _put({facet.name: st.session_state[key]})  # noqa: E731
    options = [one.value for one in facet.values]
    if len(options) > _MOST_CHIPS:
        st.multiselect(
            facet.label, options, format_func=labels.__getitem__, key=key, on_change=choose
        )
        return
    st.pills(
        facet.label,
        options,
        selection_mode="multi",
        format_func=lambda value: without_markdown(labels[value]),
        key=key,
        on_change=choose,
    )


def _show_years(years: tuple[int, int], narrowing: Narrowing) -> None:
    first, last = years
    chosen = [_year(narrowing.filters.since, first), _year(narrowing.filters.until, last)]
    key = "filter-years"
    st.session_state[key] = tuple(min(max(year, first), last) for year in chosen)

    def choose() -> None:
        since, until = st.session_state[key]
        _put(
            {
                "from": [] if since == first else [str(since)],
                "to": [] if until == last else [str(until)],
            }
        )

    st.slider("Years", first, last, key=key, on_change=choose)


def _show_orders(chosen: Order, *, has_sides: bool) -> None:
    orders = [order for order in _ORDERS if has_sides or order is not Order.OTHER_SIDE]
    st.session_state[ORDER] = chosen if chosen in orders else Order.BEST
    choose = lambda: _put({ORDER: _but_best(st.session_state[ORDER])})  # noqa: E731
    st.segmented_control(
        "Order of the passages",
        orders,
        format_func=_ORDERS.__getitem__,
        key=ORDER,
        on_change=choose,
        required=True,
        label_visibility="collapsed",
    )


def _show_chosen(narrowing: Narrowing, facets: Facets) -> None:
    """Each chosen value as a chip that removes it."""
    if not narrowing.given:
        return
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key="chosen-filters"
    ):
        for name, values in narrowing.given.items():
            for value in values:
                left = [other for other in values if other != value]
                label = without_markdown(label_of(name, value))
                st.button(
                    label,
                    key=f"remove-{name}-{value}",
                    icon=":material/close:",
                    help=f"Remove the filter {label}",
                    on_click=_put,
                    args=({name: left},),
                )
        if len(narrowing.given) > 1:
            nothing: dict[str, list[str]] = {name: [] for name in PARTS}
            st.button("Clear all", type="tertiary", on_click=_put, args=(nothing,))
        total = counted(facets.total, "document")
        st.caption(f"{facets.passing:,} of {total}", width="content")


def _put(parameters: Mapping[str, Sequence[str]]) -> None:
    """Write what was chosen into the address."""
    for name, values in parameters.items():
        if values:
            st.query_params[name] = list(values)
        else:
            st.query_params.pop(name, None)


def _but_best(order: Order | None) -> list[str]:
    return [] if order in {None, Order.BEST} else [order.value]


def _year(date: str, otherwise: int) -> int:
    return int(date[:4]) if date else otherwise
