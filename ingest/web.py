"""What is asked of the web and what it answers; fetching itself is in fetching.py."""

from dataclasses import dataclass


@dataclass(frozen=True)
class WebRules:
    """What may be fetched, what an address may cost, and how polite we are.

    Attributes:
        allow_private: connect to addresses that are not public too, and by way of the proxy
            that the environment names (which then chooses the address).
        most_pages: of one feed or sitemap.
        silence_seconds: longest wait for the server's next sign.
        total_seconds: longest time for all of it; a server could drip for hours.
        max_bytes: most bytes it may send.
        pause_seconds: between two visits to one host; longer where its robots.txt asks for it.
    """

    allow_private: bool = False
    most_pages: int = 100
    silence_seconds: float = 20.0
    total_seconds: float = 120.0
    max_bytes: int = 50 << 20
    pause_seconds: float = 1.0


@dataclass(frozen=True)
class Version:
    """What a server calls the version of a page that it sent; sent back, it says if that changed.

    Attributes:
        etag: its mark, or an empty string.
        modified: its date as it was sent, or an empty string.
    """

    etag: str = ""
    modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """Of a request that asks for the page only if it is another version."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True)
class Fetched:
    """What an address answered.

    Attributes:
        content: the bytes.
        media_type: as the server states it, without parameters.
        version: what the server calls this version.
    """

    content: bytes
    media_type: str
    version: Version = Version()
