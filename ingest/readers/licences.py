"""Licences by the name that people know."""

import re

_CREATIVE_COMMONS = re.compile(
    r"creativecommons\.org/(?:(licen[cs]es)/([a-z-]+)|publicdomain/(zero|mark))"
    r"(?:/(\d\.\d))?",
    re.IGNORECASE,
)
_PUBLIC_DOMAIN = {"zero": "CC0", "mark": "Public Domain Mark"}


def licence_name(stated: str) -> str:
    """A Creative Commons address as its short name ("CC BY 4.0"); anything else unchanged."""
    match = _CREATIVE_COMMONS.search(stated)
    if match is None:
        return stated
    _, kind, domain, version = match.groups()
    name = f"CC {kind.upper()}" if kind else _PUBLIC_DOMAIN[domain.lower()]
    return f"{name} {version}" if version else name
