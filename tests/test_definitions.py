"""What asks for a definition, and what is one."""

import pytest

from search_app.definitions import says_what_it_is


@pytest.mark.parametrize(
    "question",
    [
        "what is cortisol?",
        "What is (are) Addison disease ?",
        "What's C-reactive protein",
        "what are cytokines?",
        "define inflammation",
        "What does allostatic load mean?",
        "what is meant by the term resilience?",
        "definition of sepsis",
    ],
)
def test_a_question_that_asks_what_something_is(question: str) -> None:
    """In the forms in which people type it."""
    assert says_what_it_is(question) is not None


@pytest.mark.parametrize(
    "question",
    [
        "what is the effect of stress on sleep?",
        "what is the best treatment?",
        "What are the symptoms of influenza?",
        "what is known about cortisol?",
        "does stress raise cortisol?",
        "what does cortisol do?",
        "what is it?",
        "what is?",
        "",
    ],
)
def test_a_question_that_asks_something_else(question: str) -> None:
    """It would lose its answer to a sentence that says what the thing is."""
    assert says_what_it_is(question) is None


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("what is cortisol", "Cortisol is the main stress hormone in humans."),
        ("what is cortisol", "In humans, cortisol, also called hydrocortisone, is a hormone."),
        ("what is cortisol", "The adrenal glands release a hormone called cortisol."),
        ("what is cortisol", "They measured cortisol, a stress hormone, in saliva."),
        ("what are cytokines", "Cytokines are the signalling proteins of immune cells."),
        ("what are cytokines", "Cytokines are small proteins that carry signals."),
        ("what are cytokines", "Immune cells release cytokines, which are small proteins."),
        ("what is a cytokine", "Cytokines are the signalling proteins of immune cells."),
        ("what is C-reactive protein", "C-reactive protein (CRP) is a protein of the liver."),
        ("what is CRP", "C-reactive protein (CRP) is a protein of the liver."),
        ("what is the HPA axis", "The hypothalamic-pituitary-adrenal (HPA) axis is a chain."),
        ("what is resilience", "Psychological resilience is the ability to adapt."),
        ("what is resilience", "Resilience describes what happens next."),
        ("what is interleukin-6 (IL-6)?", "Interleukin-6 (IL-6) is a cytokine."),
    ],
)
def test_a_sentence_that_says_what_it_is(question: str, sentence: str) -> None:
    """By its form alone."""
    says = says_what_it_is(question)
    assert says is not None
    assert says(sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("what is cortisol", "Cortisol acts back on the brain."),
        ("what is cortisol", "The level of cortisol is a marker of stress."),
        ("what is cortisol", "Cortisol is raised in the morning."),
        ("what is cortisol", "It is not cortisol."),
        ("what are cytokines", "Cytokines are raised in those who sleep badly."),
        ("what is CRP", "No study with measurements of CRP in caregivers is held in full."),
        ("what is CRP", "A scrap is a piece of something."),
        ("define inflammation", "Inflammation is usually measured in blood."),
    ],
)
def test_a_sentence_that_does_not(question: str, sentence: str) -> None:
    """Though it has the word."""
    says = says_what_it_is(question)
    assert says is not None
    assert not says(sentence)
