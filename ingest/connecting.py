"""Connections to public addresses only: what a name leads to is checked, then that is connected to.

A page can send its reader to addresses of the machine or the network that it is read from (SSRF).
A name is resolved once and the connection goes to the address that was checked: a name server
that answers otherwise the second time (DNS rebinding) is not asked a second time.
"""

import ipaddress
import socket
from collections.abc import Callable

import httpx

from index.errors import SourceError

# Host name and port to IP addresses.
Resolver = Callable[[str, int], list[str]]

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Where clouds let each machine find its own keeper, though the number is not of a private network
# to every version of Python.
_KEEPERS = (ipaddress.ip_network("168.63.129.16/32"), ipaddress.ip_network("192.0.0.0/24"))


def resolve(host: str, port: int) -> list[str]:
    """IP addresses of a host, as the system finds them; numbers in any spelling are addresses."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(text: str) -> bool:
    """Whether an IP address is one of the open internet, whatever it is wrapped in."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if address in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)))
        if address.is_site_local:
            # Deprecated, so no list of private networks has it any more; some routers do.
            return False
        inner = address.ipv4_mapped or address.sixtofour
        if inner or address.teredo:
            return bool(inner) and is_public(str(inner))
    return (
        address.is_global
        and not (address.is_multicast or address.is_reserved)
        and not any(address in network for network in _KEEPERS)
    )


class PublicTransport(httpx.BaseTransport):
    """Connects to a host only if all its addresses are public; each redirect comes by here too."""

    def __init__(self, resolver: Resolver = resolve) -> None:
        """Take what finds the addresses of a name."""
        self._resolve = resolver
        # A kept connection is known by its address only; another name there needs its own.
        self._inner = httpx.HTTPTransport(limits=httpx.Limits(max_keepalive_connections=0))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request to the first address of its host that takes the connection.

        Raises:
            SourceError: an address is not public.
        """
        if request.url.scheme not in {"http", "https"}:
            raise httpx.UnsupportedProtocol("only http and https addresses can be read")
        failure: httpx.TransportError = httpx.ConnectError("the name has no address")
        for address in self._addresses(request.url):
            try:
                return self._inner.handle_request(_pinned(request, address))
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failure = error
        raise failure

    def close(self) -> None:
        """Close the connections."""
        self._inner.close()

    def _addresses(self, url: httpx.URL) -> list[str]:
        host = url.raw_host.decode("ascii")
        try:
            found = self._resolve(host, url.port or (443 if url.scheme == "https" else 80))
        except (OSError, UnicodeError) as error:
            raise httpx.ConnectError(str(error)) from error
        if private := [address for address in found if not is_public(address)]:
            raise SourceError(
                f"{host} is at {private[0]}, which is not on the open internet. If it is a server "
                "of your own, allow it with --allow-private"
            )
        return found


def _pinned(request: httpx.Request, address: str) -> httpx.Request:
    """The request to an address; its Host header and the name in its certificate stay."""
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": request.url.raw_host.decode("ascii")},
    )
