"""Sources: what files, folders and addresses lead to."""

import os
import tempfile
from pathlib import Path

import pytest

from ingest.sources import IGNORE_FILE, find_sources, gone_from_folders


def names(folder: Path, *arguments: str) -> list[str]:
    """Paths of the sources within the folder."""
    found = find_sources(arguments or (str(folder),))
    return [Path(source.id).relative_to(folder.resolve()).as_posix() for source in found.sources]


def touch(folder: Path, *paths: str) -> None:
    """Make files with some text."""
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("text")


def test_a_folder_gives_all_its_files_sorted(sources: Path) -> None:
    """At any depth; hidden files and folders are left out."""
    touch(sources, "b.txt", "a.md", "deep/er/c.pdf", ".hidden.txt", ".git/config", "deep/.d.txt")
    assert names(sources) == ["a.md", "b.txt", "deep/er/c.pdf"]


def test_hidden_is_what_is_hidden_within_the_folder(tmp_path: Path) -> None:
    """A library may stand in a hidden folder."""
    touch(tmp_path, ".hidden/a.txt")
    assert names(tmp_path / ".hidden") == ["a.txt"]


def test_the_ignore_file_is_as_gitignore(sources: Path) -> None:
    """Patterns, folders, comments and exceptions."""
    touch(sources, "a.txt", "b.log", "keep.log", "drafts/x.txt", "old/drafts/y.txt", "top.md")
    (sources / IGNORE_FILE).write_text("# mine\n*.log\n!keep.log\ndrafts/\n/top.md\n")
    assert names(sources) == ["a.txt", "keep.log"]


def test_a_wrong_ignore_file_is_told(sources: Path) -> None:
    """With its path; nothing counts as gone."""
    touch(sources, "a.txt")
    (sources / IGNORE_FILE).write_text("!\n")
    found = find_sources([str(sources)])
    assert (found.sources, found.folders) == ((), ())
    assert IGNORE_FILE in found.failed[str(sources)]


def test_each_source_is_there_once(sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named twice, by another path, or as part of its folder."""
    touch(sources, "a.txt", "b.txt")
    monkeypatch.chdir(sources)
    arguments = ["b.txt", str(sources), str(sources / "a.txt"), "./b.txt", f"{sources}/../sources"]
    assert names(sources, *arguments) == ["b.txt", "a.txt"]
    twice = find_sources(["https://example.org/a", "https://example.org/a"])
    assert [source.id for source in twice.sources] == ["https://example.org/a"]


def test_links_can_be_opened(sources: Path) -> None:
    """An address is its own link, a file has a file address."""
    touch(sources, "a b.txt")
    file, address = find_sources([str(sources), "https://example.org/x?y=1"]).sources
    assert (file.id, file.path) == (str(sources / "a b.txt"), sources / "a b.txt")
    assert file.link == (sources / "a b.txt").as_uri()
    assert (address.id, address.path) == ("https://example.org/x?y=1", None)
    assert address.link == address.id


@pytest.mark.parametrize(
    ("argument", "reason"),
    [
        ("/no/such/file.txt", "no such file"),
        ("", "cannot be looked up|no such file|no files"),
        ("ftp://example.org/a.pdf", "only http and https"),
        ("x" * 5000, "cannot be looked up"),
        ("~no-such-user/a.txt", "cannot be looked up"),
    ],
)
def test_an_argument_that_leads_nowhere_fails_alone(
    sources: Path, monkeypatch: pytest.MonkeyPatch, argument: str, reason: str
) -> None:
    """With a reason; the others are found."""
    touch(sources, "a.txt")
    (sources / "empty").mkdir()
    monkeypatch.chdir(sources / "empty")
    found = find_sources([argument, str(sources / "a.txt")])
    assert [Path(source.id).name for source in found.sources] == ["a.txt"]
    assert list(found.failed) == [argument]
    assert any(part in found.failed[argument] for part in reason.split("|"))


def test_an_empty_folder_fails_and_counts_as_not_read(sources: Path) -> None:
    """So nothing is removed because of it."""
    (sources / ".hidden").write_text("x")
    found = find_sources([str(sources)])
    assert (found.sources, found.folders) == ((), ())
    assert "nothing removed" in found.failed[str(sources)]


def test_a_folder_in_the_home_folder_is_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A quoted "~" is not opened by the shell."""
    monkeypatch.setenv("HOME", str(tmp_path))
    touch(tmp_path, "papers/a.txt")
    found = find_sources(["~/papers"])
    assert found.folders == ((tmp_path / "papers").resolve(),)
    assert len(found.sources) == 1


def test_a_name_that_is_no_utf8_can_be_stored(sources: Path) -> None:
    """The file is still found under its real name."""
    path = os.fsencode(sources) + b"/caf\xe9.txt"
    with open(path, "w") as file:  # noqa: PTH123
        file.write("text")
    (source,) = find_sources([str(sources)]).sources
    assert source.id.encode("utf-8").endswith(b"caf\\udce9.txt")
    assert source.path is not None
    assert source.path.read_text() == "text"
    assert source.link.endswith("caf%E9.txt")


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    """A pipe would hold a reader for ever; a link may lead nowhere or to itself."""
    (tmp_path / "a.txt").write_text("text")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    (tmp_path / "dead.txt").symlink_to("nowhere")
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    found = find_sources([str(tmp_path)])
    assert [source.path.name for source in found.sources if source.path] == ["a.txt"]
    assert sorted(Path(name).name for name in found.failed) == ["dead.txt", "loop.txt", "pipe.txt"]
    assert "pipe" in found.failed[str(tmp_path / "pipe.txt")]


def test_a_folder_without_permission_is_told_and_nothing_of_it_has_gone() -> None:
    """What cannot be seen may still be there."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        (folder / "closed").mkdir()
        (folder / "closed" / "a.txt").write_text("text")
        (folder / "open.txt").write_text("text")
        folder.chmod(0o755)
        (folder / "closed").chmod(0)
        user = os.geteuid()
        try:
            if user == 0:
                # The owner of the machine may look into every folder.
                os.seteuid(65534)
            found = find_sources([str(folder)])
        finally:
            os.seteuid(user)
            (folder / "closed").chmod(0o755)
    assert [source.path.name for source in found.sources if source.path] == ["open.txt"]
    assert list(found.failed) == [str(folder / "closed")]
    known = [str(folder / name) for name in ("closed/a.txt", "open.txt", "old.txt")]
    assert gone_from_folders(known, found) == [str(folder / "old.txt")]
