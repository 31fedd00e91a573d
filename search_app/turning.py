"""Turning the pages of a document, and how large they are."""

from pathlib import Path

import streamlit as st

from index.errors import SourceError
from search_app.page_image import DEFAULT_ZOOM, ZOOMS, Zoom
from search_app.resources import drawn_page
from search_app.viewer_components import show_page_image, show_page_number
from search_app.viewing import View, page_marks
from search_app.wording import page_name, without_markdown


def show_toolbar(view: View, *, is_picture: bool) -> Zoom:
    """Buttons to the pages before and after, where one is, and how large a picture is shown."""
    # Before its widget is drawn; only the address knows when the page has just been opened.
    chosen = st.session_state.get("zoom") or st.query_params.get("zoom", "")
    has_keys = ZOOMS.get(chosen, ZOOMS[DEFAULT_ZOOM]).width == 1
    with st.container(key="toolbar", horizontal=True, vertical_alignment="center", gap="small"):
        if len(view.pages) > 1:
            # In an enlarged page the arrow keys scroll.
            _turn(view, "Previous", -1, "Left" if has_keys else None)
            show_page_number(view)
            _turn(view, "Next", 1, "Right" if has_keys else None)
        if is_picture:
            chosen = st.segmented_control(
                "Size of the page",
                list(ZOOMS),
                key="zoom",
                bind="query-params",
                default=DEFAULT_ZOOM,
                required=True,
                label_visibility="collapsed",
            )
        if view.named and not view.cited:
            page = view.named.passage.page
            st.button(
                f"Back to the cited {page_name(page, None)}",
                type="tertiary",
                on_click=lambda: st.query_params.update(page=str(page)),
            )
    return ZOOMS.get(chosen, ZOOMS[DEFAULT_ZOOM])


def show_pdf_page(view: View, file: Path | None, zoom: Zoom) -> bool:
    """Draw the page from the file; False where that cannot be done."""
    if file is None or view.page.number is None:
        st.info("The file has moved or changed since it was read. This is its text as it was.")
        return False
    marks = tuple(page_marks(view))
    try:
        picture = drawn_page(file, view.document.fingerprint, view.page.number, marks, zoom)
    except SourceError as error:
        st.info(without_markdown(f"The page is shown as text: {error}."))
        return False
    if view.cited and not picture.cited:
        st.info("The cited words could not be found on the picture of this page.")
    show_page_image(picture, zoom.width, f"Page {view.page.number} of {view.document.title}")
    return True


def _turn(view: View, label: str, step: int, shortcut: str | None) -> None:
    beside = view.position + step
    exists = 0 <= beside < len(view.pages)
    number = view.pages[beside].number if exists else None
    st.button(
        label,
        disabled=not exists,
        shortcut=shortcut,
        on_click=lambda: st.query_params.update(page=str(number)),
    )
