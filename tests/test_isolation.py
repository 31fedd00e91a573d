"""Isolation: whatever a child process does, its parent gets an answer or a reason."""

from pathlib import Path

import pytest

from index.errors import SourceError
from index.isolation import Limits, run_isolated


def call(function: str, limits: Limits | None = None, **request: object) -> bytes:
    """Call a function of isolated_targets.py in a child process."""
    return run_isolated(f"isolated_targets:{function}", request, limits)


def test_the_answer_comes_back() -> None:
    """Arguments go in, bytes come out."""
    assert call("greet", name="Žofia") == "Hello Žofia".encode()


def test_what_a_library_prints_is_not_in_the_answer() -> None:
    """Neither by print nor by a write to the output itself."""
    assert call("chat") == b"the answer"


def test_a_refusal_keeps_its_words() -> None:
    """The reason is the target's own."""
    with pytest.raises(SourceError, match=r"^it is a poem$"):
        call("refuse")


def test_a_loop_is_stopped_after_its_processor_time() -> None:
    """And the message says so."""
    with pytest.raises(SourceError, match="more than 1 seconds of processor"):
        call("loop", Limits(cpu_seconds=1))


def test_a_sleeper_is_stopped_by_the_clock() -> None:
    """Though it costs no processor time."""
    with pytest.raises(SourceError, match="longer than 1 seconds"):
        call("sleep", Limits(wall_seconds=1))


def test_too_much_memory_is_a_reason() -> None:
    """3 GB of the 1 GB allowed."""
    with pytest.raises(SourceError, match="more than 1024 MB of memory"):
        call("allocate")


@pytest.mark.parametrize("function", ["abort", "fail"])
def test_a_crash_is_a_reason(function: str) -> None:
    """Of the process or of Python in it."""
    with pytest.raises(SourceError, match="crashed"):
        call(function)


def test_endless_complaints_fill_nothing() -> None:
    """The error output is not kept."""
    with pytest.raises(SourceError, match=r"processor|longer"):
        call("complain", Limits(cpu_seconds=1, wall_seconds=4))


def test_an_answer_that_is_too_long_is_refused() -> None:
    """1,001 bytes of 1,000."""
    with pytest.raises(SourceError, match="more text than"):
        call("answer_too_long", Limits(output_bytes=1000))


def test_a_child_writes_no_large_files(tmp_path: Path) -> None:
    """The same limit holds for files."""
    with pytest.raises(SourceError):
        call("write_file", Limits(output_bytes=1000), path=str(tmp_path / "file"))
    assert (tmp_path / "file").stat().st_size <= 1001
