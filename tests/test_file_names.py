"""Files under names that are long, no text, or made to fool a terminal."""

import os
from pathlib import Path

from support import FakeEmbedder, names, write_text
from test_command import run

from index.file_names import path_of, storable, visible
from ingest.pipeline import ingest
from ingest.verifying import verify


def test_the_longest_name_ends_no_run(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """No sidecar can lie beside it: its name would be longer than any can be."""
    longest = "n" * 251 + ".txt"
    write_text(sources, longest, "Title", "Words.")
    write_text(sources, "z.txt", "Title", "More words.")
    assert names(ingest([str(sources)], index_folder, fake).added) == [longest, "z.txt"]
    assert [one.found for one in verify(index_folder)] == [1, 1]


def test_a_name_that_is_no_text_leads_back_to_its_file(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """So that what was read can be verified; a name that only looks so is left as it is."""
    path = Path(os.fsdecode(os.fsencode(sources) + b"/caf\xe9.txt"))
    path.write_text("Title\n\nWords.\n")
    assert path_of(storable(str(path))) == path
    spelled = write_text(sources, "caf\\udce8.txt", "Title", "More words.")
    assert path_of(str(spelled)) == spelled
    ingest([str(sources)], index_folder, fake)
    assert [one.source for one in verify(index_folder)] == ["same", "same"]
    again = ingest([str(sources)], index_folder, fake)
    assert (len(again.unchanged), again.removed) == (2, ())


def test_a_name_cannot_change_the_terminal(tmp_path: Path) -> None:
    """What is no letter in it is spelled out, in what the command prints too."""
    assert visible("Müller [2024] 免疫.pdf") == "Müller [2024] 免疫.pdf"
    assert visible("a\x1b[31m\n\u202eb") == "a\\x1b[31m\\n\\u202eb"
    (tmp_path / "a\x1b[2J\nb [red].xls").write_text("text")
    failed = run(str(tmp_path), "--index", str(tmp_path / "index"))
    assert "a\\x1b[2J\\nb [red].xls: files of the kind .xls" in failed.stderr
    assert "\x1b[2J" not in failed.stderr


def test_what_systems_leave_in_folders_is_no_source(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """Nobody put it there to be read."""
    for name in ("Thumbs.db", "desktop.ini", "~$article.docx", ".DS_Store"):
        (sources / name).write_bytes(b"\0")
    write_text(sources, "a.txt", "Title", "Words.")
    report = ingest([str(sources)], index_folder, fake)
    assert (names(report.added), report.failed) == (["a.txt"], ())
