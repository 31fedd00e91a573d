"""Entry point of the pages: settings, navigation, and the one place that catches errors."""

from pathlib import Path

import streamlit as st

from index.errors import CitewellError, IndexMissingError
from search_app.access.entering import may_see_pages, offer_logout
from search_app.components import STYLE, name_page, show_style
from search_app.empty_library import show_empty_library
from search_app.wording import without_markdown

PAGES = Path(__file__).with_name("app_pages")

st.set_page_config(page_icon=str(STYLE / "icon.svg"), layout="centered")
st.logo(str(STYLE / "wordmark.svg"), size="large")
show_style()
try:
    may_see = may_see_pages()
    page = st.navigation(
        [
            st.Page(PAGES / "ask.py", title="Ask", url_path="ask", default=True),
            st.Page(PAGES / "check.py", title="Check a text", url_path="check"),
            st.Page(PAGES / "collection.py", title="Collection", url_path="collection"),
            st.Page(PAGES / "library.py", title="Library", url_path="library"),
            st.Page(PAGES / "map.py", title="Map", url_path="map"),
            st.Page(
                PAGES / "document.py", title="Document", url_path="document", visibility="hidden"
            ),
        ],
        position="top" if may_see else "hidden",
    )
    name_page(page.title)
    if may_see:
        page.run()
        offer_logout()
except IndexMissingError:
    show_empty_library()
except CitewellError as error:
    st.error(without_markdown(str(error)))
