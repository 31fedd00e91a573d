"""The command line: exit codes, what goes to stdout and what to stderr, help."""

import subprocess
import sys
from pathlib import Path

import pytest
import typer
from library_fixture import ROOT, run_citewell

from index.errors import PackageMissingError
from search_app.cli import app
from search_app.commands.running import check_installed

LOADED_BY_HELP = ("streamlit", "torch", "faiss", "sentence_transformers", "tantivy", "numpy")


def commands() -> list[tuple[str, typer.core.TyperCommand]]:
    """Name and object of each command."""
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    return [
        (name, command)
        for name, command in group.commands.items()
        if isinstance(command, typer.core.TyperCommand)
    ]


def test_bytes_that_are_no_text_are_a_question_like_any_other(built_folder: Path) -> None:
    """A shell passes on what it is given."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "search_app.cli",
            "search",
            b"sleep \xff\xfe",
            "--json",
            "--index",
            str(built_folder),
        ],
        capture_output=True,
        check=False,
        cwd=ROOT,
    )
    assert b"Traceback" not in done.stderr
    assert (done.returncode, done.stdout[:1]) in {(0, b"{"), (2, b"")}


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("", "The question is empty."),
        (" \n\t ", "The question is empty."),
        ("stress " * 14_285 + "extra", "The question has 100,000 characters; at most 2,000"),
    ],
)
@pytest.mark.parametrize("command", ["ask", "search"])
def test_question_that_cannot_be_searched_is_wrong_usage(
    built_folder: Path, command: str, question: str, message: str
) -> None:
    """Exit code 2, nothing on stdout."""
    done = run_citewell(command, question, "--json", index=built_folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


@pytest.mark.parametrize("command", [("ask", "sleep?"), ("search", "sleep?"), ("status",)])
def test_without_an_index_the_message_says_how_to_make_one(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    """Exit code 3, nothing on stdout."""
    done = run_citewell(*command, "--json", "--index", str(tmp_path / "none"))
    assert (done.returncode, done.stdout) == (3, "")
    assert f"Make one with: citewell ingest FOLDER --index {tmp_path / 'none'}" in done.stderr
    assert "Traceback" not in done.stderr


def test_damaged_index_is_named(tmp_path: Path) -> None:
    """Exit code 3, and the way out."""
    (tmp_path / "citewell.db").write_bytes(b"noise" * 1000)
    done = run_citewell("ask", "sleep?", "--json", index=tmp_path)
    assert (done.returncode, done.stdout) == (3, "")
    assert "is not a Citewell index or is damaged" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("status", "--index", str(Path(__file__))),
        ("search", "sleep?", "--limit", "0"),
        ("search", "sleep?", "--limit", "101"),
        ("search",),
        ("ask", "one", "two"),
        ("serve", "--port", "70000"),
        ("nonsense",),
    ],
)
def test_wrong_usage_ends_with_two(arguments: tuple[str, ...]) -> None:
    """An index folder that is a file, limits, missing and unknown words."""
    done = run_citewell(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Usage:" in done.stderr


def test_ingest_with_a_broken_source_ends_with_one(tmp_path: Path) -> None:
    """The others are in the index, and status names the broken one."""
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "sleep.txt").write_text("Sleep\n\nSleep helps immune cells.\n", "utf-8")
    (sources / "[red]broken[bold].pdf").write_bytes(b"%PDF-1.7 broken")
    done = run_citewell("ingest", str(sources), index=tmp_path / "index")
    assert (done.returncode, done.stdout) == (1, "")
    assert "[red]broken[bold].pdf" in done.stderr
    status = run_citewell("status", index=tmp_path / "index")
    assert status.returncode == 0
    assert "1 document" in status.stdout
    assert "[red]broken[bold].pdf" in status.stdout


def test_help_loads_neither_models_nor_pages_nor_vectors() -> None:
    """It is printed at once."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "search_app.cli", "--help"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "typer" in loaded
    assert loaded.isdisjoint(LOADED_BY_HELP)


@pytest.mark.parametrize(("name", "command"), commands())
def test_every_command_and_option_has_help(name: str, command: typer.core.TyperCommand) -> None:
    """And every command an example."""
    assert command.help, name
    assert f"citewell {name}" in command.help
    for parameter in command.params:
        if isinstance(parameter, (typer.core.TyperArgument, typer.core.TyperOption)):
            assert parameter.help, f"{name} {parameter.name}"


def test_missing_package_is_named() -> None:
    """With what to install."""
    check_installed("typer", "json")
    with pytest.raises(PackageMissingError, match=r"needs no_such_thing\. .*citewell\[ingest\]"):
        check_installed("typer", "no_such_thing")


def test_commands_are_those_of_the_documentation() -> None:
    """One more or less is a change that people and scripts must be told of."""
    names = {name for name, _ in commands()}
    assert names == {
        "ask",
        "check",
        "evaluate",
        "export",
        "ingest",
        "search",
        "serve",
        "status",
        "verify",
    }
