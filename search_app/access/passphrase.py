"""The shared passphrase: where it is set, and whether an attempt is it."""

import hashlib
import hmac
import os
import unicodedata
from collections.abc import MutableMapping
from pathlib import Path

from index.errors import AccessError

VARIABLE, FILE_VARIABLE = "CITEWELL_PASSPHRASE", "CITEWELL_PASSPHRASE_FILE"
# Together with the limits of `attempts.py`, out of reach of guessing.
LEAST_CHARACTERS = 12


class Passphrase:
    """A secret that can be compared and not be read or printed."""

    def __init__(self, text: str) -> None:
        """Keep the digest of a passphrase."""
        self._digest = _digest(text)

    def fits(self, attempt: str) -> bool:
        """Whether an attempt is the passphrase; takes as long for a wrong one."""
        return hmac.compare_digest(self._digest, _digest(attempt))


def is_passphrase_set() -> bool:
    """Whether the environment still names one: then nobody has put a gate up with it."""
    return any(os.environ.get(name) for name in (VARIABLE, FILE_VARIABLE))


def take_passphrase(environment: MutableMapping[str, str]) -> Passphrase | None:
    """The passphrase that the environment names; taken out, so that no child inherits it.

    Args:
        environment: variables of the process, or a copy of them.

    Raises:
        AccessError: it is set twice, cannot be read or is too short.
    """
    text, file = environment.pop(VARIABLE, ""), environment.pop(FILE_VARIABLE, "")
    if text and file:
        raise AccessError(f"Set {VARIABLE} or {FILE_VARIABLE}, not both.")
    if file:
        text = _read(Path(file))
    elif not text:
        return None
    if len(_plain(text)) < LEAST_CHARACTERS:
        source = f"The passphrase in {file}" if file else f"The passphrase in {VARIABLE}"
        raise AccessError(f"{source} is shorter than {LEAST_CHARACTERS} characters.")
    return Passphrase(text)


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text in UTF-8"
        raise AccessError(f"The passphrase file {file} cannot be read: {reason}.") from error


def _plain(text: str) -> str:
    # Keyboards write an accent in two ways, and editors end a file with a new line.
    return unicodedata.normalize("NFC", text).strip()


def _digest(text: str) -> bytes:
    # Nothing is stored, so that a slow hash would protect nothing; equal lengths are compared.
    return hashlib.sha256(_plain(text).encode()).digest()
