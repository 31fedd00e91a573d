"""What reading again costs where nothing changed: `python benchmarks/unchanged.py [DIR]`.

DIR holds a corpus in the BEIR layout (without one: ../shared/data/medline), whose first records
are written as Markdown files. They are ingested three times, by the command as a user would run it;
the first run makes the index, and exports the model. A third run is under an audit hook of
Python's, which counts each of the files that it opens and each process that it starts.
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
PLAIN = """
import sys, typer
from ingest.command import ingest_command
folder = sys.argv[1]
sys.argv = ["ingest", folder, "--index", sys.argv[2], "--json"]
typer.run(ingest_command)
"""
# Says at its end, on the last line of stdout, what the command opened.
COUNTING = f"""
import atexit, json, sys
folder, opened, started = sys.argv[1], [], []
def hook(event, arguments):
    if event == "open" and str(arguments[0]).startswith(folder):
        opened.append(str(arguments[0]))
    if event in ("subprocess.Popen", "os.fork", "os.posix_spawn"):
        started.append(event)
sys.addaudithook(hook)
atexit.register(lambda: print(json.dumps({{"opened": len(opened), "started": len(started)}})))
{PLAIN}"""


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
        first = run(sources, index)
        again = run(sources, index)
        counted = run(sources, index, COUNTING).lines[1]
    for one, what in ((first, "first run"), (again, "again")):
        report = one.lines[0]
        print(
            f"{what}: {one.cpu_s:.2f} CPU s; {report['added']} added, "
            f"{report['unchanged']} unchanged, {report['embedded']} passages embedded"
        )
    print(f"ratio: {again.cpu_s / first.cpu_s:.4f}")
    print(f"a third time: {counted['opened']} files opened, {counted['started']} processes started")


def run(sources: Path, index: Path, code: str = PLAIN) -> Run:
    """Run `citewell ingest` on a folder.

    Args:
        sources: the folder.
        index: folder of the index.
        code: PLAIN, or COUNTING for a second line that says what was opened.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(  # noqa: S603  (our own interpreter and code)
        [sys.executable, "-c", code, str(sources), str(index)],
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
