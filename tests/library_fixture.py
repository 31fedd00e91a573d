"""The starter corpus, read once a session by the command that a user types."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"


@dataclass(frozen=True)
class StarterLibrary:
    """The folder of its index, and what `citewell ingest --json` printed."""

    folder: Path
    report: dict[str, object]


def environment(index: Path | None = None) -> dict[str, str]:
    """Variables of a command that is to use an index, and no other one."""
    kept = {name: value for name, value in os.environ.items() if name != "CITEWELL_INDEX"}
    return {**kept, "CITEWELL_INDEX": str(index)} if index else kept


def run_citewell(
    *arguments: str, index: Path | None = None, folder: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    """Run the command as a user would, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "search_app.cli", *arguments],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        cwd=folder,
        env={**environment(index), "PYTHONPATH": str(ROOT), "COLUMNS": "200"},
    )


@pytest.fixture(scope="session")
def starter(tmp_path_factory: pytest.TempPathFactory) -> StarterLibrary:
    """An index of the whole starter corpus, made with the real model; do not change it."""
    folder = tmp_path_factory.mktemp("starter")
    done = run_citewell("ingest", str(CORPUS), "--json", index=folder)
    assert done.returncode == 0, done.stderr
    return StarterLibrary(folder, json.loads(done.stdout))
