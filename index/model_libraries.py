"""What every model loaded through sentence-transformers shares: quiet libraries, no waiting."""

import logging
import os
import socket
from urllib.parse import urlsplit


def hush_libraries() -> None:
    """Let the libraries report errors only: what a user is to know, Citewell says."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    for chatty in ("sentence_transformers", "transformers", "huggingface_hub"):
        logging.getLogger(chatty).setLevel(logging.ERROR)


def hub_answers() -> bool:
    """Whether the model hub can be reached. If not, its own client would try for a minute."""
    # Its import takes a while, and few models are on the hub.
    from urllib.request import getproxies  # noqa: PLC0415

    if getproxies():
        return True
    hub = urlsplit(os.environ.get("HF_ENDPOINT", "https://huggingface.co"))
    try:
        socket.create_connection((hub.hostname, hub.port or 443), timeout=5).close()
    except OSError:
        return False
    return True
