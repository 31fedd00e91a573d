"""What the file system says of a file: enough to know that it is as it was, without opening it."""

import os
from dataclasses import dataclass

# The times of a file are exact to two seconds at worst (FAT): a file that was touched a moment
# ago can change again without a sign of it. Git calls such files racy.
_SETTLED_NS = 2_000_000_000


@dataclass(frozen=True)
class FileState:
    """A file's size, times and number. When none of them has changed, neither have its bytes.

    Attributes:
        size: in bytes.
        modified_ns: when its bytes were last written, as anyone may set it.
        changed_ns: when anything of it was last changed, as the system alone sets it.
        inode: its number; another file under the same name has another.
    """

    size: int
    modified_ns: int
    changed_ns: int
    inode: int

    @classmethod
    def of(cls, found: os.stat_result) -> "FileState":
        """The state in a result of `stat`."""
        return cls(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)

    def is_settled(self, now_ns: int) -> bool:
        """Whether a change from now on would show in it."""
        return max(self.modified_ns, self.changed_ns) < now_ns - _SETTLED_NS


@dataclass(frozen=True)
class KnownFile:
    """A file as it was when it was read: the SHA-256 of its bytes, and its state."""

    fingerprint: str
    state: FileState
