"""Files that are made to do harm: each fails by itself, with a reason, and nothing else does."""

from pathlib import Path

import pytest
from evil_files import self_calling_form, write_evil_files
from support import DATA, FakeEmbedder, names, texts, write_text

from index.errors import SourceError
from index.isolation import run_isolated
from index.process_limits import Limits
from ingest.pipeline import ingest

# Time on the clock is long: other work may go on beside.
SHORT = Limits(memory_bytes=700 << 20, cpu_seconds=2, wall_seconds=120, output_bytes=4 << 20)


def test_evil_files_harm_nobody(sources: Path, index_folder: Path, fake: FakeEmbedder) -> None:
    """All kinds at once among good ones: these are in, each of those is in the report."""
    evil = write_evil_files(sources)
    for name in ("00.txt", "m.txt", "zz.txt"):
        write_text(sources, name, "Title", f"Good words of {name}.")
    (sources / "good.pdf").write_bytes((DATA / "report.pdf").read_bytes())
    report = ingest([str(sources)], index_folder, fake, limits=SHORT)
    failed = {Path(source).name: reason for source, reason in report.failed}
    read = names(report.added)
    assert {"00.txt", "m.txt", "zz.txt", "good.pdf"} <= set(read)
    assert sorted([*failed, *read]) == sorted([*evil, "00.txt", "m.txt", "zz.txt", "good.pdf"])
    assert all(failed.values())
    assert not [reason for reason in failed.values() if "please report" in reason]
    assert "4 MB" in failed["long_line.txt"]
    assert "pipe" in failed["pipe.txt"]
    assert not [text for text in texts(index_folder) if "root:" in text]


def test_a_file_that_draws_itself_is_cut_off(tmp_path: Path) -> None:
    """PDFium alone would take 35 seconds and then end its process; the file has 700 bytes."""
    path = tmp_path / "a.pdf"
    path.write_bytes(self_calling_form())
    assert path.stat().st_size < 1000
    with pytest.raises(SourceError, match=r"more than 1 seconds of processor|crashed"):
        run_isolated(
            "ingest.readers.pdfium_text:extract_text", {"path": str(path)}, Limits(cpu_seconds=1)
        )
