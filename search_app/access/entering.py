"""What a visitor sees who may not enter, and the way out for one who has."""

from collections.abc import Mapping

import streamlit as st

from search_app.access.accounts import are_accounts_set_up, may_enter
from search_app.access.gate import COOKIE, LOGOUT
from search_app.access.passphrase import is_passphrase_set
from search_app.components import show_footer_link, show_lead

# A setting for all providers, and not the section of one.
_NO_PROVIDER = "client_kwargs"


def may_see_pages() -> bool:
    """Whether the visitor may see the library; draws what to do where not.

    Raises:
        AccessError: the secrets are not as they must be.
    """
    if is_passphrase_set():
        # Only server.py puts the gate up. Without it, the passphrase would protect nothing.
        st.error("A passphrase is set, but nothing asks for it. Start with: citewell serve")
        return False
    if not are_accounts_set_up():
        return True
    if not st.user.is_logged_in:
        _offer_login()
        return False
    if not may_enter(st.user.to_dict()):
        name = st.user.get("email") or "This account"
        st.header("No access", anchor=False)
        show_lead(f"{name} may not see this library. Ask those who run it.")
        st.button("Log out", on_click=st.logout)
        return False
    return True


def offer_logout() -> None:
    """The way out, at the end of a page, for one who has logged in."""
    if are_accounts_set_up():
        st.button("Log out", type="tertiary", on_click=st.logout)
    elif COOKIE in st.context.cookies:
        show_footer_link(LOGOUT, "Log out")


def _offer_login() -> None:
    st.header("Log in", anchor=False)
    show_lead("This library is open to people with an account.")
    section = st.secrets["auth"]
    named = [n for n, value in section.items() if isinstance(value, Mapping) and n != _NO_PROVIDER]
    if "client_id" in section:
        st.button("Log in", type="primary", on_click=st.login)
    for name in named:
        st.button(f"Log in with {name.capitalize()}", on_click=st.login, args=(name,))
