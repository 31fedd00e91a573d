"""Languages: a question in another one than the library's is told, a short term is not."""

import pytest

from index.languages import guess_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Does stress raise inflammation in healthy adults?", "en"),
        ("Führt Stress zu mehr Entzündungen im Körper?", "de"),
        ("Le stress augmente-t-il l'inflammation chez les adultes?", "fr"),
        ("¿Aumenta el estrés la inflamación en los adultos?", "es"),
        ("Повышает ли стресс воспаление?", "ru"),
        ("压力会增加成年人的炎症吗", "zh"),
    ],
)
def test_language_of_a_question_is_guessed(text: str, language: str) -> None:
    """Its best guess is right."""
    assert guess_language(text).best == language


def test_a_question_in_another_language_is_excluded() -> None:
    """English excludes German only."""
    guess = guess_language("Welche Wirkung hat die Atmung auf die Angst der Patienten?")
    assert guess.excludes({"en"})
    assert not guess.excludes({"en", "de"})


@pytest.mark.parametrize("text", ["oxytocin", "IL-6", "cortisol awakening response", "PTSD"])
def test_a_term_of_any_language_is_not_excluded(text: str) -> None:
    """Two words tell little."""
    assert not guess_language(text).excludes({"en"})


@pytest.mark.parametrize("text", ["", "   ", "12345", "\ud800", "?" * 100_000])
def test_shares_add_up_to_one_for_any_text(text: str) -> None:
    """Even where there is nothing to guess from."""
    guess = guess_language(text)
    assert sum(guess.shares.values()) == pytest.approx(1)
    assert guess.best in guess.shares
