"""Serving: the command that starts the server, and the starter corpus beside it."""

import sys
from pathlib import Path

import pytest

from search_app.serving import SERVER_SCRIPT, server_command
from search_app.starter import starter_corpus

LOOPBACK_NAMES = {"127.0.0.1", "::1", "localhost"}


def allowed_hosts(command: list[str]) -> set[str]:
    """Names that the server may be reached by."""
    option = "--server.allowedHosts="
    return {part.removeprefix(option) for part in command if part.startswith(option)}


def test_server_runs_with_this_python() -> None:
    """In the same environment, without a shell."""
    command = server_command("127.0.0.1", 8600)
    assert command[:5] == [sys.executable, "-m", "streamlit", "run", str(SERVER_SCRIPT)]
    assert {"--server.address=127.0.0.1", "--server.port=8600"} <= set(command)
    assert SERVER_SCRIPT.is_file()


@pytest.mark.parametrize("host", sorted(LOOPBACK_NAMES))
def test_own_machine_is_reached_by_its_own_names_only(host: str) -> None:
    """A stranger's page could else reach it under a name of its own."""
    assert allowed_hosts(server_command(host, 8600)) == LOOPBACK_NAMES


def test_server_for_others_is_reached_by_any_name() -> None:
    """Who opens it to a network knows its names; we don't."""
    assert allowed_hosts(server_command("0.0.0.0", 8600)) == set()  # noqa: S104


def test_proxy_is_reached_by_the_names_given() -> None:
    """Beside the machine's own, on which it listens."""
    names = ["library.example.org"]
    assert allowed_hosts(server_command("127.0.0.1", 8600, names=names)) == {
        *LOOPBACK_NAMES,
        *names,
    }
    assert allowed_hosts(server_command("192.0.2.1", 8600, names=names)) == set(names)


def test_browser_is_opened_only_on_demand() -> None:
    """A server on another machine has none."""
    assert "--server.headless=false" not in server_command("127.0.0.1", 8600)
    assert "--server.headless=false" in server_command("127.0.0.1", 8600, open_browser=True)


def test_starter_corpus_is_the_one_where_the_app_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None where there is none."""
    monkeypatch.chdir(tmp_path)
    assert starter_corpus() is None
    (tmp_path / "corpus").mkdir()
    assert starter_corpus() == tmp_path / "corpus"
