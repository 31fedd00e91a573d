"""What reading again costs where nothing changed: `python benchmarks/unchanged.py [DIR]`.

DIR holds a corpus in the BEIR layout (without one: ../shared/data/medline), whose first records
are written as Markdown files. They are ingested twice, by the command as a user would run it;
the first run makes the index, and exports the model. The second runs under an audit hook of
Python's, which counts each file that it opens and each process that it starts.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from ingest_cost import MEDLINE, ROOT, write_sources

# What the file system says of a file is relied on when it is older than this.
SETTLED_SECONDS = 3
# Counts in a process what the command opens; told at its end, on the last line of stdout.
COUNTING = """
import atexit, json, sys, typer
folder, opened, started = sys.argv[1], [], []
def hook(event, arguments):
    if event == "open" and str(arguments[0]).startswith(folder):
        opened.append(str(arguments[0]))
    if event in ("subprocess.Popen", "os.fork", "os.posix_spawn"):
        started.append(event)
sys.addaudithook(hook)
atexit.register(lambda: print(json.dumps({"opened": len(opened), "started": len(started)})))
from ingest.command import ingest_command
sys.argv = ["ingest", folder, "--index", sys.argv[2], "--json"]
typer.run(ingest_command)
"""


@dataclass(frozen=True)
class Run:
    """CPU seconds of a run of the command, its processes included, and what it printed."""

    cpu_s: float
    lines: list[dict[str, int]]


def main() -> None:
    """Print CPU seconds of both runs, their ratio, and what the second one touched."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, nargs="?", default=MEDLINE, metavar="DIR")
    parser.add_argument("--files", type=int, default=1000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        sources, index = Path(name) / "sources", Path(name) / "index"
        write_sources(arguments.corpus / "corpus.jsonl", sources, arguments.files)
        time.sleep(SETTLED_SECONDS)
        first = run_counting(sources, index)
        again = run_counting(sources, index)
    for run, what in ((first, "first run"), (again, "again")):
        report, counted = run.lines
        print(
            f"{what}: {run.cpu_s:.2f} CPU s; {report['added']} added, "
            f"{report['unchanged']} unchanged, {report['embedded']} passages embedded; "
            f"{counted['opened']} of the files opened by the command itself, "
            f"{counted['started']} processes started"
        )
    print(f"ratio: {again.cpu_s / first.cpu_s:.4f}")


def run_counting(sources: Path, index: Path) -> Run:
    """Run `citewell ingest` on a folder, and count what it opens."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(  # noqa: S603  (our own interpreter and code)
        [sys.executable, "-c", COUNTING, str(sources), str(index)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=False,
        cwd=ROOT,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(cpu_s, [json.loads(line) for line in done.stdout.decode().splitlines()])


if __name__ == "__main__":
    main()
