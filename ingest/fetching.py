"""Web addresses to bytes: politely, within limits, and only from the open internet."""

import time
from collections import defaultdict
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from threading import Lock

import httpx

from index.errors import SourceError
from ingest.connecting import PublicTransport, Resolver, resolve
from ingest.robots import AGENT, Robots
from ingest.web import Fetched, Version, WebRules

_MAX_REDIRECTS = 5
_HEADERS = {
    "User-Agent": f"{AGENT} (personal library)",
    "Accept": "text/html, application/pdf, */*",
}
# What has text in it; which of these can be read is the readers' knowledge.
_TYPES = ("", "application", "text")


class Fetcher:
    """Fetches for one run: knows the sites' rules, and when it last visited a host."""

    def __init__(
        self,
        rules: WebRules | None = None,
        resolver: Resolver = resolve,
    ) -> None:
        """Take the rules for each address.

        Args:
            rules: what may be fetched, and how.
            resolver: finds the addresses of a name.
        """
        self._rules = rules or WebRules()
        self._resolver = resolver
        self._robots = Robots()
        self._next_visit: defaultdict[str, float] = defaultdict(float)
        self._lock = Lock()

    def fetch(self, address: str, known: Version | None = None) -> Fetched | None:
        """Read an address.

        Args:
            address: of http or https.
            known: version that is at hand.

        Returns:
            What it answered; None where that is the known version.

        Raises:
            SourceError: it may not be read, cannot be reached, answers with an error, or sends
                too much.
        """
        try:
            with self._visit(address, known or Version()) as response:
                if known and response.status_code == httpx.codes.NOT_MODIFIED:
                    return None
                return self._read(response)
        except httpx.TimeoutException:
            raise SourceError(
                f"the server did not answer within {self._rules.silence_seconds:g} seconds; try "
                "again later"
            ) from None
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            # UnicodeError: a host name that no network knows how to spell.
            raise SourceError(
                f"the address cannot be read ({error or type(error).__name__}); check the address "
                "and the network"
            ) from error

    @contextmanager
    def _visit(self, address: str, known: Version) -> Generator[httpx.Response]:
        url = httpx.URL(address)
        with self._client() as plain, self._client() as client:
            # Called for each redirect as well: it may lead to another site.
            client.event_hooks = {"request": [partial(self._ask_site, plain)]}
            with client.stream("GET", url, headers=known.headers) as response:
                yield response

    def _client(self) -> httpx.Client:
        return httpx.Client(
            transport=None if self._rules.allow_private else PublicTransport(self._resolver),
            follow_redirects=True,
            max_redirects=_MAX_REDIRECTS,
            timeout=self._rules.silence_seconds,
            headers=_HEADERS,
        )

    def _ask_site(self, client: httpx.Client, request: httpx.Request) -> None:
        if request.url.scheme in {"http", "https"} and request.url.host:
            self._robots.check(request.url, client)
            self._wait(request.url)

    def _wait(self, url: httpx.URL) -> None:
        """Until the host may be visited again; others that wait come after us."""
        pause = max(self._rules.pause_seconds, self._robots.pause(url))
        with self._lock:
            visit = max(time.monotonic(), self._next_visit[url.host])
            self._next_visit[url.host] = visit + pause
        time.sleep(max(0.0, visit - time.monotonic()))

    def _read(self, response: httpx.Response) -> Fetched:
        if response.is_error:
            raise SourceError(
                f"the server answered {response.status_code} {response.reason_phrase}; open "
                "the address in a browser to see whether it is right"
            )
        stated = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if stated.partition("/")[0] not in _TYPES:
            raise SourceError(
                f"media type {stated!r} cannot be read; give the address of a page or a document"
            )
        version = Version(
            response.headers.get("etag", ""), response.headers.get("last-modified", "")
        )
        return Fetched(_read_limited(response, self._rules), stated, version)


def _read_limited(response: httpx.Response, rules: WebRules) -> bytes:
    content = bytearray()
    deadline = time.monotonic() + rules.total_seconds
    for block in response.iter_bytes():
        content += block
        if len(content) > rules.max_bytes:
            raise SourceError(
                f"it is larger than {rules.max_bytes >> 20} MB; save it and ingest a part"
            )
        if time.monotonic() > deadline:
            raise SourceError(
                f"the server took longer than {rules.total_seconds:g} seconds to send it; save it "
                "from a browser and ingest the file"
            )
    return bytes(content)
