"""Web addresses to bytes, with limits of time, size and redirects."""

from dataclasses import dataclass

import httpx

from index.errors import SourceError

MAX_BYTES = 50 << 20
TIMEOUT_SECONDS = 20.0
_MAX_REDIRECTS = 5
_HEADERS = {
    "User-Agent": "Citewell (personal library)",
    "Accept": "text/html, application/pdf, */*",
}


@dataclass(frozen=True)
class Fetched:
    """What an address answered: the bytes and the media type it states, without parameters."""

    content: bytes
    media_type: str


def fetch(address: str) -> Fetched:
    """Read an address.

    Raises:
        SourceError: it cannot be reached, answers with an error, or sends too much.
    """
    try:
        with (
            httpx.Client(
                follow_redirects=True,
                max_redirects=_MAX_REDIRECTS,
                timeout=TIMEOUT_SECONDS,
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
            return Fetched(_read_limited(response), media_type.strip().lower())
    except httpx.TimeoutException:
        raise SourceError(
            f"the server did not answer within {TIMEOUT_SECONDS:.0f} seconds; try again later"
        ) from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise SourceError(
            f"the address cannot be read ({error or type(error).__name__}); check the address "
            "and the network"
        ) from error


def _read_limited(response: httpx.Response) -> bytes:
    content = bytearray()
    for block in response.iter_bytes():
        content += block
        if len(content) > MAX_BYTES:
            raise SourceError(f"it is larger than {MAX_BYTES >> 20} MB; save it and ingest a part")
    return bytes(content)
