"""What a held session takes: `python benchmarks/session_memory.py --index index/built`.

A server takes memory once, for what it loads and remembers, and for each session as long as that is
open. To tell the two apart, four sessions first ask all questions of the starter set at the same
time, twice, and stay: closed ones would leave free memory behind, in which later ones hide. Then
sessions are opened in steps and held, each having asked three questions, and memory is read at each
step. Reported: proportional memory (PSS) at each step, and the slope over them by least squares.
`--bare` measures a page of Streamlit's with nothing but a box in the same way: the floor.
"""

import argparse
import asyncio
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sessions import SET, Reader, opened_reader, server, stopped, wait_for

from ingest.judged_set import read_queries

FIRST, STEPS = 4, (0, 5, 10, 20, 40, 80, 160)
QUESTIONS_EACH = 3
BARE_PAGE = 'import streamlit as st\n\nst.write(st.text_input("Question"))\n'


def proportional_mb(process: int) -> float:
    """Memory of a process, what it shares with others divided among them."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


async def held(port: int, process: int, questions: list[str]) -> dict[int, float]:
    """Memory by how many sessions are open, warmed up and in steps."""
    first = await _warm(port, questions)
    readers: list[Reader] = []
    memory = {}
    for count in STEPS:
        while len(readers) < count:
            reader = await opened_reader(port)
            for number in range(QUESTIONS_EACH):
                place = QUESTIONS_EACH * len(readers) + number
                await reader.ask(questions[place % len(questions)])
            readers.append(reader)
        memory[count] = proportional_mb(process)
    for reader in [*first, *readers]:
        await reader.socket.close()
    return memory


async def _warm(port: int, questions: list[str]) -> list[Reader]:
    readers = [await opened_reader(port) for _ in range(FIRST)]
    for question in questions + questions:
        await asyncio.gather(*(reader.ask(question) for reader in readers))
    return readers


@contextmanager
def bare_server(log: Path) -> Generator[tuple[int, int]]:
    """Port and process id of a server of a page with nothing but a box."""
    page = log.with_name("bare.py")
    page.write_text(BARE_PAGE, "utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(page)]
    options = ["--server.headless=true", "--browser.gatherUsageStats=false"]
    options += ["--server.fileWatcherType=none", "--server.address=127.0.0.1"]
    with log.open("wb") as output:
        running = subprocess.Popen(  # noqa: S603  (our own command)
            [*command, *options, f"--server.port={port}"], stdout=output, stderr=output
        )
        with stopped(running):
            wait_for(f"http://127.0.0.1:{port}/_stcore/health", running)
            yield port, running.pid


def main() -> None:
    """Measure the pages, or the bare one, and print a line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, default=Path("index/built"))
    parser.add_argument("--bare", action="store_true")
    chosen = parser.parse_args()
    questions = list(read_queries(SET / "queries.jsonl").values())
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        if chosen.bare:
            serving = bare_server(log)
        else:
            serving = server(shutil.copytree(chosen.index, Path(folder) / "index"), log)
        with serving as (port, process):
            memory = asyncio.run(held(port, process, questions))
    slope, once = statistics.linear_regression(list(memory), list(memory.values()))
    report = {
        "mb_by_sessions": {count: round(mb, 1) for count, mb in memory.items()},
        "mb_a_session": round(slope, 2),
        "mb_without": round(once),
        "arenas": os.environ.get("MALLOC_ARENA_MAX", "default"),
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
