"""How soon an answer is on the page: `python benchmarks/page_latency.py [--index DIR] [--runs N]`.

Starts the server as a user does, opens the ask page in a real Chromium, and types questions of the
starter set. The clock runs in the page: from the key Enter to the first frame that shows all
passages of that question. The processor time is that of the server's process. The first
questions only warm things up. Then others are asked for the first time ("new"), and the same
ones again ("again", what their passages had computed for them is kept). Without --index the
starter corpus is read into a temporary one.
"""

import argparse
import contextlib
import json
import os
import signal
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from index.runtimes import embedder_to_write
from ingest.pipeline import ingest
from search_app.serving import server_command

ROOT = Path(__file__).resolve().parents[1]
QUESTIONS = ROOT / "benchmarks" / "starter_corpus" / "queries.jsonl"
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
TICKS = os.sysconf("SC_CLK_TCK")
WARM, ASKED = 5, 20
# A frame counts once every passage leads to its source with the new question in the address.
# The heading says how many there are, so that a list drawn in parts is not taken for whole.
DRAWN = """question => new Promise((resolve, reject) => {
    const wanted = new URLSearchParams({q: question}).toString();
    const late = performance.now() + 30000;
    const look = () => {
        const links = [...document.querySelectorAll('.cw-passage .cw-open a')];
        const promised = document.querySelector('.cw-results')?.textContent.match(/\\d+/);
        const isDrawn = promised && links.length === Number(promised[0])
            && links.every(link => link.href.includes(wanted));
        if (isDrawn) resolve(performance.now() - window.citewellAsked);
        else if (performance.now() > late) reject(new Error('not drawn: ' + question));
        else requestAnimationFrame(look);
    };
    look();
})"""
NOTE_ENTER = """() => window.addEventListener('keydown', event => {
    if (event.key === 'Enter') window.citewellAsked = performance.now();
}, true)"""


@dataclass(frozen=True)
class Timing:
    """What one question took, in milliseconds: on the clock, and of the server's processor."""

    drawn: float
    server_cpu: float


def main() -> None:
    """Print the median and the slowest of the questions, new and asked again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, help="an index of the starter corpus")
    parser.add_argument("--runs", type=int, default=1, help="how often, each with a new server")
    arguments = parser.parse_args()
    lines = QUESTIONS.read_text("utf-8").splitlines()
    questions = [json.loads(line)["text"] for line in lines][: WARM + ASKED]
    with tempfile.TemporaryDirectory() as name:
        index = arguments.index or Path(name)
        if not arguments.index:
            ingest([str(ROOT / "corpus")], index, embedder_to_write(index))
        print("| questions | drawn, median ms | slowest | server CPU, median ms |")
        print("|---|---|---|---|")
        for _ in range(arguments.runs):
            measure(index, questions)


def measure(index: Path, questions: Sequence[str]) -> None:
    """Ask a new server in a new browser, and print a row for new questions and one for old."""
    with served(index) as (host, process), sync_playwright() as playwright:
        system = CHROMIUM if CHROMIUM.exists() else None
        browser = playwright.chromium.launch(executable_path=system, args=FLAGS)
        page = browser.new_page()
        page.goto(f"http://{host}/")
        page.get_by_label("Question").wait_for(timeout=60_000)
        page.evaluate(NOTE_ENTER)
        for question in questions[:WARM]:
            ask(page, process, question)
        for name in ("new", "again"):
            timings = [ask(page, process, question) for question in questions[WARM:]]
            drawn = [timing.drawn for timing in timings]
            cpu = statistics.median(timing.server_cpu for timing in timings)
            print(
                f"| {name} | {statistics.median(drawn):.0f} | {max(drawn):.0f} | {cpu:.0f} |",
                flush=True,
            )
        browser.close()


def ask(page: Page, process: int, question: str) -> Timing:
    """Type a question and wait until it is drawn."""
    box = page.get_by_label("Question")
    box.fill(question)
    before = cpu_ms(process)
    box.press("Enter")
    drawn = page.evaluate(DRAWN, question)
    # What is still done after the passages are on the page counts too, and is not the next one's.
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    return Timing(drawn, cpu_ms(process) - before)


def cpu_ms(process: int) -> float:
    """Processor time of a process so far, in milliseconds."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return 1000 * (int(fields[11]) + int(fields[12])) / TICKS


@contextlib.contextmanager
def served(index: Path) -> Generator[tuple[str, int]]:
    """Host and process of a server of an index."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(  # noqa: S603  (our own command)
        server_command("127.0.0.1", port),
        env={**os.environ, "CITEWELL_INDEX": str(index)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"127.0.0.1:{port}", server.pid
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def wait_for(address: str) -> None:
    """Wait until a server answers."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with contextlib.suppress(urllib.error.URLError, TimeoutError):
            urllib.request.urlopen(address, timeout=5)  # noqa: S310  (our own server)
            return
        time.sleep(0.1)
    raise SystemExit(f"{address} does not answer")


if __name__ == "__main__":
    main()
