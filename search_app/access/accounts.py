"""Accounts of an OpenID provider, as Streamlit's `st.login` knows them, and who of them may in."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.auth_util import get_cookie_with_chunks, get_origin_from_redirect_uri
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from index.errors import AccessError


def are_accounts_set_up() -> bool:
    """Whether the secrets name a provider.

    Raises:
        AccessError: a file of secrets cannot be read. Streamlit would go on without it, and so
            without asking anyone to log in.
    """
    if st.secrets.load_if_toml_exists():
        return "auth" in st.secrets
    if present := [name for name in st.get_option("secrets.files") if Path(name).exists()]:
        raise AccessError(f"The secrets in {', '.join(present)} cannot be read. Is it valid TOML?")
    return False


def may_enter(claims: Mapping[str, object]) -> bool:
    """Whether a person who has logged in may see the library.

    Args:
        claims: what the provider says of the person.
    """
    allowed = _allowed()
    if allowed is None:
        return True
    address = str(claims.get("email") or "").casefold()
    # Providers that do not check addresses say so; most say nothing.
    if not address or claims.get("email_verified") is False:
        return False
    return any(
        address == entry or (entry.startswith("@") and address.endswith(entry)) for entry in allowed
    )


class AccountGate:
    """ASGI middleware: hands out files only to those who have logged in.

    The pages themselves ask through `st.login`; what they are drawn with is not secret.
    """

    def __init__(self, app: ASGIApp, prefixes: Sequence[str]) -> None:
        """Put a gate before the addresses that begin with a prefix."""
        self._app = app
        self._prefixes = tuple(prefixes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a connection."""
        is_guarded = scope["type"] == "http" and scope["path"].startswith(self._prefixes)
        if is_guarded and not _is_admitted(Request(scope)):
            await PlainTextResponse("Log in first.", 401)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _allowed() -> list[str] | None:
    """Addresses and, with an @ first, domains that may enter; None: whoever has logged in.

    Raises:
        AccessError: they are not a list of texts.
    """
    section = st.secrets.get("access")
    if section is None:
        return None
    entries = section.get("allowed")
    if not isinstance(entries, list) or not all(isinstance(e, str) and "@" in e for e in entries):
        raise AccessError(
            "The secrets say [access] without a list `allowed` of addresses or @domains."
        )
    return [entry.casefold() for entry in entries]


def _is_admitted(request: Request) -> bool:
    def verified(name: str) -> bytes | None:
        cookie = request.cookies.get(name, "").encode("latin-1", "replace")
        return decode_signed_value(get_cookie_secret(), name, cookie)

    signed = get_cookie_with_chunks(verified, USER_COOKIE_NAME)
    claims = json.loads(signed) if signed else {}
    is_ours = claims.get("origin") == get_origin_from_redirect_uri()
    return bool(claims.get("is_logged_in")) and is_ours and may_enter(claims)
