"""The web server: the pages behind headers that let nothing in from outside, and behind a gate."""

import os
import sys
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route

from index.errors import AccessError
from search_app.access.accounts import AccountGate, are_accounts_set_up
from search_app.access.gate import PassphraseGate
from search_app.access.passphrase import FILE_VARIABLE, take_passphrase
from search_app.components import show_failure
from search_app.security import SecurityHeaders
from search_app.serving import OPEN_VARIABLE, is_loopback
from search_app.source_route import SOURCE_ROUTE

_WRONG_USAGE = 2
# What Streamlit keeps for pages, and what they send to it.
_STREAMLITS_FILES = ("/media", "/_stcore/upload_file")
_ROUTES: list[Route] = [SOURCE_ROUTE]


def _gates() -> list[Middleware]:
    """What asks visitors who they are.

    Raises:
        AccessError: it is set up wrongly; or not at all, and others can reach the server.
    """
    passphrase, has_accounts = take_passphrase(os.environ), are_accounts_set_up()
    if passphrase and has_accounts:
        raise AccessError("Set a passphrase or [auth] in the secrets, not both.")
    if passphrase:
        return [Middleware(PassphraseGate, passphrase)]
    if has_accounts:
        own = [route.path.partition("{")[0] for route in _ROUTES]
        return [Middleware(AccountGate, (*_STREAMLITS_FILES, *own))]
    host = st.get_option("server.address")
    if not is_loopback(host) and not os.environ.get(OPEN_VARIABLE):
        raise AccessError(
            f"At {host or 'all addresses'}, everyone who reaches this machine could read the "
            "library and change its collections. Name a file with a passphrase in "
            f"{FILE_VARIABLE}, or say --open-to-all. More: docs/serving.md"
        )
    return []


try:
    app = st.App(
        Path(__file__).with_name("streamlit_app.py"),
        routes=_ROUTES,
        middleware=[Middleware(SecurityHeaders), *_gates()],
        on_script_error=show_failure,
    )
except AccessError as error:
    sys.stderr.write(f"{error}\n")
    sys.exit(_WRONG_USAGE)
