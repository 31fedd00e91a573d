"""Reading sources ahead of their turn, in worker processes, beside what is done with them."""

import atexit
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYetError
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from index.process_limits import Limits, usable_cores
from ingest.reading import LIMITS, Fetch, Reading, files_only, read_source, start_reader
from ingest.sources import Source
from ingest.worker import Worker

# So many sources are read before their turn: enough to outlast the embedding of a long one.
_AHEAD = 8
# Reading takes a twentieth of embedding, so one reader is mostly enough, and another costs a
# second of processor: it is started only when the next source keeps us waiting that long.
_PATIENCE_SECONDS = 3.0
# Workers that wait for the next ingest of this process: they have the libraries loaded.
_idle: list[Worker] = []


@dataclass(frozen=True)
class _Job:
    source: Source
    known_fingerprint: str
    outcome: "Future[Reading | Exception]"


class ReadingAhead:
    """Readers at work. Use it with `with`: at the end none is at work, whatever happened."""

    def __init__(
        self,
        limits: Limits = LIMITS,
        fetch: Fetch = files_only,
        most_readers: int | None = None,
    ) -> None:
        """Take the limits for one source, what reads addresses, and how many are read at once."""
        self._limits = limits
        self._fetch = fetch
        self._most_readers = most_readers or usable_cores()
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self.workers: list[Worker] = []
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> "ReadingAhead":
        """Nothing is started before there is something to read."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Let the readers go; those that are still at work are ended."""
        with suppress(Empty):
            while True:
                self._jobs.get_nowait()
        if kind:
            for worker in self.workers:
                worker.stop()
        for _thread in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()

    def read(
        self,
        sources: Iterable[tuple[Source, str]],
        waiting: Callable[[Source], None] = lambda _source: None,
    ) -> Iterator[tuple[Source, Reading | Exception]]:
        """What becomes of each source, in their order.

        Args:
            sources: each with the fingerprint that needs no document.
            waiting: told of a source that takes long.
        """
        ahead: deque[_Job] = deque()
        for source, known in sources:
            ahead.append(self._start(source, known))
            if len(ahead) > _AHEAD:
                yield self._finished(ahead.popleft(), waiting)
        while ahead:
            yield self._finished(ahead.popleft(), waiting)

    def _start(self, source: Source, known: str) -> _Job:
        job = _Job(source, known, Future())
        self._jobs.put(job)
        if not self._threads:
            self._add_reader()
        return job

    def _finished(
        self, job: _Job, waiting: Callable[[Source], None]
    ) -> tuple[Source, Reading | Exception]:
        while True:
            try:
                return job.source, job.outcome.result(_PATIENCE_SECONDS)
            except NotYetError:
                waiting(job.source)
                if len(self._threads) < self._most_readers:
                    self._add_reader()

    def _add_reader(self) -> None:
        worker = _idle_worker(self._limits) or start_reader(self._limits)
        # By this thread, which outlives its own: Linux ends a process with the thread that
        # started it.
        worker.start()
        thread = threading.Thread(target=self._serve, args=(worker,), name="read", daemon=True)
        self.workers.append(worker)
        self._threads.append(thread)
        thread.start()

    def _serve(self, worker: Worker) -> None:
        while job := self._jobs.get():
            try:
                outcome = read_source(worker, job.source, job.known_fingerprint, self._fetch)
            except Exception as error:  # noqa: BLE001  (an outcome like any other)
                outcome = error
            job.outcome.set_result(outcome)
        if worker.is_stopped:
            worker.close()
        else:
            _idle.append(worker)


def _idle_worker(limits: Limits) -> Worker | None:
    for worker in list(_idle):
        if worker.limits == limits:
            # Another thread may have been quicker.
            with suppress(ValueError):
                _idle.remove(worker)
                return worker
    return None


def _close_idle() -> None:
    while _idle:
        _idle.pop().close()


atexit.register(_close_idle)
