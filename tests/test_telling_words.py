"""Words of a question: how much of what it names a text says."""

from index.search import Index
from search_app.telling_words import TellingWords, read_telling_words


def test_rare_words_weigh_more_than_common_ones() -> None:
    """One word of weight 3, one of weight 1."""
    words = TellingWords({"rare": 3, "common": 1})
    assert words.said_in("a rare one") == 0.75
    assert words.said_in("a common one") == 0.25
    assert words.said_in("neither") == 0


def test_question_without_words_is_never_said() -> None:
    """Nothing is divided by nothing."""
    assert TellingWords({}).said_in("anything") == 0


def test_forms_of_a_word_are_the_same(built_index: Index) -> None:
    """ "Raises" says "raise"; a word that no passage holds weighs most."""
    words = read_telling_words(built_index.words, "does stress raise zyxin?")
    assert words.said_in("Stress raises zyxin") == 1
    assert words.weights["zyxin"] == max(words.weights.values())


def test_words_that_only_ask_tell_nothing(built_index: Index) -> None:
    """ "Does" stands in no text, and is no rare word for that."""
    words = read_telling_words(built_index.words, "what does stress do?")
    assert words.said_in("stress") == 1
