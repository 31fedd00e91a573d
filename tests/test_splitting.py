"""Splitting: passages are ranges of their page, in order, within the limit, and nothing is lost."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import FakeEmbedder

from index.context import text_to_embed
from index.documents import Document, Page
from index.embedder import Embedder
from ingest.splitting import PASSAGE_TOKENS, split_passages

LIMIT = 12
count_tokens = FakeEmbedder().count_tokens

WORDS = st.text("abcdefgh", min_size=1, max_size=6)
SENTENCES = st.lists(WORDS, min_size=1, max_size=25).map(lambda words: " ".join(words) + ".")
BLOCKS = st.one_of(
    st.lists(SENTENCES, min_size=1, max_size=4).map(" ".join),
    st.tuples(st.sampled_from(["#", "##", "###"]), WORDS).map(" ".join),
    st.just("## References"),
    st.text(max_size=40),
)
TEXTS = st.lists(BLOCKS, max_size=6).map("\n\n".join)
NOT_RANKED = "References"


def document(*texts: str) -> Document:
    """Numbered pages."""
    pages = tuple(Page(text, number, f"p{number}") for number, text in enumerate(texts, 1))
    return Document("id", "The title", "link", pages)


def untitled(text: str) -> Document:
    """A title and a heading count as part of a passage; here there are none."""
    return Document("id", "", "link", (Page(text),))


def words_outside_headings(text: str) -> str:
    """All characters but space, headings and what stands under a reference heading."""
    kept: list[str] = []
    ranked = True
    for part in re.split(r"^(#{1,6} +.+)$", text, flags=re.MULTILINE):
        if re.match(r"#{1,6} +.", part):
            ranked = part.strip(" #") != NOT_RANKED
        elif ranked:
            kept.append(part)
    return "".join("".join(kept).split())


@settings(deadline=None)
@given(st.lists(TEXTS, max_size=3))
def test_passages_are_ranges_of_their_page_in_order(texts: list[str]) -> None:
    """None empty, none over the limit, none over a page's edge, numbered from 0."""
    one = document(*texts)
    passages = split_passages(one, count_tokens, LIMIT)
    assert [passage.position for passage in passages] == list(range(len(passages)))
    ends: dict[int, int] = {}
    last_page = 0
    for passage in passages:
        assert passage.page is not None
        assert passage.page >= last_page
        last_page = passage.page
        assert passage.text == one.pages[passage.page - 1].text[passage.start : passage.end]
        assert passage.text.strip()
        assert passage.start >= ends.get(passage.page, 0)
        ends[passage.page] = passage.end
        assert count_tokens(passage.text) <= LIMIT
        assert passage.page_label == f"p{passage.page}"


FLAT_BLOCKS = st.one_of(
    st.lists(SENTENCES, min_size=1, max_size=4).map(" ".join),
    WORDS.map("## {}".format),
    st.just("## References"),
    st.text(max_size=40).filter(lambda text: "#" not in text),
)


@settings(deadline=None)
@given(st.lists(FLAT_BLOCKS, max_size=8).map("\n\n".join))
def test_no_word_is_lost_besides_headings_and_references(text: str) -> None:
    """Every other character is in exactly one passage."""
    passages = split_passages(document(f"First.\n\n{text}"), count_tokens, LIMIT)
    expected = f"First.{words_outside_headings(text)}"
    assert "".join("".join(p.text.split()) for p in passages) == expected


def test_a_heading_goes_on_over_the_page() -> None:
    """Until the next one."""
    one = document("## Methods\n\nOne.", "Two.\n\n## Results\n\nThree.")
    passages = split_passages(one, len, 99)
    assert [(p.heading, p.page, p.text) for p in passages] == [
        ("Methods", 1, "One."),
        ("Methods", 2, "Two."),
        ("Results", 2, "Three."),
    ]


def test_headings_are_nested() -> None:
    """Outer to inner; a heading ends those at its level and below."""
    text = "# A\n\none\n\n## B\n\ntwo\n\n### C\n\nthree\n\n## D\n\nfour\n\n# E\n\nfive"
    headings = [passage.heading for passage in split_passages(document(text), len, 99)]
    assert headings == ["A", "A \u203a B", "A \u203a B \u203a C", "A \u203a D", "E"]


def test_the_title_is_no_section() -> None:
    """Though it is marked as a heading."""
    passages = split_passages(document("# The title\n\none\n\n## B\n\ntwo"), len, 99)
    assert [passage.heading for passage in passages] == ["", "B"]


@pytest.mark.parametrize(
    "heading", ["References", "REFERENCES", "7. References", "Bibliography", "Literature Cited:"]
)
def test_reference_lists_give_no_passages(heading: str) -> None:
    """But what follows them does."""
    text = f"## Results\n\nIt works.\n\n## {heading}\n\nLee. A paper.\n\n## Appendix\n\nMore."
    texts = [passage.text for passage in split_passages(document(text), len, 99)]
    assert texts == ["It works.", "More."]


