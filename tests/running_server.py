"""A real server, started by the command that a user types."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from library_fixture import ROOT, environment


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(
    index: Path,
    log: Path,
    folder: Path = ROOT,
    settings: Mapping[str, str] | None = None,
    port: int = 0,
) -> Generator[str]:
    """Host and port of a server of an index, started as a user starts it.

    Args:
        index: folder of the index.
        log: file for what the server prints.
        folder: where it is started.
        settings: more variables of its environment.
        port: 0: one that is free.
    """
    port = port or free_port()
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "search_app.cli", "serve", "--port", str(port)],
            cwd=folder,
            env={**environment(index), "PYTHONPATH": str(ROOT), **(settings or {})},
            stdout=output,
            stderr=output,
        )
        try:
            wait_for_health(port, server, log)
            yield f"127.0.0.1:{port}"
        finally:
            os.kill(server.pid, signal.SIGTERM)
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def wait_for_health(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a server answers, and fail with what it printed if it does not."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.1)
    pytest.fail(f"the server did not start:\n{log.read_text('utf-8', 'replace')}")
