"""The gate: without a session, nothing of the library leaves the server, and no socket opens."""

import logging
from urllib.parse import parse_qs, urlsplit

from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search_app.access.attempts import FailedAttempts
from search_app.access.login_components import login_page, logout_page
from search_app.access.passphrase import Passphrase
from search_app.access.sessions import Sessions

COOKIE = "citewell_session"
LOGIN, LOGOUT, HEALTH = "/login", "/logout", "/_stcore/health"
# A question of 2,000 characters, encoded twice, and a passphrase.
_MOST_BYTES = 64 * 1024
_MOST_FIELDS = 8
_POLICY_VIOLATION = 1008
_log = logging.getLogger(__name__)


class PassphraseGate:
    """ASGI middleware: asks for the passphrase, and lets in who gave it.

    The session's key is in a cookie that no script can read and that other sites' requests do
    not carry, links excepted: an address that a colleague passes on must open (SameSite=Lax).
    What changes something needs a POST or the socket, and these they cannot send with it.
    """

    def __init__(
        self,
        app: ASGIApp,
        passphrase: Passphrase,
        sessions: Sessions | None = None,
        failures: FailedAttempts | None = None,
    ) -> None:
        """Put a gate before an application."""
        self._app = app
        self._passphrase = passphrase
        self._sessions = sessions or Sessions()
        self._failures = failures or FailedAttempts()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a connection."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._open_socket(scope, receive, send)
        elif scope["type"] == "http":
            is_free = scope["path"] == HEALTH
            response = None if is_free else await self._own_answer(Request(scope, receive))
            await (response or self._app)(scope, receive, send)

    async def _open_socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = _key(HTTPConnection(scope))
        if not self._sessions.is_open(key):
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
            return

        async def receive_while_open() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and not self._sessions.is_open(key):
                # Logged out elsewhere, or too old: an open page gets no more answers.
                await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
                return {"type": "websocket.disconnect", "code": _POLICY_VIOLATION}
            return message

        await self._app(scope, receive_while_open, send)

    async def _own_answer(self, request: Request) -> Response | None:
        """What the gate itself answers; None: the application may."""
        path, is_in = request.scope["path"], self._sessions.is_open(_key(request))
        if request.method == "POST" and path in {LOGIN, LOGOUT}:
            if _is_foreign(request):
                return PlainTextResponse("This form was sent by another site.", 403)
            return await self._log_in(request) if path == LOGIN else self._log_out(request)
        if is_in and path == LOGIN:
            return RedirectResponse("/", 303)
        if is_in and path == LOGOUT:
            return _private(HTMLResponse(logout_page()))
        return None if is_in else _refusal(request)

    async def _log_in(self, request: Request) -> Response:
        fields = await _form(request)
        if fields is None:
            return PlainTextResponse("This form is too long.", 413)
        leads_to = local_address(fields.get("next", ""))
        address = request.client.host if request.client else ""
        # From here to the end nothing waits, so that attempts at once are counted one by one.
        if wait_s := self._failures.wait_s(address):
            minutes = -(-wait_s // 60)
            failure = f"Too many wrong attempts. Try again in {minutes} min."
            headers = {"retry-after": str(wait_s)}
            return _private(HTMLResponse(login_page(leads_to, failure), 429, headers))
        if not self._passphrase.fits(fields.get("passphrase", "")):
            self._failures.note(address)
            _log.warning("Wrong passphrase from %s", address)
            return _unauthorised(login_page(leads_to, "That is not the passphrase."))
        self._sessions.end(_key(request))
        response = _private(RedirectResponse(leads_to, 303))
        response.set_cookie(COOKIE, self._sessions.start(), **_cookie_flags(request))
        return response

    def _log_out(self, request: Request) -> Response:
        self._sessions.end(_key(request))
        response = _private(RedirectResponse(LOGIN, 303))
        response.delete_cookie(COOKIE, **_cookie_flags(request))
        return response


def local_address(address: str) -> str:
    """The address if it leads to a page of ours, else that of the start page.

    Browsers drop tabs and line ends and take a backslash for a slash: a slash and one of these
    could lead to another host.
    """
    path = address.partition("?")[0]
    is_ours = path.startswith("/") and not path.startswith("//") and "\\" not in path
    is_page = path not in {LOGIN, LOGOUT}
    return address if is_ours and is_page and address.isprintable() else "/"


def _key(connection: HTTPConnection) -> str:
    return connection.cookies.get(COOKIE, "")


def _cookie_flags(request: Request) -> dict:
    # Without an age: it goes when the browser is closed. `Secure` as soon as there is TLS.
    is_secure = request.url.scheme == "https"
    return {"path": "/", "httponly": True, "samesite": "lax", "secure": is_secure}


def _is_foreign(request: Request) -> bool:
    """Whether a browser says that the form stood on another site."""
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host")


async def _form(request: Request) -> dict[str, str] | None:
    """Fields of a form; None: it is longer than any of ours."""
    body = b""
    try:
        async for part in request.stream():
            body += part
            if len(body) > _MOST_BYTES:
                return None
        fields = parse_qs(body.decode("utf-8", "replace"), max_num_fields=_MOST_FIELDS)
    except (ClientDisconnect, ValueError):
        return {}
    return {name: values[0] for name, values in fields.items()}


def _refusal(request: Request) -> Response:
    """The login page where a page was asked for, a line of text elsewhere."""
    if request.method in {"GET", "HEAD"} and "text/html" in request.headers.get("accept", ""):
        path = request.scope.get("raw_path", b"/").decode("latin-1")
        query = request.scope["query_string"].decode("latin-1")
        return _unauthorised(login_page(local_address(f"{path}?{query}" if query else path)))
    response = PlainTextResponse("Log in first.", 401, {"www-authenticate": _SCHEME})
    return _private(response)


_SCHEME = f'Cookie realm="Citewell" form-action="{LOGIN}" cookie-name={COOKIE}'


def _unauthorised(page: str) -> Response:
    return _private(HTMLResponse(page, 401, {"www-authenticate": _SCHEME}))


def _private(response: Response) -> Response:
    response.headers["cache-control"] = "no-store"
    return response
