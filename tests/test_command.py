"""`python -m ingest`, as people and scripts run it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support import DATA, LIBRARY, FakeEmbedder, write_text

from ingest.pipeline import ingest

ROOT = Path(__file__).parents[1]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command."""
    return subprocess.run(
        [sys.executable, "-m", "ingest", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "200", **environment},
        check=False,
    )


def test_done_is_0_and_json_is_all_that_is_printed(tmp_path: Path) -> None:
    """What people read goes to the error output; a second run embeds nothing."""
    index = tmp_path / "index"
    first = run(str(LIBRARY), "--index", str(index), "--json")
    assert first.returncode == 0, first.stderr
    report = json.loads(first.stdout)
    counts = ("added", "updated", "removed", "unchanged", "documents")
    assert [report[name] for name in counts] == [5, 0, 0, 0, 5]
    assert (report["failed"], report["embedded"]) == ([], report["passages"])
    assert "5 added" in first.stderr
    second = run(str(LIBRARY), "--json", CITEWELL_INDEX=str(index))
    assert (second.returncode, json.loads(second.stdout)["unchanged"]) == (0, 5)
    assert json.loads(second.stdout)["embedded"] == 0


def test_some_failed_is_1_and_each_is_named_with_its_reason(tmp_path: Path) -> None:
    """The others are indexed."""
    write_text(tmp_path, "good.txt", "Title", "Text.")
    (tmp_path / "locked.pdf").write_bytes((DATA / "locked.pdf").read_bytes())
    done = run(str(tmp_path), "caf\udce9.txt", "--index", str(tmp_path / ".index"), "--json")
    assert done.returncode == 1, done.stderr
    report = json.loads(done.stdout)
    assert (report["added"], len(report["failed"])) == (1, 2)
    (locked,) = (one for one in report["failed"] if one["source"].endswith("locked.pdf"))
    assert "password" in locked["reason"]
    assert "locked.pdf" in done.stderr
    assert "password" in done.stderr


def test_wrong_usage_is_2() -> None:
    """Without a traceback."""
    done = run("--no-such-option")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("problem", ["model", "database"])
def test_no_usable_index_or_model_is_3(tmp_path: Path, fake: FakeEmbedder, problem: str) -> None:
    """With one sentence that says what to do, and no traceback."""
    index = tmp_path / "index"
    write_text(tmp_path, "a.txt", "Title", "Text.")
    arguments = [str(tmp_path / "a.txt"), "--index", str(index), "--json"]
    if problem == "model":
        ingest([str(tmp_path / "a.txt")], index, fake)
        arguments += ["--model", str(tmp_path)]
    else:
        index.mkdir()
        (index / "citewell.db").write_text("no database")
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (3, "")
    assert "Traceback" not in done.stderr
    assert "index" in done.stderr or "model" in done.stderr


def test_help_names_every_option_and_an_example() -> None:
    """On the output, where a pager can read it."""
    done = run("--help")
    assert done.returncode == 0
    for word in ("--index", "--model", "--json", "SOURCE", "citewell ingest papers/"):
        assert word in done.stdout
