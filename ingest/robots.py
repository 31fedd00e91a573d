"""What a site lets programs read: its robots.txt (RFC 9309), read once a site."""

from threading import Lock

import httpx
from protego import Protego

from index.errors import SourceError

# What a robots.txt calls us.
AGENT = "Citewell"
# More than this the standard does not ask anyone to read.
_MOST_BYTES = 500 << 10
_LONGEST_PAUSE = 10.0


class Robots:
    """The rules of the sites that were asked so far."""

    def __init__(self) -> None:
        """Start with none."""
        self._rules: dict[str, Protego] = {}
        self._lock = Lock()

    def check(self, url: httpx.URL, client: httpx.Client) -> None:
        """Pass if the site lets us read an address.

        Args:
            url: the address.
            client: reads the site's robots.txt, the first time; must not itself ask here.

        Raises:
            SourceError: it does not.
            httpx.HTTPError: the site cannot be reached.
        """
        if not self._of(url, client).can_fetch(str(url), AGENT):
            raise SourceError(
                f"the robots.txt of {url.host} asks programs not to read this page; open it in a "
                "browser, save it, and ingest the saved file"
            )

    def pause(self, url: httpx.URL) -> float:
        """Seconds between two visits that the site asks for, as far as it is known."""
        rules = self._rules.get(_site(url))
        return min(rules.crawl_delay(AGENT) or 0.0, _LONGEST_PAUSE) if rules else 0.0

    def _of(self, url: httpx.URL, client: httpx.Client) -> Protego:
        site = _site(url)
        with self._lock:
            if site not in self._rules:
                self._rules[site] = Protego.parse(_read(f"{site}/robots.txt", client))
            return self._rules[site]


def _site(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def _read(address: str, client: httpx.Client) -> str:
    with client.stream("GET", address) as response:
        if response.is_server_error:
            # The standard's way: who cannot say what is allowed allows nothing for now.
            return "User-agent: *\nDisallow: /"
        if not response.is_success:
            return ""
        content = bytearray()
        for block in response.iter_bytes():
            content += block
            if len(content) >= _MOST_BYTES:
                break
    return bytes(content[:_MOST_BYTES]).decode("utf-8", "replace")
