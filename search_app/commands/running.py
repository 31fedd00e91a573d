"""What every command does alike: opens the index, tells people, ends with a code.

JSON goes to stdout, everything else to stderr.
"""

import json
from collections.abc import Generator
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from index.errors import (
    AccessError,
    CitewellError,
    CollectionError,
    JudgedSetError,
    PackageMissingError,
    QuestionError,
)

if TYPE_CHECKING:
    from index.search import Index

QuestionArgument = Annotated[str, typer.Argument(help="What you want to know.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]

_USAGE, _NO_INDEX = 2, 3
_USAGE_ERRORS = (AccessError, CollectionError, QuestionError, JudgedSetError)

messages = Console(stderr=True, highlight=False, soft_wrap=True)


@contextmanager
def opened_index(folder: Path) -> Generator["Index"]:
    """The index in a folder; an error that a user can cause ends the command with its text."""
    from index.search import open_index  # noqa: PLC0415

    with ended_by_errors(), closing(open_index(folder)) as opened:
        yield opened


@contextmanager
def ended_by_errors() -> Generator[None]:
    """An error that a user can cause is told, and ends the command with its code."""
    try:
        yield
    except CitewellError as error:
        tell(str(error))
        is_usage = isinstance(error, _USAGE_ERRORS)
        raise typer.Exit(_USAGE if is_usage else _NO_INDEX) from error


def check_installed(*packages: str) -> None:
    """Refuse to go on without packages that only some installations have.

    Raises:
        PackageMissingError: one is not there.
    """
    missing = [package for package in packages if find_spec(package) is None]
    if missing:
        raise PackageMissingError(
            f"This command needs {', '.join(missing)}. Install what is missing with: "
            "pip install 'citewell[ingest]'"
        )


def tell(*notices: str) -> None:
    """Print notices for people."""
    for notice in notices:
        messages.print(escape(notice), style="yellow")


def print_json(report: dict[str, object]) -> None:
    """Print a report for scripts."""
    print(json.dumps(report, ensure_ascii=False, indent=2))  # noqa: T201
