"""Many readers at once: `python benchmarks/sessions.py --index index/built`.

Starts `citewell serve` on a copy of an index of the starter corpus and opens sessions as browsers
do, through Streamlit's socket and messages, without a browser. All ask at the same moment, each
another question, several rounds long. Reported: time from question to the last message of what is
drawn, processor seconds of the server, and whether each got what a search of its own question alone
gives. Memory a session: `session_memory.py`.
"""

import argparse
import asyncio
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from starter_corpus import SET
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from index.search import open_index
from ingest.judged_set import read_queries
from search_app.finding import find
from search_app.results import results_of

MOST_SESSIONS, MOST_WAIT_S = 50, 120
_CLOCK_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Reader:
    """One session: what it was shown last, and how long each question took."""

    socket: ClientConnection
    question_box: str = ""
    shown: dict[str, object] = field(default_factory=dict)
    waits_s: list[float] = field(default_factory=list)

    async def ask(self, question: str) -> None:
        """Have the script run with a question in its box, and read until it has ended."""
        message = BackMsg()
        message.rerun_script.query_string = ""
        if self.question_box:
            state = message.rerun_script.widget_states.widgets.add()
            state.id, state.string_value = self.question_box, question
        started = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        async with asyncio.timeout(MOST_WAIT_S):
            await self._read()
        if question:
            self.waits_s.append(time.perf_counter() - started)

    async def _read(self) -> None:
        is_running = False
        while True:
            message = ForwardMsg.FromString(await self.socket.recv(decode=False))
            kind = message.WhichOneof("type")
            is_running = is_running or kind == "new_session"
            if kind == "script_finished" and is_running:
                return
            if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                element = message.delta.new_element
                if element.WhichOneof("type") == "text_input":
                    self.question_box = element.text_input.id
                elif element.WhichOneof("type") == "bidi_component":
                    self._keep(element.bidi_component)

    def _keep(self, component: object) -> None:
        text = component.mixed.json or component.json  # ty: ignore[unresolved-attribute]
        data = json.loads(text) if text else None
        self.shown = (data or {}).get("findings") or {}


@contextmanager
def server(index: Path, log: Path) -> Generator[tuple[int, int]]:
    """Port and process id of a server, started as a user starts it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "search_app.cli", "serve"]
    with log.open("wb") as output:
        running = subprocess.Popen(  # noqa: S603  (our own command)
            [*command, "--port", str(port), "--index", str(index)], stdout=output, stderr=output
        )
        with stopped(running):
            wait_for(f"http://127.0.0.1:{port}/_stcore/health", running)
            yield port, running.pid


@contextmanager
def stopped(running: subprocess.Popen[bytes]) -> Generator[None]:
    """End a server afterwards, whatever happens."""
    try:
        yield
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(30)


def wait_for(address: str, running: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers."""
    deadline = time.monotonic() + MOST_WAIT_S
    while time.monotonic() < deadline and running.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310  (our own server)
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.2)
    raise SystemExit("The server did not start.")


async def opened_reader(port: int) -> Reader:
    """A session whose first page is drawn."""
    opened_socket = await connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        subprotocols=["streamlit"],
        additional_headers={"origin": f"http://127.0.0.1:{port}"},
        max_size=None,
    )
    reader = Reader(opened_socket)
    await reader.ask("")
    return reader


def processor_s(process: int) -> float:
    """Processor seconds that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _CLOCK_TICKS


async def measure(
    port: int, process: int, rounds: list[list[str]], before: list[str]
) -> dict[str, object]:
    """Ask all rounds, one question a session at the same moment, and report.

    Args:
        port: of the server.
        process: the server's.
        rounds: questions, one a session.
        before: what another session asks first.
    """
    warm = await opened_reader(port)
    for question in before:
        await warm.ask(question)
    readers = [await opened_reader(port) for _ in rounds[0]]
    started_s = processor_s(process)
    shown: list[tuple[str, dict[str, object]]] = []
    for questions in rounds:
        await asyncio.gather(*(r.ask(q) for r, q in zip(readers, questions, strict=True)))
        shown += [(q, r.shown) for r, q in zip(readers, questions, strict=True)]
    used_s = processor_s(process) - started_s
    for reader in [warm, *readers]:
        await reader.socket.close()
    waits = sorted(wait for reader in readers for wait in reader.waits_s)
    return {
        "sessions": len(readers),
        "questions": len(waits),
        "p50_s": round(statistics.median(waits), 2),
        "p95_s": round(waits[int(0.95 * (len(waits) - 1))], 2),
        "most_s": round(waits[-1], 2),
        "cpu_ms_a_question": round(1000 * used_s / len(waits)),
        "shown": shown,
    }


def wrongly_shown(index: Path, shown: list[tuple[str, dict[str, object]]]) -> list[str]:
    """Questions that were shown anything else than a search for them alone finds."""
    opened, wrong = open_index(index), []
    for question, findings in shown:
        alone = json.loads(json.dumps(results_of(find(opened, question))))
        if any(findings.get(part) != alone[part] for part in ("question", "quotes", "heading")):
            wrong.append(question)
    opened.close()
    return wrong


def main() -> None:
    """Measure one session, five and twenty, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, default=Path("index/built"))
    parser.add_argument("--sessions", type=int, nargs="+", default=[1, 5, 20])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--known", action="store_true", help="ask each question once before")
    chosen = parser.parse_args()
    questions = list(read_queries(SET / "queries.jsonl").values())
    before = questions if chosen.known else questions[:1]
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(chosen.index, Path(folder) / "index")
        for count in chosen.sessions:
            sessions = min(count, MOST_SESSIONS)
            # Each session another question; a round begins where the one before ended.
            rounds = [
                [questions[(r * sessions + n) % len(questions)] for n in range(sessions)]
                for r in range(chosen.rounds)
            ]
            with server(copy, Path(folder) / "log") as (port, process):
                report = asyncio.run(measure(port, process, rounds, before))
            report["wrong"] = wrongly_shown(copy, report.pop("shown"))
            print(json.dumps(report))


if __name__ == "__main__":
    main()
