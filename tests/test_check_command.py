"""The command `citewell check`: what it reads, and what it prints."""

import json
import subprocess
import sys
from pathlib import Path

from jsonschema import Draft202012Validator
from library_fixture import ROOT, run_citewell

SCHEMA = json.loads((ROOT / "docs" / "schemas" / "check.schema.json").read_text("utf-8"))
TEXT = "Stress\n- Acute stress raises interleukin-6 in the blood\n- Is it so?\n"


def test_file_is_checked_and_printed_for_people(tmp_path: Path, built_folder: Path) -> None:
    """Each claim, its sentences, and what was left out."""
    file = tmp_path / "slide.txt"
    file.write_text(TEXT, "utf-8")
    done = run_citewell("check", str(file), index=built_folder)
    assert done.returncode == 0, done.stderr
    assert "1. Acute stress raises interleukin-6 in the blood" in done.stdout
    assert "Left out (a question; ask it on the page Ask): Is it so?" in done.stdout
    assert "read the sentence in its source" in done.stdout


def test_standard_input_is_checked_and_printed_by_the_schema(built_folder: Path) -> None:
    """Bytes that are no text do no harm."""
    command = [sys.executable, "-m", "search_app.cli", "check", "-", "--json"]
    done = subprocess.run(
        [*command, "--index", str(built_folder)],
        input=TEXT.encode() + b"\n\xff\xfe",
        capture_output=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert [e.message for e in Draft202012Validator(SCHEMA).iter_errors(report)] == []
    (claim,) = report["claims"]
    assert claim["claim"] == "Acute stress raises interleukin-6 in the blood"
    assert claim["found"]


def test_text_without_a_claim_is_wrong_usage(tmp_path: Path, built_folder: Path) -> None:
    """As is a file that is not there."""
    file = tmp_path / "empty.txt"
    file.write_text("\n", "utf-8")
    done = run_citewell("check", str(file), index=built_folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no claim to look up" in done.stderr
    assert run_citewell("check", str(tmp_path / "none.txt"), index=built_folder).returncode == 2
