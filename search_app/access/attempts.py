"""How often a wrong passphrase may be tried."""

import math
import time
from collections import deque
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network

WINDOW_S = 15 * 60
MOST_OF_AN_ADDRESS = 10
# Of all together: who owns many addresses gets no more guesses than these.
MOST = 300
_IPV6_SUBSCRIBER = 64


class FailedAttempts:
    """The failures of the last quarter of an hour, at most `MOST` of them."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Start with none; the clock counts seconds."""
        self._clock = clock
        self._failures: deque[tuple[float, str]] = deque(maxlen=MOST)

    def note(self, address: str) -> None:
        """Remember a failure from an address."""
        self._failures.append((self._clock(), _origin(address)))

    def wait_s(self, address: str) -> int:
        """Seconds until an address may try again; 0: now."""
        now, origin = self._clock(), _origin(address)
        while self._failures and self._failures[0][0] <= now - WINDOW_S:
            self._failures.popleft()
        own = [at for at, other in self._failures if other == origin]
        limits = (
            (own, MOST_OF_AN_ADDRESS),
            ([at for at, _ in self._failures], MOST),
        )
        waits = [times[-most] + WINDOW_S - now for times, most in limits if len(times) >= most]
        return math.ceil(max(waits, default=0))


def _origin(address: str) -> str:
    """One for all addresses that a single subscriber of IPv6 has."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return address
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ip_network((int(parsed), _IPV6_SUBSCRIBER), strict=False))
