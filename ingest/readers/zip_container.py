"""Formats that are a ZIP archive of parts (Word, EPUB, OpenDocument, PowerPoint), opened safely."""

import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from index.errors import SourceError

_MOST_MEMBERS = 5_000
_MOST_BYTES = 200 << 20
_HIGHEST_RATIO = 100
# Text of a few words repeated packs better than any bomb needs to; this much harms nobody.
_HARMLESS_BYTES = 4 << 20
_CHUNK = 1 << 20
_ENCRYPTED = 0x1


class Container:
    """The parts of a file, after it was made sure that they can be unpacked in memory.

    Attributes:
        content: the file.
        names: of its parts.
    """

    def __init__(self, content: bytes) -> None:
        """Open the archive and unpack it once, to count.

        Args:
            content: the bytes of the file.

        Raises:
            SourceError: it is no archive, damaged, protected, or unpacks to too much.
        """
        self.content = content
        try:
            self._archive = ZipFile(BytesIO(content))
            self._check_stated(len(content))
            self._check_actual(len(content))
        except (BadZipFile, EOFError, zlib.error, NotImplementedError, OSError, ValueError) as e:
            raise SourceError(
                f"it is damaged or not of the kind that its name says ({e}); get another copy"
            ) from e
        self.names = frozenset(self._archive.namelist())

    def read(self, name: str) -> bytes:
        """A part of the file.

        Raises:
            SourceError: there is no such part.
        """
        if name not in self.names:
            raise SourceError(f"its part {name} is missing: it is damaged or of another kind")
        return self._archive.read(name)

    def _check_stated(self, packed: int) -> None:
        members = self._archive.infolist()
        if len(members) > _MOST_MEMBERS:
            raise SourceError(f"it has {len(members)} parts; at most {_MOST_MEMBERS} are unpacked")
        if any(member.flag_bits & _ENCRYPTED for member in members):
            raise SourceError("it is protected by a password; save it again without one")
        _check_size(sum(member.file_size for member in members), packed)

    def _check_actual(self, packed: int) -> None:
        # What the archive says of its sizes is the word of whoever made it.
        size = 0
        for member in self._archive.infolist():
            with self._archive.open(member) as part:
                while chunk := part.read(_CHUNK):
                    size += len(chunk)
                    _check_size(size, packed)


def _check_size(size: int, packed: int) -> None:
    if size > _MOST_BYTES or (size > _HARMLESS_BYTES and size > packed * _HIGHEST_RATIO):
        raise SourceError(
            f"it unpacks to more than {size >> 20} MB from {packed >> 10} KB, as a decompression "
            f"bomb does; at most {_MOST_BYTES >> 20} MB and {_HIGHEST_RATIO} times are unpacked"
        )
