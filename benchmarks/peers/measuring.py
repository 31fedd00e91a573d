"""Run one step of one tool in a process of its own and say what it cost."""

import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from environments import Peer

_ROOT = Path(__file__).resolve().parents[2]
_COLD_STARTS = 3
# One thread everywhere, or seconds of processor time would not compare.
_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "RAYON_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "CUDA_VISIBLE_DEVICES": "",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
}


class StepError(Exception):
    """A step failed or ran over its time; the text says how."""


@dataclass(frozen=True)
class Usage:
    """What a process cost, with all its children.

    Attributes:
        cpu_s: processor seconds, user and system.
        wall_s: seconds on the clock, from start to end.
        peak_mb: most memory resident.
    """

    cpu_s: float
    wall_s: float
    peak_mb: float


@dataclass(frozen=True)
class Runner:
    """Runs the steps of one peer on one set.

    Attributes:
        peer: the tool.
        python: the interpreter of its environment.
        model: folder of the embedding model.
        minutes: a step that takes longer is ended.
    """

    peer: Peer
    python: Path
    model: str
    minutes: float

    def measure(self, folder: Path, work: Path) -> dict[str, Any]:
        """Index, search and cold start, from nothing.

        Raises:
            StepError: a step failed.
        """
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        index = self._step("index", folder, work)
        disk = sum(file.stat().st_size for file in (work / "index").rglob("*") if file.is_file())
        search = self._step("search", folder, work)
        starts = [self._cold(folder, work) for _ in range(_COLD_STARTS)]
        return {
            "index": {**_report(work, "index"), "process": asdict(index)},
            "search": {**_report(work, "search"), "process": asdict(search)},
            "cold": {
                "cpu_s": statistics.median(start.cpu_s for start in starts),
                "wall_s": statistics.median(start.wall_s for start in starts),
                "peak_mb": max(start.peak_mb for start in starts),
            },
            "disk_mb": disk / 1e6,
            "measured_at": time.strftime("%Y-%m-%dT%H:%M:%S"),
        }

    @property
    def _extra(self) -> dict[str, str]:
        """The project is importable where Citewell runs, and nowhere else."""
        return {"PYTHONPATH": "" if self.peer.environment else str(_ROOT)}

    def _step(self, step: str, folder: Path, work: Path) -> Usage:
        command = [str(self.python), str(self.peer.script), step, "--set", str(folder)]
        command += ["--work", str(work), "--model", self.model, "--variant", self.peer.variant]
        return run_step(command, work, 60 * self.minutes, self._extra)

    def _cold(self, folder: Path, work: Path) -> Usage:
        if self.peer.name != "citewell":
            return self._step("cold", folder, work)
        # A command of its own answers one question: measure what a user runs.
        with (folder / "queries.jsonl").open(encoding="utf-8") as file:
            question = json.loads(file.readline())["text"]
        command = [sys.executable, "-m", "search_app.cli", "search", question, "--json"]
        command += ["--index", str(work / "index")]
        return run_step(command, work, 60 * self.minutes, self._extra)


def run_step(command: list[str], work: Path, seconds: float, extra: dict[str, str]) -> Usage:
    """Run a command to its end, its output going to `log.txt`."""
    with (work / "log.txt").open("a", encoding="utf-8") as log:
        environment = {**os.environ, **_ENVIRONMENT, **extra}
        start = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603
            command,
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            cwd=work,
            env=environment,
            start_new_session=True,
        )
        timer = threading.Timer(seconds, os.killpg, (process.pid, signal.SIGKILL))
        timer.start()
        try:
            _pid, status, used = os.wait4(process.pid, 0)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        finally:
            timer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if process.returncode != 0:
        lines = (work / "log.txt").read_text("utf-8").splitlines() or ["no message"]
        over = f"ended after {seconds / 60:.0f} minutes" if wall >= seconds else lines[-1]
        raise StepError(f"{' '.join(command[1:3])}: {over} (log: {work / 'log.txt'})")
    return Usage(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


def _report(work: Path, step: str) -> dict[str, Any]:
    return json.loads((work / f"{step}.json").read_text("utf-8"))
