"""Collections: what is kept survives, in its order, whoever else writes at the same time."""

import json
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest
from collecting_worker import add_twenty
from samples import PDF_FILE, WEB_PAGE, ranked
from support import FakeEmbedder, load_fake, write_text

from index.errors import CollectionError
from index.search import open_index, search
from index.sentences import Span
from ingest.pipeline import ingest
from search_app import excerpts
from search_app.excerpts import Excerpt, excerpt_of
from search_app.exchange import MOST_BYTES, export_collection, import_collection
from search_app.finding_again import find_again
from search_app.keeping import (
    ENVIRONMENT_VARIABLE,
    MOST_NAME_CHARACTERS,
    Collections,
    Item,
    collections_of,
)

TEXT = "Stress raises interleukin-6. It falls again within a day."
QUOTE = Span(0, 28)


@pytest.fixture
def kept(tmp_path: Path) -> Collections:
    """Collections in a file of their own, which does not exist yet."""
    return Collections(tmp_path / "kept.db")


def excerpt(text: str = TEXT) -> Excerpt:
    """A sentence of a web page."""
    return excerpt_of(ranked(text), QUOTE if text == TEXT else None, "does stress raise IL-6?")


def quotes(kept: Collections, name: str = "Talk") -> list[str]:
    """What a collection holds, in its order."""
    return [item.excerpt.quote for item in kept.items(name)]


def filled(kept: Collections, *texts: str) -> list[int]:
    """Keys of items of these texts."""
    kept.add("Talk", [Item(excerpt(text)) for text in texts])
    return [item.key for item in kept.items("Talk")]


def test_nothing_is_written_before_something_is_collected(kept: Collections) -> None:
    """To look costs nothing and leaves nothing."""
    assert (kept.names(), kept.items("Talk")) == ([], [])
    assert not kept.path.exists()


def test_excerpt_comes_back_as_it_was_collected(kept: Collections) -> None:
    """With its note and every fact that a reference needs."""
    added = excerpt()
    assert added.quote == "Stress raises interleukin-6."
    assert added.around == ("", " It falls again within a day.")
    kept.add("Talk", [Item(added, "first slide\x00")])
    (item,) = kept.items("Talk")
    assert (item.excerpt, item.note) == (added, "first slide")
    assert item.excerpt.document.authors == ["Ada Byron"]


def test_same_quote_is_kept_once_in_a_collection(kept: Collections) -> None:
    """With the note it had; another collection may hold it too."""
    assert kept.add("Talk", [Item(excerpt(), "mine")]) == 1
    assert kept.add("Talk", [Item(excerpt(), "other")]) == 0
    assert kept.add("Another", [Item(excerpt())]) == 1
    assert [item.note for item in kept.items("Talk")] == ["mine"]
    assert kept.names() == ["Talk", "Another"]


def test_items_move_and_go(kept: Collections) -> None:
    """One step at a time; at the ends nothing happens."""
    a, _, c = filled(kept, "a", "b", "c")
    kept.move(c, -1)
    assert quotes(kept) == ["a", "c", "b"]
    kept.move(a, -1)
    kept.move(a, 1)
    kept.move(a, 1)
    kept.move(a, 1)
    assert quotes(kept) == ["c", "b", "a"]
    kept.remove(c)
    kept.remove(c)
    kept.move(c, 1)
    assert quotes(kept) == ["b", "a"]
    kept.annotate(a, "a note\nof two lines")
    assert kept.items("Talk")[1].note == "a note\nof two lines"


def test_collections_are_named_renamed_and_deleted(kept: Collections) -> None:
    """With what they hold."""
    filled(kept, "a")
    assert kept.create(" New\none ") == "New one"
    assert kept.rename("Talk", "Lecture") == "Lecture"
    assert quotes(kept, "Lecture") == ["a"]
    with pytest.raises(CollectionError, match="Choose another name"):
        kept.rename("Lecture", "New one")
    kept.delete("Lecture")
    assert (kept.names(), quotes(kept, "Lecture")) == (["New one"], [])


