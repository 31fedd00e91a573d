"""Claims of a pasted text: sentences and list items in, headings and scraps out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import QuestionError
from search_app.claims import MOST_CHARACTERS, MOST_CLAIMS, read_claims

SLIDE = """Stress and inflammation

\u2022 Chronic stress raises IL-6
\u2022 Exercise lowers CRP in older adults
  and improves sleep
- Does it matter?
1) Cortisol suppresses immunity [1,2]
References
1. Kiecolt-Glaser JK et al. PNAS 2003;100:9090
"""
ABSTRACT = """BACKGROUND: Chronic stress has been linked to inflammation. METHODS: We followed
200 caregivers for six years (n = 200). RESULTS: IL-6 rose four times as fast, e.g.
in those of patients with Alzheimer's disease. No difference was seen for
CRP."""


def test_items_of_a_slide_are_claims_and_its_headings_are_not() -> None:
    """An item that goes on in the next line is one claim; what is left out is told with why."""
    pasted = read_claims(SLIDE)
    assert pasted.claims == (
        "Chronic stress raises IL-6",
        "Exercise lowers CRP in older adults and improves sleep",
        "Cortisol suppresses immunity [1,2]",
    )
    assert {line.text: line.reason for line in pasted.left_out} == {
        "Stress and inflammation": "too short to look up",
        "Does it matter?": "a question; ask it on the page Ask",
        "References": "too short to look up",
        "Kiecolt-Glaser JK et al. PNAS 2003;100:9090": "a reference",
    }
    assert pasted.notices == ()


def test_sentences_of_an_abstract_are_claims_however_its_lines_were_broken() -> None:
    """Its labels are none of theirs."""
    assert read_claims(ABSTRACT).claims == (
        "Chronic stress has been linked to inflammation.",
        "We followed 200 caregivers for six years (n = 200).",
        "IL-6 rose four times as fast, e.g. in those of patients with Alzheimer's disease.",
        "No difference was seen for CRP.",
    )


def test_lines_without_marks_are_claims_of_their_own() -> None:
    """As they arrive from most slides; a short title above sentences is not joined to them."""
    lines = "IL-6 rises after acute stress\nCRP does not change in the first hour"
    assert read_claims(lines).claims == tuple(lines.splitlines())
    assert read_claims("Sleep\nPoor sleep raises CRP.").claims == ("Poor sleep raises CRP.",)
    assert read_claims("# Results\nStress raises IL-6.").claims == ("Stress raises IL-6.",)


def test_a_claim_that_stands_twice_is_looked_up_once() -> None:
    """Where it stands first."""
    pasted = read_claims("Stress raises IL-6. Sleep lowers it again. Stress raises IL-6.")
    assert pasted.claims == ("Stress raises IL-6.", "Sleep lowers it again.")


def test_too_many_claims_and_characters_are_told() -> None:
    """Nothing is left out without a word."""
    many = "\n".join(f"- Stress raises marker number {n}" for n in range(MOST_CLAIMS + 3))
    pasted = read_claims(many)
    assert len(pasted.claims) == MOST_CLAIMS
    assert f"holds {MOST_CLAIMS + 3} claims. The first {MOST_CLAIMS} were" in pasted.notices[0]
    long = read_claims("Stress raises IL-6 in all of them. " * 1_000)
    assert long.notices == (
        f"The text has 34,999 characters. The first {MOST_CHARACTERS:,} were looked up; paste "
        "the rest by itself.",
    )


@pytest.mark.parametrize("text", ["", " \n\t", "Sleep", "Does it help?", "...", "\ud800"])
def test_text_without_a_claim_is_an_error_that_says_what_to_paste(text: str) -> None:
    """Empty, a word, a question, half a character."""
    with pytest.raises(QuestionError, match="no claim to look up"):
        read_claims(text)


@given(st.text(max_size=400))
def test_every_claim_and_line_stands_in_the_text(text: str) -> None:
    """Whatever is pasted: but for the space between words."""
    try:
        pasted = read_claims(text)
    except QuestionError:
        return
    plain = "".join(text.encode("utf-8", "replace").decode("utf-8").split())
    for part in (*pasted.claims, *(line.text for line in pasted.left_out)):
        assert "".join(part.split()) in plain
