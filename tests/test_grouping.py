"""Versions of one document: found at ingest, one card in the list, one voice in the answer."""

from contextlib import closing
from pathlib import Path

from samples import ranked
from support import FakeEmbedder, load_fake, write_text
from test_reports import problems

from index.documents import Document
from index.quoting import verify_quote
from index.search import open_index, search
from ingest.pipeline import ingest
from search_app.answering import answer_question
from search_app.finding import find
from search_app.nearness import nearness_to
from search_app.quotes import Quote
from search_app.report_cards import card_lines, report_card
from search_app.reports import status_report
from search_app.scoring import ScoredQuote

# Sixty-four sentences, each with words of its own.
ABSTRACT = " ".join(f"Finding {n} says that stress number{n} raises marker{n}." for n in range(16))
BODY = " ".join(f"Method {n} was used on group{n} in the year {1900 + n}." for n in range(48))


def versions_of(folder: Path) -> set[tuple[str, ...]]:
    """Groups of versions, by file name."""
    with closing(open_index(folder, load_fake)) as index:
        return {tuple(Path(id_).name for id_ in group) for group in index.versions.values()}


def test_an_abstract_and_its_full_text_are_versions(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """Whichever is read first; when one goes, the other stands alone."""
    write_text(sources, "abstract.txt", "Stress and markers", ABSTRACT)
    write_text(sources, "other.txt", "Other markers", BODY)
    ingest([str(sources)], index_folder, fake)
    assert versions_of(index_folder) == set()
    full = write_text(sources, "full.txt", "Stress and Markers.", f"{ABSTRACT}\n\n{BODY}")
    ingest([str(sources)], index_folder, fake)
    assert versions_of(index_folder) == {("abstract.txt", "full.txt")}
    full.unlink()
    ingest([str(sources)], index_folder, fake)
    assert versions_of(index_folder) == set()


def test_a_part_under_another_title_is_no_version_but_a_reprint_is(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """A book of abstracts is no version of each of them."""
    write_text(sources, "abstract.txt", "Stress and markers", ABSTRACT)
    write_text(sources, "book.txt", "All the abstracts of a year", f"{BODY}\n\n{ABSTRACT}")
    write_text(sources, "reprint.txt", "News: your body talks", f"{ABSTRACT} All rights reserved.")
    ingest([str(sources)], index_folder, fake)
    assert versions_of(index_folder) == {("abstract.txt", "reprint.txt")}


def test_versions_do_not_crowd_the_list(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """What they say in the same words stands there once, and the others are named."""
    for number in range(4):
        write_text(sources, f"v{number}.txt", "Stress and markers", f"{ABSTRACT} Copy {number}.")
    write_text(sources, "other.txt", "Other markers", BODY)
    ingest([str(sources)], index_folder, fake)
    with closing(open_index(index_folder, load_fake)) as index:
        found = search(index, "stress number3 raises marker3")
        names = [Path(one.document.id).name for one in found]
        assert len([name for name in names if name.startswith("v")]) == 1
        assert "other.txt" in names
        assert [one.rank for one in found] == list(range(1, len(found) + 1))
        findings = find(index, "stress number3 raises marker3")
        assert problems("status", status_report(index)) == []
        (shown,) = (one for one in found if "v" in Path(one.document.id).name)
        assert len(findings.versions[shown.document.id]) == 3


def test_an_answer_quotes_a_document_and_its_versions_once() -> None:
    """As one voice, not two."""
    preprint = Document("p", "Preprint", "")
    article = Document("a", "Article", "")
    text = "Stress of any kind raises the marker."
    scored = [
        ScoredQuote(Quote(text, ranked(text, document), 0, len(text)), 0.9)
        for document in (preprint, article)
    ]
    near = nearness_to(FakeEmbedder(), text)
    versions = dict.fromkeys("ap", ("a", "p"))
    assert len(answer_question(scored, near, 0.0).quotes) == 2
    assert len(answer_question(scored, near, 0.0, versions).quotes) == 1


def test_only_a_quote_that_stands_at_its_place_is_verified(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """Neither other words nor a range beyond the passage."""
    write_text(sources, "a.txt", "Sleep", "Caf\u00e9 \U0001f600 first. Sleep helps immune cells.")
    ingest([str(sources)], index_folder, fake)
    with closing(open_index(index_folder, load_fake)) as index:
        (passage,) = (one.passage for one in search(index, "sleep"))
        quote = "Sleep helps immune cells."
        start = passage.text.index(quote)
        end = start + len(quote)
        assert verify_quote(index.database, passage.id, start, end, quote)
        assert not verify_quote(index.database, passage.id, start, end, quote.upper())
        assert not verify_quote(index.database, passage.id, start - 1, end, quote)
        assert not verify_quote(index.database, passage.id, start, end + 1, f"{quote}\n")
        assert not verify_quote(index.database, passage.id + 1, start, end, quote)


def test_a_report_card_tells_what_the_reader_told() -> None:
    """And nothing of what it did not tell."""
    reading = {
        "reader": "pypdfium2",
        "pages": 9,
        "pages_without_text": [3],
        "columns": 2,
        "boilerplate_characters": 1200,
        "warnings": ["Page 4 is a picture."],
    }
    document = Document("a", "A", "", metadata={"reading": reading, "origins": {"doi": "JATS"}})
    assert not document.is_read_fully
    assert card_lines(report_card(document)) == [
        ("Reader", "pypdfium2"),
        ("Pages", "9"),
        ("Pages without text", "3"),
        ("Columns", "2"),
        ("Characters removed as boilerplate", "1,200"),
        ("Description from", "JATS (doi)"),
        ("Warning", "Page 4 is a picture."),
    ]
    assert Document("b", "B", "", metadata={"reader": "text"}).is_read_fully
