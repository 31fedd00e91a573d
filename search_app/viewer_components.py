"""How a document looks at the cited place. Its HTML is all escaped."""

import base64
from html import escape
from urllib.parse import urlsplit

import streamlit as st

from search_app.citing import doi_address
from search_app.components import ELSEWHERE
from search_app.highlighting import article
from search_app.inline_scripts import SCROLL
from search_app.links import file_link, open_link
from search_app.page_image import PagePicture
from search_app.references.csl_items import csl_item
from search_app.viewing import View
from search_app.wording import about, page_name


def show_document_head(view: View, *, has_file: bool) -> None:
    """Title of a document, who wrote it, and the ways to it outside of the app.

    Args:
        view: what is shown.
        has_file: whether the file that was read is there to be handed out.
    """
    ways = "".join(f" \u00b7 {way}" for way in _ways(view, has_file=has_file))
    st.html(
        f'<h1 class="cw-title">{escape(view.document.title)}</h1>'
        f'<p class="cw-meta cw-viewer">{escape(about(view.document))}{ways}</p>'
    )


def show_page_number(view: View) -> None:
    """Which page of how many is shown."""
    name = page_name(view.page.number, view.page.label)
    st.html(
        f'<p class="cw-turner" role="status">{escape(name[:1].upper() + name[1:])} '
        f"of {len(view.pages)}</p>",
        width="content",
    )


def show_page_image(picture: PagePicture, width: int, description: str) -> None:
    """A rendered PDF page, scrolled to what is cited on it.

    Args:
        picture: the page.
        width: how many times as wide as the space for it; what does not fit is scrolled.
        description: for those who do not see it.
    """
    source = f"data:{picture.media_type};base64,{base64.b64encode(picture.content).decode()}"
    anchor = ""
    if picture.cited:
        edges = zip(("left", "top", "width", "height"), picture.cited, strict=True)
        place = ";".join(f"{edge}:{100 * share:.2f}%" for edge, share in edges)
        anchor = f'<span id="cited" class="cw-spot" style="{place}"></span>'
    # Its size is stated: nothing moves when it has been decoded.
    image = (
        f'<img class="cw-page" alt="{escape(description)}" width="{picture.width}" '
        f'height="{picture.height}" src="{source}">'
    )
    sheet = f'<div class="cw-sheet" style="width:{100 * width}%">{image}{anchor}</div>'
    if width > 1:
        sheet = (
            '<div class="cw-pane" tabindex="0" role="region" '
            f'aria-label="The page, larger than the window">{sheet}</div>'
        )
    st.html(sheet)
    _scroll(f"{description} {width}")


def show_article(view: View) -> None:
    """The text of a page, scrolled to the section that the address names or to what is cited."""
    also = [one.in_page for one in view.also_here]
    text = article(view.page, view.cited_in_page, view.mark_in_page, also)
    st.html(f'<div class="cw-article">{text}</div>')
    _scroll(str(view.page.number))


def _scroll(view: str) -> None:
    # The script is a constant of ours; no text of a document ever stands in it. The attribute
    # makes it another element for each view, so that it runs again.
    st.html(f'<script data-view="{escape(view)}">{SCROLL}</script>', unsafe_allow_javascript=True)


def _ways(view: View, *, has_file: bool) -> list[str]:
    document = view.document
    ways = []
    if doi := csl_item(document).get("DOI"):
        ways.append(_elsewhere(doi_address(str(doi)), "DOI"))
    if has_file and document.kind == "pdf":
        ways.append(_elsewhere(file_link(document, view.page.number), "Open the PDF itself"))
    elif has_file:
        ways.append(f'<a href="{escape(file_link(document))}" download>Save the file</a>')
    elif urlsplit(document.link).scheme in {"http", "https"}:
        address = open_link(view.cited, view.mark) if view.cited else document.link
        ways.append(_elsewhere(address, "Original"))
    return ways


def _elsewhere(address: str, name: str) -> str:
    return f'<a href="{escape(address)}" {ELSEWHERE}>{escape(name)}</a>'
