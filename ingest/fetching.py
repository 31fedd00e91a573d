"""Web addresses to bytes, with limits of time, size and redirects."""

import time
from dataclasses import dataclass

import httpx

from index.errors import SourceError

_MAX_REDIRECTS = 5
_HEADERS = {
    "User-Agent": "Citewell (personal library)",
    "Accept": "text/html, application/pdf, */*",
}


@dataclass(frozen=True)
class FetchLimits:
    """What an address may cost.

    Attributes:
        silence_seconds: longest wait for the server's next sign.
        total_seconds: longest time for all of it; a server could drip for hours.
        max_bytes: most bytes it may send.
    """

    silence_seconds: float = 20.0
    total_seconds: float = 120.0
    max_bytes: int = 50 << 20


@dataclass(frozen=True)
class Fetched:
    """What an address answered: the bytes and the media type it states, without parameters."""

    content: bytes
    media_type: str


def fetch(address: str, limits: FetchLimits | None = None) -> Fetched:
    """Read an address.

    Args:
        address: of http or https.
        limits: of time and size.

    Raises:
        SourceError: it cannot be reached, answers with an error, or sends too much.
    """
    limits = limits or FetchLimits()
    try:
        with (
            httpx.Client(
                follow_redirects=True,
                max_redirects=_MAX_REDIRECTS,
                timeout=limits.silence_seconds,
                headers=_HEADERS,
            ) as client,
            client.stream("GET", address) as response,
        ):
            if response.is_error:
                raise SourceError(
                    f"the server answered {response.status_code} {response.reason_phrase}; open "
                    "the address in a browser to see whether it is right"
                )
            media_type = response.headers.get("content-type", "").partition(";")[0]
            return Fetched(_read_limited(response, limits), media_type.strip().lower())
    except httpx.TimeoutException:
        raise SourceError(
            f"the server did not answer within {limits.silence_seconds:g} seconds; try again later"
        ) from None
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        # UnicodeError: a host name that no network knows how to spell.
        raise SourceError(
            f"the address cannot be read ({error or type(error).__name__}); check the address "
            "and the network"
        ) from error


def _read_limited(response: httpx.Response, limits: FetchLimits) -> bytes:
    content = bytearray()
    deadline = time.monotonic() + limits.total_seconds
    for block in response.iter_bytes():
        content += block
        if len(content) > limits.max_bytes:
            raise SourceError(
                f"it is larger than {limits.max_bytes >> 20} MB; save it and ingest a part"
            )
        if time.monotonic() > deadline:
            raise SourceError(
                f"the server took longer than {limits.total_seconds:g} seconds to send it; save it "
                "from a browser and ingest the file"
            )
    return bytes(content)
