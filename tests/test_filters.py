"""Filters: which documents pass, and that a search within them misses none."""

from pathlib import Path

import numpy as np
import pytest
from library_fixture import run_citewell
from support import FakeEmbedder, load_fake

from index.documents import Document, Page, Passage
from index.errors import FilterError
from index.filters import Filter, allow, why_nothing
from index.retrievers import RETRIEVERS, available_retrievers
from index.search import Index, open_index, rank_documents, search
from index.writer import open_writer

DOCUMENTS, PASSAGES_EACH = 200, 5


def a_document(identity: str = "/home/a/papers/2020/x.pdf", **metadata: object) -> Document:
    """A document of which only the description counts."""
    return Document(identity, "Title", "", metadata=metadata)


@pytest.mark.parametrize(
    ("filters", "document", "passes"),
    [
        (Filter(), a_document(), True),
        (Filter(kinds=("PDF", "html")), a_document(kind="pdf"), True),
        (Filter(kinds=("html",)), a_document(kind="pdf"), False),
        (Filter(kinds=("html",)), a_document(), False),
        (Filter(tags=("Sleep",)), a_document(tags=["work", "sleep"]), True),
        (Filter(tags=("sleep",)), a_document(tags=["sleepless"]), False),
        (Filter(languages=("en",)), a_document(language="en-GB"), True),
        (Filter(languages=("en-GB",)), a_document(language="en"), False),
        (Filter(documents=frozenset({"/a.txt"})), a_document("/a.txt"), True),
        (Filter(documents=frozenset({"/a.txt"})), a_document("/b.txt"), False),
        (Filter(documents=frozenset()), a_document("/a.txt"), False),
        (Filter(kinds=("pdf",), tags=("sleep",)), a_document(kind="pdf", tags=["sleep"]), True),
        (Filter(kinds=("pdf",), tags=("sleep",)), a_document(kind="pdf"), False),
    ],
)
def test_each_part_holds_and_any_value_of_it_will_do(
    filters: Filter, document: Document, passes: bool
) -> None:
    """In any case of letters."""
    assert filters.accepts(document) is passes


@pytest.mark.parametrize(
    ("since", "until", "date", "passes"),
    [
        ("2020", "", "2020-01-01", True),
        ("2020", "", "2019-12-31", False),
        ("", "2020", "2020-12-31", True),
        ("", "2020", "2021-01-01", False),
        ("2020-03", "2020-03", "2020-03-31", True),
        ("2020-03", "2020-05", "2020", True),  # it may be
        ("2020-03", "", "2019", False),
        ("2020", "2021", "2021-06-01T10:00:00", True),
        ("2020", "", "", False),
        ("", "2020", "spring", False),
    ],
)
def test_dates_are_compared_as_far_as_they_are_known(
    since: str, until: str, date: str, passes: bool
) -> None:
    """A year reaches from its first day to its last."""
    assert Filter(since=since, until=until).accepts(a_document(date=date)) is passes


@pytest.mark.parametrize("date", ["last year", "20", "2020-3", "2020-03-01T10:00"])
def test_what_is_no_date_is_refused(date: str) -> None:
    """With an example of what is."""
    with pytest.raises(FilterError, match="2020-03"):
        Filter(since=date)


@pytest.mark.parametrize(
    ("source", "document", "passes"),
    [
        ("papers", a_document(), True),
        ("papers/2020", a_document(), True),
        ("/home/a/papers/", a_document(), True),
        ("paper", a_document(), False),
        ("2020/papers", a_document(), False),
        ("example.org", a_document("https://www.example.org/sleep"), True),
        ("www.example.org", a_document("https://example.org/sleep"), True),
        ("https://example.org/", a_document("https://example.org/sleep"), True),
        ("ample.org", a_document("https://example.org/sleep"), False),
        ("the lancet", a_document(site="The Lancet"), True),
        ("", a_document("https://example.org/sleep"), False),
    ],
)
def test_a_source_is_a_folder_a_host_or_a_site(
    source: str, document: Document, passes: bool
) -> None:
    """Whole names of folders only."""
    assert Filter(sources=(source,)).accepts(document) is passes


def test_the_part_that_nothing_passes_is_named() -> None:
    """With what there is; or that it is the parts together."""
    documents = [
        a_document(kind="pdf", date="2019", tags=["sleep"]),
        a_document(kind="html", date="2021-05-01", language="en"),
    ]
    assert why_nothing(Filter(kinds=("docx", "odt")), documents) == (
        "No document of the library passes the filter kind = docx, odt. There are: html, pdf."
    )
    assert "dated 2019 to 2021-05-01" in why_nothing(Filter(since="2022"), documents)
    together = why_nothing(Filter(kinds=("html",), tags=("sleep",)), documents)
    assert together == "No document of the library passes all parts of the filter at once."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """200 documents of five passages; tags thin them out to a half, a twentieth, and one."""
    folder, fake = tmp_path_factory.mktemp("filtered"), FakeEmbedder()
    rarer = {"half": 2, "twentieth": 20, "one": DOCUMENTS}
    with open_writer(folder, fake, 100) as writer:
        for number in range(DOCUMENTS):
            texts = [f"Sleep and stress number {number * p} of {number}" for p in range(1, 6)]
            passages, start = [], 0
            for position, text in enumerate(texts):
                end = start + len(text)
                passages.append(Passage(0, "", position, text, start=start, end=end))
                start = end + 1
            tags = [tag for tag, every in rarer.items() if number % every == 0]
            pages = (Page("\n".join(texts)),)
            document = Document(f"/d/{number}.txt", f"Text {number}", "", pages, str(number))
            document.metadata.update(kind="text", tags=tags)
            writer.add_document(document, passages, fake.embed_passages(texts))
        writer.publish()
    return open_index(folder, load_fake)


