"""Questions with a yes or a no, and what they ask to rise or fall."""

import pytest

from search_app.evidence.questions import Asked, Asks, read_question


@pytest.mark.parametrize(
    ("question", "asks", "outcome"),
    [
        ("does stress raise IL-6?", Asks.RAISES, "IL-6"),
        ("Does early treatment reduce the risk of stroke in older people?", Asks.LOWERS,
         "the risk of stroke"),
        ("Can vitamin C prevent regional pain?", Asks.LOWERS, "regional pain"),
        ("is inflammation higher in PTSD?", Asks.RAISES, "inflammation"),
        ("is CRP raised in schizophrenia?", Asks.RAISES, "CRP"),
        ("Is loneliness associated with increased mortality?", Asks.RAISES, "mortality"),
        ("Steroids in ear drops: do they reduce toxicity?", Asks.LOWERS, "toxicity"),
        ("Has the use of services increased over ten years?", Asks.RAISES, "the use of services"),
        ("Should lower limb fractures be treated?", Asks.YES_NO, ""),
        ("Does high blood pressure reduce back pain?", Asks.LOWERS, "back pain"),
        ("does getting sick matter?", Asks.YES_NO, ""),
        ("Therapeutic anticoagulation: is it safe?", Asks.YES_NO, ""),
    ],
)  # fmt: skip
def test_what_a_question_asks(question: str, asks: Asks, outcome: str) -> None:
    """The direction and what is to rise or fall."""
    assert read_question(question) == Asked(asks, outcome)


@pytest.mark.parametrize(
    "question",
    [
        "what is sickness behaviour?",
        "how does stress raise IL-6?",
        "Which diets do reduce inflammation?",
        "oxytocin and inflammation",
        "does",
        "?",
        "",
    ],
)
def test_other_questions_have_no_evidence_line(question: str) -> None:
    """No yes or no would answer them."""
    assert read_question(question) is None
