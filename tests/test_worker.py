"""Workers: they live long, and whatever happens in one costs one call."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.errors import ReaderError, SourceError
from index.process_limits import Limits
from ingest.worker import Worker

TESTS = Path(__file__).parent
PARENT = """
import sys
from index.process_limits import Limits
from ingest.worker import Worker
worker = Worker("isolated_targets:make_worker_function", Limits())
print(worker.call(("process_id", {})).decode(), flush=True)
worker.call(("sleep", {}))
"""


@contextmanager
def started(limits: Limits | None = None) -> Iterator[Worker]:
    """A worker that calls functions of isolated_targets.py."""
    worker = Worker("isolated_targets:make_worker_function", limits or Limits())
    try:
        yield worker
    finally:
        worker.close()


def test_one_process_answers_many_calls() -> None:
    """Each in turn; a refusal keeps its words, and ends nothing."""
    with started() as worker:
        first = worker.call(("process_id", {}))
        assert worker.call(("greet", {"name": "Žofia"})) == "Hello Žofia".encode()
        assert worker.call(("chat", {})) == b"the answer"
        with pytest.raises(SourceError, match=r"^it is a poem$"):
            worker.call(("refuse", {}))
        with pytest.raises(SourceError, match="unexpected AssertionError: internal"):
            worker.call(("fail", {}))
        assert worker.call(("process_id", {})) == first


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        ("abort", "crashed"),
        ("allocate", "more than 1024 MB of memory"),
        ("loop", "more than 1 seconds of processor"),
        ("sleep", "longer than 5 seconds"),
        ("answer_too_long", "more text than a document can have"),
    ],
)
def test_what_ends_one_call_does_not_end_the_next(function: str, reason: str) -> None:
    """Each limit is named."""
    # Where the clock is not what ends it, other work may go on beside.
    wall_seconds = 5 if function == "sleep" else 120
    limits = Limits(cpu_seconds=1, wall_seconds=wall_seconds, output_bytes=1000)
    with started(limits) as worker:
        worker.start()
        with pytest.raises(SourceError, match=reason):
            worker.call((function, {}))
        if function != "sleep":
            assert worker.call(("greet", {"name": "you"})) == b"Hello you"


def test_the_limit_of_time_is_for_each_call() -> None:
    """Four calls of .7 seconds, of 1 allowed."""
    with started(Limits(cpu_seconds=1)) as worker:
        first = worker.call(("process_id", {}))
        assert [worker.call(("work", {"seconds": 0.7})) for _ in range(4)] == [b"done"] * 4
        assert worker.call(("process_id", {})) == first


def test_a_crash_that_an_earlier_call_caused_is_tried_again() -> None:
    """In a new process."""
    with started() as worker:
        assert worker.call(("crash_the_second_time", {})) == b"done"
        assert worker.call(("crash_the_second_time", {})) == b"done"


def test_a_child_of_a_worker_has_limits_of_its_own() -> None:
    """And none above the worker's; its crash does not end the worker."""
    with started(Limits(cpu_seconds=1)) as worker:
        first = worker.call(("process_id", {}))
        assert worker.call(("nested", {"function": "process_id"})) != first
        for function, reason in (("abort", "crashed"), ("loop", "1 seconds of processor")):
            with pytest.raises(SourceError, match=reason):
                worker.call(("nested", {"function": function}))
        assert worker.call(("process_id", {})) == first


def test_a_worker_has_no_network() -> None:
    """Not even to this machine."""
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        started() as worker,
        pytest.raises(SourceError, match="network"),
    ):
        worker.call(("connect", {"port": server.getsockname()[1]}))


def test_a_worker_ends_with_its_parent() -> None:
    """Though its parent was killed and it was busy."""
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent)])},
    )
    assert parent.stdout
    worker = int(parent.stdout.readline())
    os.kill(parent.pid, signal.SIGKILL)
    parent.communicate()
    deadline = time.monotonic() + 60
    while _is_running(worker) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _is_running(worker)


def _is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.parametrize("target", ["isolated_targets:nothing", "isolated_targets:end_at_once"])
def test_a_worker_that_cannot_start_blames_no_source(target: str) -> None:
    """As where the folder for temporary files is full: all sources would fail alike."""
    worker = Worker(target, Limits())
    for _ in range(2):
        with pytest.raises(ReaderError, match=r"cannot be started .*TMPDIR"):
            worker.call(("greet", {"name": "Ada"}))
    worker.close()