@pytest.mark.parametrize("name", ["", " \n", "\x00", "x" * (MOST_NAME_CHARACTERS + 1)])
def test_name_has_to_be_one(kept: Collections, name: str) -> None:
    """And the message says what one is."""
    with pytest.raises(CollectionError, match="has 1 to 100 characters"):
        kept.create(name)


def test_two_processes_lose_nothing_of_each_other(kept: Collections) -> None:
    """Nor do the threads of one; each item has a place of its own."""
    with get_context("spawn").Pool(2) as pool, ThreadPoolExecutor(2) as threads:
        others = pool.starmap_async(add_twenty, [(kept.path, 1), (kept.path, 2)])
        own = [threads.submit(add_twenty, kept.path, writer) for writer in (3, 4)]
        assert sum(others.get(200)) + sum(each.result(200) for each in own) == 80
    assert len(quotes(kept)) == len(set(quotes(kept))) == 80
    with sqlite3.connect(kept.path) as connection:
        places = [row[0] for row in connection.execute("SELECT position FROM item")]
    connection.close()
    assert len(set(places)) == 80


def test_file_that_is_none_is_named(tmp_path: Path) -> None:
    """Damaged, of a newer version, or in a folder that is not there."""
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(b"noise" * 500)
    with pytest.raises(CollectionError, match=r"damaged\.db cannot be used"):
        Collections(damaged).names()
    newer = tmp_path / "newer.db"
    with sqlite3.connect(newer) as connection:
        connection.execute("PRAGMA user_version = 9")
    connection.close()
    with pytest.raises(CollectionError, match="written by a newer Citewell"):
        Collections(newer).names()
    with pytest.raises(CollectionError, match=ENVIRONMENT_VARIABLE):
        Collections(tmp_path / "none" / "kept.db").create("Talk")


def test_collections_lie_beside_the_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not in it: its folder may be deleted and made again."""
    monkeypatch.delenv(ENVIRONMENT_VARIABLE, raising=False)
    assert collections_of(tmp_path / "built").path == tmp_path.resolve() / "built.collections.db"
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path / "mine.db"))
    assert collections_of(tmp_path / "built").path == tmp_path / "mine.db"


def test_collection_goes_to_a_file_and_back() -> None:
    """The same items in the same order; of a local file its name, but not where it lies."""
    local = excerpt_of(ranked(TEXT, PDF_FILE, page=3), QUOTE, "sleep?")
    items = [Item(excerpt(), "one"), Item(local, "two")]
    data = export_collection("Talk", items)
    assert b"/papers" not in data
    name, back = import_collection(data)
    assert (name, [item.note for item in back]) == ("Talk", ["one", "two"])
    assert back[0].excerpt == items[0].excerpt
    assert back[1].excerpt == replace(
        local, document=replace(local.document, id="sleep.pdf", link="")
    )


def changed(**changes: object) -> bytes:
    """A collection's file with other contents for what is named."""
    content = json.loads(export_collection("Talk", [Item(excerpt(), "one")]))
    for path, value in changes.items():
        place, _, key = path.rpartition("__")
        target = content
        for step in filter(None, place.split("__")):
            target = target[int(step) if step.isdigit() else step]
        target[key] = value
    return json.dumps(content).encode()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no JSON"),
        (b"\xff\xfe\x00", "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b"[]", "not a collection"),
        (b'{"format": "other"}', "not a collection"),
        (changed(version=2), "has version 2; this Citewell reads version 1"),
        (changed(name=""), "has 1 to 100 characters"),
        (changed(items={}), "lists at most"),
        (changed(items=[{}] * 1_001), "lists at most"),
        (changed(items=["x"]), "Item 1 of this file is damaged"),
        (changed(items=[{"note": "x"}]), "Item 1 of this file is damaged"),
        (changed(items__0__note=7), "Item 1 of this file is damaged"),
        (changed(items__0__excerpt__quote=""), "it quotes nothing"),
        (changed(items__0__excerpt__quote=["x"]), "a text is missing"),
        (changed(items__0__excerpt__passage="x" * 50_001), "too long"),
        (changed(items__0__excerpt__start=-1), "a number is none"),
        (changed(items__0__excerpt__page=True), "a number is none"),
        (changed(items__0__excerpt__more="x"), "unexpected keyword"),
        (changed(items__0__excerpt__document="x"), "missing"),
        (changed(items__0__excerpt__document__metadata=[]), "its document is incomplete"),
        (changed(items__0__excerpt__document__metadata__authors=[{}]), "a text is missing"),
        (changed(items__0__excerpt__link="javascript:alert(1)"), "its link is no web address"),
        (b" " * (MOST_BYTES + 1), "a collection has at most"),
    ],
)
def test_file_that_is_no_collection_is_refused(data: bytes, message: str) -> None:
    """With the reason, and the number of the item."""
    with pytest.raises(CollectionError, match=message):
        import_collection(data)


