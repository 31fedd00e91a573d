"""Names of files as ids of documents. Names are bytes: those that are no text are spelled out."""

import re
from pathlib import Path

_SPELLED = re.compile(r"\\udc([89a-f][0-9a-f])")
_FIRST_OF_ESCAPES = 0xDC00


def storable(name: str) -> str:
    r"""A name that any database can hold; a byte that is no text is spelled as ``\udcff``."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def path_of(id_: str) -> Path:
    """Where the file is that was stored under this name."""
    path = Path(id_)
    if is_there(path):
        return path
    # As Python has such a byte in the name of a file; see `os.fsdecode`.
    return Path(_SPELLED.sub(lambda byte: chr(_FIRST_OF_ESCAPES + int(byte[1], 16)), id_))


def visible(name: str) -> str:
    r"""A name as it can be printed: what would move the cursor or turn the line is spelled out."""
    return "".join(
        one if one.isprintable() else one.encode("unicode_escape").decode() for one in name
    )


def is_there(path: Path) -> bool:
    """Whether there is a file or folder; a name longer than any can be names none."""
    try:
        return path.exists()
    except OSError:
        return False
