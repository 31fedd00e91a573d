"""An environment of its own for each peer: a venv that pip fills from `requirements/`."""

import hashlib
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_REQUIREMENTS = _HERE / "requirements"
_CONSTRAINTS = _REQUIREMENTS / "constraints.txt"
_TORCH = "torch==2.13.0"


class InstallError(Exception):
    """A peer does not install here; the text says why."""


@dataclass(frozen=True)
class Peer:
    """A tool to compare.

    Attributes:
        name: what the table calls it.
        driver: the script that runs it.
        environment: name of its venv; empty for the one that runs this.
        variant: passed on to the driver.
    """

    name: str
    driver: str
    environment: str = ""
    variant: str = ""

    @property
    def script(self) -> Path:
        """The driver's file."""
        return _HERE / self.driver


PEERS = {
    peer.name: peer
    for peer in (
        Peer("citewell", "citewell_driver.py"),
        Peer("txtai", "txtai_driver.py", "txtai", "hybrid"),
        Peer("txtai-dense", "txtai_driver.py", "txtai", "dense"),
        Peer("haiku.rag", "haiku_driver.py", "haiku"),
        Peer("semantra", "semantra_driver.py", "semantra"),
    )
}


def prepare_python(peer: Peer, environments: Path) -> Path:
    """The interpreter that runs a peer; its environment is made where there is none.

    Raises:
        InstallError: pip could not install it.
    """
    if not peer.environment:
        return Path(sys.executable)
    folder = environments / peer.environment
    stamp = folder / "complete"
    if not stamp.exists() or stamp.read_text("utf-8") != _wanted(peer):
        print(f"making the environment of {peer.environment} ...", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        _make(peer, folder)
        stamp.write_text(_wanted(peer), "utf-8")
    return folder / "bin" / "python"


def versions(python: Path) -> list[str]:
    """What pip says is installed."""
    return _run([str(python), "-m", "pip", "freeze", "--exclude-editable"]).splitlines()


def _wanted(peer: Peer) -> str:
    files = [_CONSTRAINTS, *sorted(_REQUIREMENTS.glob(f"{peer.environment}*.txt"))]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _make(peer: Peer, folder: Path) -> None:
    _run([sys.executable, "-m", "venv", str(folder)])
    python = folder / "bin" / "python"
    pip = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    held = ["-c", str(_CONSTRAINTS)]
    requirements = _REQUIREMENTS / f"{peer.environment}.txt"
    # First and alone: a resolver would take the newest, a CUDA build of several GB.
    _run([*pip, "install", _TORCH])
    _run([*pip, "install", *held, "-r", str(requirements)])
    if (files := requirements.with_stem(f"{peer.environment}-files")).exists():
        _run([*pip, "install", "--no-deps", "-r", str(files)])
    # docling asks for it, only for images; the common build of it refuses a CPU torch.
    _run([*pip, "uninstall", "--yes", "torchvision"])
    found = _run([str(python), "-c", "import torch; print(torch.__version__)"]).strip()
    if found.split("+")[0] != _TORCH.split("==")[1]:
        raise InstallError(f"the resolver changed torch to {found}")


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        last = (errors or done.stderr.splitlines() or ["no message"])[-1]
        raise InstallError(f"{' '.join(command[-3:])}: {last}")
    return done.stdout