@pytest.mark.parametrize(
    ("heading", "ranked"),
    [
        ("Funding", False),
        ("Acknowledgements", False),
        ("ACKNOWLEDGMENTS AND FUNDING", False),
        ("5.1 Conflict of Interest Statement", False),
        ("Declaration of competing interest", False),
        ("Authors\u2019 contributions", False),
        ("Funding of hospitals", True),
        ("Conflicts", True),
        ("Interest in sleep", True),
    ],
)
def test_who_paid_and_thanked_is_not_ranked(heading: str, *, ranked: bool) -> None:
    """Sections on the matter itself are, whatever words they share."""
    found = document(f"It works.\n\n## {heading}\n\nWe thank them all.")
    passages = split_passages(found, count_tokens, LIMIT)
    assert any(passage.heading == heading for passage in passages) is ranked


def test_references_go_on_over_the_page() -> None:
    """Until the next heading."""
    one = document("It works.\n\n## References\n\n1. Lee.", "2. Kim.\n\n## Thanks\n\nTo all.")
    assert [p.text for p in split_passages(one, len, 99)] == ["It works.", "To all."]


def test_sentences_stay_whole_and_as_many_as_fit_go_together() -> None:
    """Four tokens each with the full stop, at most ten: two and two."""
    text = "One two three. Four five six. Seven eight nine. Ten eleven twelve."
    texts = [p.text for p in split_passages(document(text), count_tokens, 4 + 4 + 2)]
    assert texts == ["One two three. Four five six.", "Seven eight nine. Ten eleven twelve."]


def test_only_a_sentence_that_is_too_long_is_cut() -> None:
    """Between words."""
    text = " ".join(f"word{number}" for number in range(30)) + "."
    passages = split_passages(document(text), count_tokens, 10)
    assert len(passages) == 4
    assert " ".join(p.text for p in passages) == text


def test_a_word_longer_than_any_passage_is_cut() -> None:
    """Characters counted as tokens."""
    passages = split_passages(untitled("x" * 95), len, 10)
    assert [len(passage.text) for passage in passages] == [10] * 9 + [5]


def test_title_and_heading_count_as_part_of_a_passage() -> None:
    """What the model is given is within its limit; half of that is the text's in any case."""
    text = "# Title of three\n\n## Methods\n\n" + "One two three. " * 8
    passages = split_passages(document(text), count_tokens, LIMIT)
    assert {passage.text for passage in passages} == {"One two three. One two three."[:14]}
    for passage in passages:
        given = text_to_embed("The title", passage.heading, passage.text)
        assert count_tokens(given) <= 2 * LIMIT


def test_repeated_sentences_have_ranges_of_their_own() -> None:
    """The same words three times are at three places."""
    passages = split_passages(untitled("Yes it is. Yes it is. Yes it is."), count_tokens, 4)
    assert [(p.start, p.end) for p in passages] == [(0, 10), (11, 21), (22, 32)]


def test_passages_fit_the_real_model(embedder: Embedder) -> None:
    """Counted by its own tokens, in prose, numbers and one endless word."""
    text = (
        "Interleukin-6 concentrations (pg/mL) rose by 37.5% (95% CI 12.1 to 66.9; p=0.003). " * 40
        + "pneumonoultramicroscopicsilicovolcanoconiosis" * 60
    )
    passages = split_passages(document(text), embedder.count_tokens)
    assert len(passages) > 5
    assert max(embedder.count_tokens(p.text) for p in passages) <= PASSAGE_TOKENS


def test_a_document_without_text_has_no_passages() -> None:
    """Nor has one of references only."""
    assert split_passages(document("", " \n"), len, 99) == []
    assert split_passages(document("## References\n\nLind A. Sleep. 1999."), len, 99) == []


def test_headings_are_the_text_where_there_is_nothing_else() -> None:
    """As on slides and posters; they are ranges of their page too."""
    one = document("## Wash your hands\n\n## Literature", "# Keep windows open")
    passages = split_passages(one, len, 99)
    assert [(passage.text, passage.page) for passage in passages] == [
        ("Wash your hands", 1),
        ("Keep windows open", 2),
    ]
    assert [one.pages[p.page - 1].text[p.start : p.end] for p in passages if p.page] == [
        "Wash your hands",
        "Keep windows open",
    ]


def test_names_and_dates_above_the_first_sentence_stand_apart() -> None:
    """They stay searchable, but are no part of the text that follows."""
    text = "A. Author, B. Author\n\nLicence: CC BY 4.0\n\nStress raises markers. Often."
    paper = Document("paper", "Title", "", (Page(text, 1),))
    assert [passage.text for passage in split_passages(paper, count_tokens)] == [
        "A. Author, B. Author\n\nLicence: CC BY 4.0",
        "Stress raises markers. Often.",
    ]
