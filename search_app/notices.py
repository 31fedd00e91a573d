"""What a reader should know before reading what was found: each a sentence or two."""

from collections.abc import Collection
from dataclasses import dataclass

from stop_words import safe_get_stop_words

from index.filters import Filter
from index.languages import guess_language
from index.overlap import words_of
from index.search import Index
from search_app.answering import Answer
from search_app.narrowing import Narrowing, why_nothing_passes
from search_app.wording import counted, language_name

_TELLING_LETTERS = 3


@dataclass(frozen=True)
class WordNotices:
    """What the words of a question tell.

    Attributes:
        told: in a sentence or two; empty where there is nothing to tell.
        is_foreign: they seem to be of another language than the library.
    """

    told: str
    is_foreign: bool = False


def empty_notices(index: Index, narrowing: Narrowing, filters: Filter) -> tuple[str, ...]:
    """Why nothing could be found, where no document passes the filters."""
    allowed = index.allowed(filters)
    is_empty = allowed is not None and not allowed.documents.size
    return (why_nothing_passes(narrowing, index),) if is_empty else ()


def unanswered_notices(index: Index, filters: Filter, answer: Answer) -> tuple[str, ...]:
    """How much was searched, where only some of the documents pass and they do not answer."""
    allowed = index.allowed(filters)
    if allowed is None or answer.is_answered:
        return ()
    searched = f"{len(allowed.documents):,} of {counted(len(index.documents()), 'document')}"
    return (f"Only {searched} were searched: the others may answer. Loosen a filter to ask them.",)


def word_notices(index: Index, question: str) -> WordNotices:
    """What the words of a question tell: another language, or that no document has them."""
    unknown = index.words.unknown_words(question)
    languages = index.languages
    common = {word for code in languages for word in safe_get_stop_words(code)}
    if unknown and languages and not _is_full_of(common, question):
        # To guess takes half a second the first time: not for a question whose words are known.
        guess = guess_language(question)
        if guess.excludes(languages):
            known = ", ".join(sorted(map(language_name, languages)))
            return WordNotices(
                f"The question seems to be in another language ({language_name(guess.best)}) than "
                f"the library ({known}). The passages may miss the point: ask in the library's "
                "language.",
                is_foreign=True,
            )
    words = ", ".join(f"\u201c{word}\u201d" for word in unknown if word.lower() not in common)
    return WordNotices(f"Not in any document of the library: {words}." if words else "")


def _is_full_of(common: Collection[str], question: str) -> bool:
    """Whether a third of its words are such as "what" and "does" in the library's languages.

    Shorter ones ("a", "no", "is") are words of too many languages.
    """
    words = words_of(question)
    telling = [word for word in words if len(word) >= _TELLING_LETTERS and word in common]
    return 3 * len(telling) >= len(words)
