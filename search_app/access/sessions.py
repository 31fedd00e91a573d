"""Who has logged in. Kept in memory: a restart, and so a new passphrase, ends all sessions."""

import hashlib
import secrets
import time
from collections.abc import Callable

LASTS_S = 7 * 24 * 3600
MOST_SESSIONS = 10_000


class Sessions:
    """Opened and ended sessions. Only digests of their keys are kept."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Start with none; the clock counts seconds."""
        self._clock = clock
        self._ends: dict[str, float] = {}

    def start(self) -> str:
        """The key of a new session, which only its browser knows."""
        if len(self._ends) >= MOST_SESSIONS:
            # The one that began first, as a dict keeps its order.
            del self._ends[next(iter(self._ends))]
        key = secrets.token_urlsafe(32)
        self._ends[_digest(key)] = self._clock() + LASTS_S
        return key

    def is_open(self, key: str) -> bool:
        """Whether a key is of a session that has neither been ended nor run out."""
        end = self._ends.get(_digest(key))
        return end is not None and self._clock() < end

    def end(self, key: str) -> None:
        """End a session; its key is worth nothing from now on."""
        self._ends.pop(_digest(key), None)


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
