"""What an ingest costs beyond embedding: `python benchmarks/ingest_cost.py [DIR] [--limit N]`.

DIR holds a corpus in the BEIR layout (without one: ../shared/data/medline), each record of
which is written as a Markdown file; or sources of any kind. They are ingested by the command
line as a user would, and the bare encoder then embeds the same passages, with the title and
heading that the model is given with each. Both run twice; the lower figure counts.
The model is exported beforehand: a library pays for that once, not for each passage.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from index.context import text_to_embed
from index.embedder import Embedder
from index.runtimes import embedder_to_write
from index.search import open_index
from index.writer import open_writer
from ingest.judged_set import read_jsonl
from ingest.splitting import PASSAGE_TOKENS

ROOT = Path(__file__).resolve().parents[1]
MEDLINE = ROOT.parent / "shared" / "data" / "medline"


def main() -> None:
    """Print CPU seconds a passage of the bare encoder and of the ingest, and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, nargs="?", default=MEDLINE, metavar="DIR")
    parser.add_argument("--limit", type=int, default=None, help="only the first N records")
    parser.add_argument("--runs", type=int, default=2, help="how often both are run")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = arguments.corpus
        if (sources / "corpus.jsonl").exists():
            sources = folder / "sources"
            write_sources(arguments.corpus / "corpus.jsonl", sources, arguments.limit)
        ingests, encoders = [], []
        for run in range(arguments.runs):
            index = folder / f"index-{run}"
            embedder = embedder_to_write(folder / "index-0")
            with open_writer(index, embedder, PASSAGE_TOKENS):
                pass
            ingests.append(_ingest(sources, index))
            texts = _passages(index)
            encoders.append(_encode(embedder, texts))
    bare, whole = min(encoders) / len(texts), min(ingests) / len(texts)
    print(f"{len(texts)} passages; CPU ms a passage, of which the lowest counts")
    print(f"bare encoder: {_milliseconds(encoders, len(texts))}")
    print(f"whole ingest: {_milliseconds(ingests, len(texts))}")
    print(f"ratio: {whole / bare:.3f}")


def write_sources(corpus: Path, folder: Path, limit: int | None) -> None:
    """Write the records of a corpus as Markdown files, the first so many."""
    folder.mkdir()
    for number, (_place, record) in enumerate(read_jsonl(corpus)):
        if number == limit:
            break
        text = f"# {record.get('title') or record['_id']}\n\n{record['text']}\n"
        (folder / f"{number:06}.md").write_text(text, "utf-8")


def _ingest(sources: Path, index: Path) -> float:
    """CPU seconds of the command, with all the processes that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(  # noqa: S603  (our own interpreter and module)
        [sys.executable, "-m", "ingest", str(sources), "--index", str(index), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=False,
        cwd=ROOT,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    report = json.loads(done.stdout)
    print(f"{report['added']} added, {len(report['failed'])} failed, {report['took_s']:.0f} s")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _passages(folder: Path) -> list[str]:
    index = open_index(folder)
    keys = index.database.passage_keys(index.manifest.build)
    found = index.database.passages(keys, index.manifest.build)
    index.close()
    # What the model is given: it reads title and heading with each passage.
    return [
        text_to_embed(document.title, passage.heading, passage.text)
        for passage, document in found.values()
    ]


def _encode(embedder: Embedder, texts: list[str]) -> float:
    started = time.process_time()
    embedder.embed_passages(texts)
    return time.process_time() - started


def _milliseconds(seconds: list[float], passages: int) -> str:
    return ", ".join(f"{1000 * value / passages:.2f}" for value in seconds)


if __name__ == "__main__":
    main()
