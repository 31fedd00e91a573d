"""Security headers: on every answer, and strict."""

import asyncio
import base64
import hashlib
import re
from pathlib import Path

from starlette.types import Message, Receive, Scope, Send
from streamlit.file_util import get_static_dir

from search_app.inline_scripts import SCRIPTS, SCROLL
from search_app.security import SecurityHeaders


def answer_of(status: int) -> list[Message]:
    """What the middleware sends where the application answers with a status and a header."""
    sent: list[Message] = []

    async def application(_scope: Scope, _receive: Receive, send: Send) -> None:
        start = {"type": "http.response.start", "status": status, "headers": [(b"x-own", b"1")]}
        await send(start)
        await send({"type": "http.response.body", "body": b"text"})

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(SecurityHeaders(application)({"type": "http"}, receive, send))
    return sent


def headers(status: int = 200) -> dict[str, str]:
    """Headers of an answer by name."""
    return {name.decode(): value.decode() for name, value in answer_of(status)[0]["headers"]}


def policy() -> dict[str, list[str]]:
    """Sources that the content security policy allows, by directive."""
    parts = (part.split() for part in headers()["content-security-policy"].split("; "))
    return {name: sources for name, *sources in parts}


def hash_source(script: str) -> str:
    """How a policy names an inline script."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def test_headers_stand_on_good_and_bad_answers() -> None:
    """An error page can hold foreign text too."""
    for status in (200, 404, 500):
        assert headers(status)["x-content-type-options"] == "nosniff"
        assert headers(status)["referrer-policy"] == "no-referrer"
        assert "content-security-policy" in headers(status)


def test_headers_and_body_of_the_application_stay() -> None:
    """Only added to."""
    start, body = answer_of(200)
    assert (b"x-own", b"1") in start["headers"]
    assert (start["status"], body) == (200, {"type": "http.response.body", "body": b"text"})


def test_nothing_is_allowed_that_is_not_named() -> None:
    """And nobody may frame the page."""
    assert policy()["default-src"] == ["'none'"]
    assert policy()["frame-ancestors"] == ["'none'"]


def test_no_other_host_is_allowed_anywhere() -> None:
    """Neither for pictures nor for anything else."""
    allowed = {source for sources in policy().values() for source in sources}
    named = {"'self'", "'none'", "data:", "blob:", "'unsafe-inline'", "'wasm-unsafe-eval'"}
    hashes = {source for source in allowed if source.startswith("'sha256-")}
    assert allowed - hashes <= named


def test_scripts_are_allowed_by_their_hash_only() -> None:
    """Our own one and those of Streamlit's start page."""
    start_page = (Path(get_static_dir()) / "index.html").read_text("utf-8")
    inline = re.findall(r"<script>(.*?)</script>", start_page, re.DOTALL)
    assert policy()["script-src"] == [
        "'self'",
        "'wasm-unsafe-eval'",
        *(hash_source(script) for script in (*SCRIPTS, *inline)),
    ]


def test_scripts_of_ours_are_constants() -> None:
    """No place for a document's text in them."""
    assert SCROLL.count("'cited'") == 1
    assert all("{}" not in script and "%s" not in script for script in SCRIPTS)
