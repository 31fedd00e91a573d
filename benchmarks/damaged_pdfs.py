"""Damage real PDFs and read them: `python benchmarks/damaged_pdfs.py DIR [--files N] [--seed N]`.

Each file is a PDF of DIR with one kind of damage, in turn, at random places: truncated, bytes
flipped, a block of zeros, a block missing or twice, two files in one, junk before it, numbers
that lie (lengths, page counts, object numbers), line ends changed, or another format's ending.
They are read as an ingest reads them, with the limits of the product and a fake embedder. Every
file must be in the report, as read or with a reason; none may end the run.
"""

import argparse
import contextlib
import random
import re
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from support import FakeEmbedder  # noqa: E402

from index.database import DATABASE_NAME  # noqa: E402
from ingest.pipeline import IngestReport, ingest  # noqa: E402

OTHER_ENDINGS = ("html", "docx", "txt", "md", "xml", "epub", "rtf", "odt", "pptx", "nxml", "bib")
LIES = (b"0", b"-1", b"7", b"99999", b"2147483647", b"99999999999999999999", b"1e999")
SHARE_OF_LIES = 0.1

Damage = Callable[[bytes, random.Random], bytes]


def main() -> None:
    """Print what became of the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pdfs", type=Path, metavar="DIR")
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        sources, index = Path(name) / "sources", Path(name) / "index"
        sources.mkdir()
        chance = random.Random(arguments.seed)  # noqa: S311
        written = write_damaged(arguments.pdfs, sources, arguments.files, chance)
        sys.exit(_read(written, sources, index))


def write_damaged(pdfs: Path, folder: Path, files: int, chance: random.Random) -> set[str]:
    """Write damaged copies of PDFs; returns their names."""
    originals = sorted(pdfs.glob("*.pdf"))
    kinds = list(DAMAGES)
    for number in range(files):
        kind = kinds[number % len(kinds)]
        content = chance.choice(originals).read_bytes()
        if kind == "two_files":
            content += chance.choice(originals).read_bytes()
        ending = chance.choice(OTHER_ENDINGS) if kind == "other_ending" else "pdf"
        path = folder / f"{number:04}-{kind}.{ending}"
        path.write_bytes(DAMAGES[kind](content, chance))
    return {path.name for path in folder.iterdir()}


def _read(written: set[str], sources: Path, index: Path) -> int:
    longest = {"": 0.0}
    last = [time.monotonic(), ""]

    def show(source: str, _done: int, _total: int) -> None:
        now = time.monotonic()
        longest[Path(source).name] = longest.get(Path(source).name, 0.0) + now - float(last[0])
        last[:] = [now, source]

    report = ingest([str(sources)], index, FakeEmbedder(), show)
    counted, faults = told(report), reasons_that_blame_us(report)
    vanished = written - set(counted)
    doubled = [name for name, times in counted.items() if times > 1]
    slowest = max(longest, key=lambda name: longest[name])
    print(f"{len(written)} files: {len(report.added)} read, {len(report.failed)} failed, ", end="")
    print(
        f"{len(report.duplicates)} the same as another, {len(vanished)} not in the report, ", end=""
    )
    print(f"{len(doubled)} in it twice, {len(faults)} failed by a fault of the reader")
    print(f"longest wait: {longest[slowest]:.0f} s for {slowest}")
    print(f"characters that no text may hold, in the index: {_forbidden(index)}")
    for reason, times in Counter(_kind(reason) for _, reason in report.failed).most_common():
        print(f"{times:5} {reason}")
    return int(bool(vanished or doubled or faults or _forbidden(index)))


def told(report: IngestReport) -> Counter[str]:
    """How often the report names each file."""
    failed = (source for source, _ in report.failed)
    copies = (source for source, _ in report.duplicates)
    return Counter(Path(source).name for source in (*report.added, *failed, *copies))


def reasons_that_blame_us(report: IngestReport) -> list[str]:
    """What the report says of files that failed by a fault of the reader's."""
    return [reason for _, reason in report.failed if "please report" in reason]


def _kind(reason: str) -> str:
    return re.sub(r"\d+", "N", reason.partition("(")[0])[:90]


def _forbidden(index: Path) -> int:
    with contextlib.closing(sqlite3.connect(index / DATABASE_NAME)) as connection:
        texts = connection.execute("SELECT text FROM page UNION ALL SELECT title FROM document")
        return sum(
            character < " " and character not in "\n\t" for (one,) in texts for character in one
        )


def _truncated(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(1, len(content))] if len(content) > 1 else content


def _flipped(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 10, 100, 1000))):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _block(content: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(content) + 1)
    return start, min(len(content), start + chance.choice((10, 1000, 100_000)))


def _zeroed(content: bytes, chance: random.Random) -> bytes:
    start, end = _block(content, chance)
    return content[:start] + bytes(end - start) + content[end:]


def _missing(content: bytes, chance: random.Random) -> bytes:
    start, end = _block(content, chance)
    return content[:start] + content[end:]


def _twice(content: bytes, chance: random.Random) -> bytes:
    start, end = _block(content, chance)
    return content[:end] + content[start:]


def _junk_before(content: bytes, chance: random.Random) -> bytes:
    return chance.randbytes(chance.choice((3, 900, 5000))) + content


def _lying(content: bytes, chance: random.Random) -> bytes:
    """A tenth of the numbers after names such as /Length and /Count are others."""

    def lie(found: re.Match[bytes]) -> bytes:
        return found[1] + chance.choice(LIES) if chance.random() < SHARE_OF_LIES else found[0]

    return re.sub(rb"(/[A-Z][A-Za-z]+ )\d+", lie, content)


def _one_lie(content: bytes, chance: random.Random) -> bytes:
    """How many pages there are, and where the table of objects starts."""
    content = re.sub(rb"(/Count )\d+", rb"\g<1>" + chance.choice(LIES), content)
    return re.sub(rb"(startxref\s+)\d+", rb"\g<1>" + chance.choice(LIES), content)


def _other_line_ends(content: bytes, _chance: random.Random) -> bytes:
    return content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _as_it_is(content: bytes, _chance: random.Random) -> bytes:
    return content


DAMAGES: dict[str, Damage] = {
    "truncated": _truncated,
    "flipped": _flipped,
    "zeroed": _zeroed,
    "missing": _missing,
    "twice": _twice,
    "two_files": _as_it_is,
    "junk_before": _junk_before,
    "lying": _lying,
    "one_lie": _one_lie,
    "other_line_ends": _other_line_ends,
    "other_ending": _as_it_is,
}


if __name__ == "__main__":
    main()