@pytest.mark.parametrize("retriever", ["meaning", "words"])
@pytest.mark.parametrize(("tag", "kept"), [("half", 500), ("twentieth", 50), ("one", 5)])
def test_within_a_filter_are_the_best_of_all_that_pass(
    library: Index, retriever: str, tag: str, kept: int
) -> None:
    """The whole ranking without what does not pass: none is lost, and no score changes."""
    question, everything = "does sleep help with stress number 60", DOCUMENTS * PASSAGES_EACH
    find = RETRIEVERS[retriever]
    allowed = library.allowed(Filter(tags=(tag,)))
    assert allowed is not None
    assert allowed.passages.size == kept
    whole = find(library, question, everything, None)
    assert len(whole) == everything
    expected = [hit for hit in whole if hit.passage_id in set(allowed.passages.tolist())]
    found = find(library, question, 100, allowed)
    assert len(found) == min(kept, 100)
    scores = [hit.score for hit in found]
    assert scores == pytest.approx([hit.score for hit in expected[:100]], rel=1e-5)
    assert {hit.passage_id for hit in found} <= {hit.passage_id for hit in expected}


@pytest.mark.parametrize("retriever", available_retrievers())
def test_search_and_documents_show_only_what_passes(library: Index, retriever: str) -> None:
    """However rare it is; and without a filter, others come first."""
    filters = Filter(tags=("one",))
    found = search(library, "sleep number 199", 10, retriever, filters)
    assert {one.document.id for one in found} == {"/d/0.txt"}
    assert len(found) == PASSAGES_EACH
    ranked = rank_documents(library, "sleep number 199", 10, retriever, filters)
    assert [name for name, _ in ranked] == ["/d/0.txt"]
    assert search(library, "sleep number 199", 1, "words")[0].document.id == "/d/199.txt"


@pytest.mark.parametrize("retriever", available_retrievers())
def test_a_value_that_no_document_has_finds_nothing(library: Index, retriever: str) -> None:
    """It is no error."""
    assert search(library, "sleep", 10, retriever, Filter(kinds=("docx",))) == []


def test_a_filter_is_looked_up_once(library: Index) -> None:
    """FAISS and tantivy keep what they make of it."""
    assert library.allowed(Filter(tags=("half",))) is library.allowed(Filter(tags=("half",)))
    assert library.allowed(Filter()) is None


def test_documents_of_other_builds_do_not_pass(index_folder: Path, fake: FakeEmbedder) -> None:
    """A document that was removed has no keys in the next build."""
    vectors = np.eye(2, fake.dimension, dtype=np.float32)
    document = Document("/d/a.txt", "A", "", (Page("one two"),), metadata={"kind": "text"})
    passages = [Passage(0, "", 0, "one", start=0, end=3), Passage(0, "", 1, "two", start=4, end=7)]
    with open_writer(index_folder, fake, 100) as writer:
        writer.add_document(document, passages, vectors)
        writer.publish()
        writer.retire_document("/d/a.txt")
        writer.publish()
        kept = allow(Filter(kinds=("text",)), writer.database, 1)
        gone = allow(Filter(kinds=("text",)), writer.database, 2)
    assert kept is not None
    assert gone is not None
    assert (kept.passages.tolist(), gone.passages.tolist()) == ([1, 2], [])


@pytest.mark.parametrize("command", ["search", "ask"])
def test_commands_say_why_a_filter_leaves_nothing(built_folder: Path, command: str) -> None:
    """And end well."""
    done = run_citewell(command, "stress", "--json", "--kind", "docx", index=built_folder)
    assert done.returncode == 0
    assert '"hits": []' in done.stdout
    assert "No document of the library passes the filter kind = docx" in done.stderr


def test_options_limit_the_search(built_folder: Path) -> None:
    """To a folder and a kind; and what is no date is wrong usage."""
    options = ["--kind", "markdown", "--source", "library", "--language", "en", "--to", "2999"]
    done = run_citewell("search", "stress", "--json", *options, index=built_folder)
    assert '"kind": "markdown"' in done.stdout, done.stderr
    done = run_citewell("search", "stress", "--from", "soon", index=built_folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "'soon' is not a date" in done.stderr
