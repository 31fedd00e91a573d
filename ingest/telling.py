"""What the commands that read sources say: progress and report for people, JSON for scripts."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from index.file_names import visible

if TYPE_CHECKING:
    from ingest.report import IngestReport

# In a log there is no bar: a line for each tenth of the way.
_LINES_IN_A_LOG = 10

messages = Console(stderr=True)


def say(text: str, style: str = "") -> None:
    """Print a line for people, on stderr.

    Args:
        text: any text; it is shown as it is, and cannot change the terminal.
        style: of rich.
    """
    messages.print(escape(visible(text)), style=style, soft_wrap=True, highlight=False)


def say_named(name: str, text: str, style: str) -> None:
    """Print a line that begins with what it is about, in a style."""
    styled, plain = f"[{style}]{escape(name)}:[/]", escape(visible(text))
    messages.print(f"{styled} {plain}", soft_wrap=True, highlight=False)


@contextmanager
def show_progress(doing: str, done_with: str) -> Generator[Callable[[str, int, int], None]]:
    """A bar at a terminal, a line for each tenth of the way in a log; both on stderr.

    Args:
        doing: what stands before the bar.
        done_with: what has been done with those that the lines count.
    """
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (
        TextColumn(doing),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        # A file's name is no markup.
        TextColumn("{task.description}", markup=False),
    )
    with Progress(
        *columns, console=messages, transient=True, disable=not messages.is_terminal
    ) as bar:
        task = bar.add_task("")
        told = -1

        def show(source: str, done: int, total: int) -> None:
            nonlocal told
            bar.update(task, description=visible(Path(source).name), completed=done, total=total)
            is_tenth = done % max(1, total // _LINES_IN_A_LOG) == 0
            # One that takes long is told of again and again.
            if not messages.is_terminal and is_tenth and done != told:
                messages.print(f"{done} of {total} {done_with}", highlight=False)
                told = done

        yield show


def print_report(report: "IngestReport", took: float) -> None:
    """Say what became of the sources, on stderr.

    Args:
        report: of the ingest.
        took: seconds.
    """
    for source, reason in report.failed:
        say_named("Not read", f"{source}: {reason}", "red")
    for source, same in report.duplicates:
        say_named(
            "Same content",
            f"{source} equals {same}; it is indexed once. Delete one of the two files, or leave "
            "it: nothing is lost.",
            "yellow",
        )
    for notice in report.notices:
        say(notice, "yellow")
    messages.print(
        f"{len(report.added)} added, {len(report.updated)} updated, "
        f"{len(report.removed)} removed, {len(report.unchanged)} unchanged, "
        f"{len(report.failed)} failed. The index holds {report.documents} documents in "
        f"{report.passages} passages. {took:.1f} s.",
        soft_wrap=True,
    )


def report_json(report: "IngestReport", took: float) -> dict[str, object]:
    """The report as scripts have it.

    Args:
        report: of the ingest.
        took: seconds.
    """
    return {
        "added": len(report.added),
        "updated": len(report.updated),
        "removed": len(report.removed),
        "unchanged": len(report.unchanged),
        "failed": [{"source": source, "reason": reason} for source, reason in report.failed],
        "duplicates": [{"source": source, "same_as": same} for source, same in report.duplicates],
        "documents": report.documents,
        "passages": report.passages,
        "embedded": report.embedded,
        "notices": list(report.notices),
        "took_s": round(took, 3),
    }
