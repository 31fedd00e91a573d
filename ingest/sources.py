"""What to read: files, folders, web addresses and feeds, and the link a reader can open."""

import os
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pathspec import GitIgnoreSpec

from index.errors import SourceError
from index.file_names import is_there, path_of, storable

IGNORE_FILE = ".citewellignore"
# Files that correct the descriptions of others; no documents themselves.
SIDECAR_ENDINGS = (".meta.yaml", ".meta.yml", ".meta.json")
SIDECAR_TABLE = "citewell-metadata.csv"
_DEBRIS = {"thumbs.db", "desktop.ini", "__macosx"}
_OPEN_IN_WORD = "~$"
WEB = ("http://", "https://")
# Before an address: it is a list of pages, whatever its name says.
FEED = "feed:"


@dataclass(frozen=True)
class Source:
    """One file or address before reading.

    Attributes:
        id: the absolute path, or the address; becomes the document's id.
        path: where the file is; None for an address.
        link: where a reader can open it.
        ocr: whether pages that are pictures may be read by OCR.
    """

    id: str
    path: Path | None
    link: str
    ocr: bool = False


@dataclass(frozen=True)
class FoundSources:
    """What the arguments of an ingest lead to.

    Attributes:
        sources: in the order given, files of a folder sorted; each once.
        folders: folders that were read whole: what they no longer hold has gone.
        failed: arguments that lead nowhere, and what cannot be read in the folders (named
            pipes, links to nowhere, folders without permission), with the reason.
        notices: what else the user should know.
        lists: feeds and sitemaps that were followed; sources are the pages in their place.
    """

    sources: tuple[Source, ...]
    folders: tuple[Path, ...]
    failed: dict[str, str]
    notices: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()


def find_sources(arguments: Iterable[str]) -> FoundSources:
    """Files, folders and addresses to sources.

    In folders, hidden files and what systems leave there (Thumbs.db) are left out, and so is what
    a ``.citewellignore`` file at the top of the folder names (in the syntax of ``.gitignore``).
    Sidecar files are no sources.
    """
    sources: dict[str, Source] = {}
    folders: list[Path] = []
    failed: dict[str, str] = {}
    for argument in arguments:
        try:
            found = _find(argument, failed)
        except SourceError as error:
            failed[storable(argument)] = str(error)
            continue
        if found[0].path and _path(argument).is_dir():
            folders.append(_path(argument))
        sources.update((source.id, source) for source in found)
    return FoundSources(tuple(sources.values()), tuple(folders), failed)


def gone_from_folders(known: Iterable[str], found: FoundSources) -> list[str]:
    """Which documents have gone from the folders that were read.

    What cannot be looked at, such as a folder without permission, has not gone.

    Args:
        known: ids of documents.
        found: what is there.
    """
    present = {source.id for source in found.sources}
    unseen = [Path(name) for name in found.failed]
    return [
        name
        for name in known
        if name not in present and is_within(name, found.folders) and not is_within(name, unseen)
    ]


def exists(source_id: str) -> bool:
    """Whether a file is there; an address is taken to be."""
    return source_id.startswith(WEB) or is_there(path_of(source_id))


def is_within(document_id: str, folders: Iterable[Path]) -> bool:
    """Whether a document is one of the folders, or in one of them."""
    return any(Path(document_id).is_relative_to(folder) for folder in folders)


def _find(argument: str, failed: dict[str, str]) -> Sequence[Source]:
    if argument.startswith(WEB):
        return [Source(argument, None, argument)]
    if argument.startswith(FEED) and argument.removeprefix(FEED).startswith(WEB):
        return [Source(argument, None, argument.removeprefix(FEED))]
    if "://" in argument:
        raise SourceError("only http and https addresses can be read")
    try:
        path = _path(argument)
        is_file, is_folder = path.is_file(), path.is_dir()
    except (OSError, RuntimeError) as error:
        # A name longer than any file's, a loop of links, "~" of a user who is not there.
        raise SourceError(f"it cannot be looked up ({error})") from error
    if is_file:
        return [] if _is_sidecar(path) else [_file_source(path)]
    if not is_folder:
        raise SourceError(
            "there is no such file or folder; check the name (an address starts with https://)"
        )
    files = _files_of(path, failed)
    if not files:
        raise SourceError(
            "the folder holds no files to read; nothing was added and nothing removed. Put "
            "articles (.html, .docx, .md, .txt, ...) or PDFs into it"
        )
    return [_file_source(file) for file in files]


def _is_debris(path: Path) -> bool:
    """What systems and word processors leave beside the files of a folder."""
    return path.name.startswith(_OPEN_IN_WORD) or path.name.lower() in _DEBRIS


def _is_sidecar(path: Path) -> bool:
    return path.name == SIDECAR_TABLE or path.name.endswith(SIDECAR_ENDINGS)


def _file_source(path: Path) -> Source:
    return Source(storable(str(path)), path, path.as_uri())


def _path(argument: str) -> Path:
    return Path(argument).expanduser().resolve()


def _files_of(folder: Path, failed: dict[str, str]) -> list[Path]:
    ignored = _ignored(folder)
    files: list[Path] = []
    for path in sorted(_entries(folder, failed)):
        name = path.relative_to(folder)
        is_hidden = any(part.startswith(".") for part in name.parts)
        if is_hidden or _is_debris(path) or _is_sidecar(path) or ignored.match_file(name):
            continue
        if reason := _no_file(path):
            failed[storable(str(path))] = reason
        else:
            files.append(path)
    return files


def _ignored(folder: Path) -> GitIgnoreSpec:
    ignore_file = folder / IGNORE_FILE
    try:
        text = ignore_file.read_text("utf-8", "replace") if ignore_file.is_file() else ""
        return GitIgnoreSpec.from_lines(text.splitlines())
    except OSError as error:
        raise SourceError(f"{ignore_file} cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise SourceError(f"{ignore_file} is not in the syntax of .gitignore ({error})") from error


def _entries(folder: Path, failed: dict[str, str]) -> Iterable[Path]:
    """All but folders below a folder; links to folders are not followed, they may lead back."""

    def fail(error: OSError) -> None:
        failed[storable(str(error.filename))] = f"the folder cannot be listed ({error.strerror})"

    for place, _folders, names in os.walk(folder, onerror=fail):
        yield from (Path(place, name) for name in names)


def _no_file(path: Path) -> str:
    """Why there is nothing to read; empty where there is."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return f"it cannot be looked up ({error.strerror})"
    # Reading one of the other kinds could wait for ever.
    return "" if stat.S_ISREG(mode) else "it is not a file but a pipe, a socket or a device"
