"""A page that fails: said in our words, without a link to anyone else."""

import subprocess
import sys
from pathlib import Path

from library_fixture import ROOT, environment
from running_server import free_port, wait_for_health
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

SERVER = """
import streamlit as st
from search_app.components import show_failure
app = st.App("page.py", on_script_error=show_failure)
"""


def test_failing_page_shows_neither_its_error_nor_links(tmp_path: Path) -> None:
    """The log has the error."""
    (tmp_path / "server.py").write_text(SERVER, "utf-8")
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "config.toml").write_text(
        '[server]\naddress = "127.0.0.1"\nheadless = true\n', "utf-8"
    )
    (tmp_path / "page.py").write_text("raise ValueError('secret of the page')", "utf-8")
    port, log = free_port(), tmp_path / "log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "server.py", f"--server.port={port}"],
            cwd=tmp_path,
            env={**environment(), "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)},
            stdout=output,
            stderr=output,
        )
        try:
            wait_for_health(port, server, log)
            shown = drawn_elements(port)
        finally:
            server.terminate()
            server.wait(20)
    assert [element.WhichOneof("type") for element in shown] == ["alert"]
    assert "could not be drawn" in shown[0].alert.body
    assert "secret of the page" not in str(shown)
    assert "secret of the page" in log.read_text("utf-8")


def drawn_elements(port: int) -> list:
    """What a page draws, as a browser is told."""
    shown, message = [], BackMsg()
    message.rerun_script.query_string = ""
    with connect(f"ws://127.0.0.1:{port}/_stcore/stream", subprotocols=["streamlit"]) as page:
        page.send(message.SerializeToString())
        while True:
            answer = ForwardMsg.FromString(page.recv(timeout=30, decode=False))
            if answer.WhichOneof("type") == "script_finished":
                return shown
            if answer.delta.WhichOneof("type") == "new_element":
                shown.append(answer.delta.new_element)
