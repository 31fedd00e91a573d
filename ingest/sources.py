"""What to read: files, folders and web addresses, and the link a reader can open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pathspec import GitIgnoreSpec

from index.errors import SourceError

IGNORE_FILE = ".citewellignore"
WEB = ("http://", "https://")


@dataclass(frozen=True)
class Source:
    """One file or address before reading.

    Attributes:
        id: the absolute path, or the address; becomes the document's id.
        path: where the file is; None for an address.
        link: where a reader can open it.
    """

    id: str
    path: Path | None
    link: str


@dataclass(frozen=True)
class FoundSources:
    """What the arguments of an ingest lead to.

    Attributes:
        sources: in the order given, files of a folder sorted; each once.
        folders: folders that were read whole: what they no longer hold has gone.
        failed: arguments that lead nowhere, with the reason.
    """

    sources: tuple[Source, ...]
    folders: tuple[Path, ...]
    failed: dict[str, str]


def find_sources(arguments: Iterable[str]) -> FoundSources:
    """Files, folders and addresses to sources.

    In folders, hidden files are left out, and so is what a ``.citewellignore`` file at the
    top of the folder names (in the syntax of ``.gitignore``).
    """
    sources: dict[str, Source] = {}
    folders: list[Path] = []
    failed: dict[str, str] = {}
    for argument in arguments:
        try:
            found = _find(argument)
        except SourceError as error:
            failed[_storable(argument)] = str(error)
            continue
        if not argument.startswith(WEB) and _path(argument).is_dir():
            folders.append(_path(argument))
        sources.update((source.id, source) for source in found)
    return FoundSources(tuple(sources.values()), tuple(folders), failed)


def _find(argument: str) -> Sequence[Source]:
    if argument.startswith(WEB):
        return [Source(argument, None, argument)]
    if "://" in argument:
        raise SourceError("only http and https addresses can be read")
    try:
        path = _path(argument)
        is_file, is_folder = path.is_file(), path.is_dir()
    except (OSError, RuntimeError) as error:
        # A name longer than any file's, a loop of links, "~" of a user who is not there.
        raise SourceError(f"it cannot be looked up ({error})") from error
    if is_file:
        return [_file_source(path)]
    if not is_folder:
        raise SourceError(
            "there is no such file or folder; check the name (an address starts with https://)"
        )
    files = _files_of(path)
    if not files:
        raise SourceError(
            "the folder holds no files to read; nothing was added and nothing removed. Put "
            "articles (.html, .docx, .md, .txt, ...) or PDFs into it"
        )
    return [_file_source(file) for file in files]


def _file_source(path: Path) -> Source:
    return Source(_storable(str(path)), path, path.as_uri())


def _path(argument: str) -> Path:
    return Path(argument).expanduser().resolve()


def _storable(name: str) -> str:
    # Names of files are bytes; those that are not UTF-8 can be stored by their numbers only.
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _files_of(folder: Path) -> list[Path]:
    ignore_file = folder / IGNORE_FILE
    lines = ignore_file.read_text("utf-8", "replace").splitlines() if ignore_file.is_file() else []
    try:
        ignored = GitIgnoreSpec.from_lines(lines)
    except ValueError as error:
        raise SourceError(f"{ignore_file} is not in the syntax of .gitignore ({error})") from error
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and not ignored.match_file(path.relative_to(folder))
    )
