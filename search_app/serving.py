"""The command that starts the web server."""

import sys
from collections.abc import Sequence
from pathlib import Path

SERVER_SCRIPT = Path(__file__).with_name("server.py")
# Set: it is meant that everyone who reaches the server may use it.
OPEN_VARIABLE = "CITEWELL_OPEN_TO_ALL"
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def is_loopback(host: str | None) -> bool:
    """Whether a server at this address is reached from its own machine only."""
    return host in _LOOPBACK


def server_command(
    host: str, port: int, *, open_browser: bool = False, names: Sequence[str] = ()
) -> list[str]:
    """Program and arguments that serve the pages.

    Only the names of this machine, and those given, are accepted as long as it listens to
    itself only: a page of a stranger could else reach it under a name of its own (DNS rebinding).

    Args:
        host: address to listen on.
        port: port to listen on.
        open_browser: open the pages in a browser.
        names: host names by which a proxy is reached.
    """
    command = [sys.executable, "-m", "streamlit", "run", str(SERVER_SCRIPT)]
    command += [f"--server.address={host}", f"--server.port={port}"]
    if open_browser:
        # Without a screen Streamlit notices and leaves the browser alone.
        command += ["--server.headless=false", "--server.showEmailPrompt=false"]
    allowed = [*_LOOPBACK, *names] if is_loopback(host) else names
    command += [f"--server.allowedHosts={name}" for name in allowed]
    return command