def test_imported_file_brings_neither_links_to_files_nor_unknown_facts() -> None:
    """It was made by someone else."""
    data = changed(
        items__0__excerpt__document__link="file:///etc/passwd",
        items__0__excerpt__document__title="Kelp\x00 \ud800forests",
        items__0__excerpt__document__metadata={"kind": "html", "surprise": {"a": 1}},
    )
    _, (item,) = import_collection(data)
    document = item.excerpt.document
    assert (document.link, document.title) == ("", "Kelp forests")
    assert document.metadata == {"kind": "html"}


def collected(folder: Path, question: str) -> Excerpt:
    """The best passage of an index."""
    index = open_index(folder, load_fake)
    found = search(index, question)[0]
    index.close()
    return excerpt_of(found, None, question)


def standing(folder: Path, wanted: Excerpt) -> tuple[str, str]:
    """The text that is found again, and the reason where it is not."""
    index = open_index(folder, load_fake)
    (found,) = find_again(index, [wanted])
    index.close()
    if found.found is None or found.mark is None:
        return "", found.reason
    text = found.found.passage.text[found.mark.start : found.mark.end]
    assert found.excerpt.quote == text
    return text, found.reason


def test_quote_is_found_again_after_the_library_was_read_anew(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """At its place, at another place, in a moved file; and it is said when it is gone."""
    body = "Kelp breaks the waves of storms. It grows in cold water."
    path = write_text(sources, "kelp.txt", "Kelp", body)
    ingest([str(sources)], index_folder, fake)
    wanted = replace(
        collected(index_folder, "kelp waves"), quote="Kelp breaks the waves of storms."
    )
    assert standing(index_folder, wanted) == (wanted.quote, "")

    write_text(
        sources, "kelp.txt", "Kelp", "A new beginning.\n\n" + body.replace("waves of", "waves\nof")
    )
    ingest([str(sources)], index_folder, fake)
    found, reason = standing(index_folder, wanted)
    assert (" ".join(found.split()), reason) == (wanted.quote, "")

    elsewhere = sources / "elsewhere"
    elsewhere.mkdir()
    path.rename(elsewhere / "kelp.txt")
    ingest([str(sources)], index_folder, fake)
    assert " ".join(standing(index_folder, wanted)[0].split()) == wanted.quote

    write_text(elsewhere, "kelp.txt", "Kelp", "Nothing of the kind.")
    ingest([str(sources)], index_folder, fake)
    assert "no longer holds these words" in standing(index_folder, wanted)[1]

    (elsewhere / "kelp.txt").unlink()
    write_text(sources, "other.txt", "Other", "Whales sing.")
    ingest([str(sources)], index_folder, fake)
    assert "no longer holds this document" in standing(index_folder, wanted)[1]


def test_quote_of_another_page_is_found_on_its_own() -> None:
    """The page it was on comes first where the words stand on several."""
    assert excerpt_of(ranked(TEXT, WEB_PAGE), None).quote == TEXT
    assert excerpt_of(ranked(TEXT, WEB_PAGE), QUOTE).link.startswith(WEB_PAGE.link + "#:~:text=")
    assert excerpt_of(ranked(TEXT, PDF_FILE, page=3), QUOTE).link == ""


def test_no_module_of_the_pages_has_the_name_of_one_of_python() -> None:
    """Streamlit puts their folder first in the path: the child that draws a page would take it."""
    folder = Path(excerpts.__file__).parent
    names = {path.stem for path in folder.iterdir() if path.suffix == ".py" or path.is_dir()}
    assert names.isdisjoint(sys.stdlib_module_names)
