"""Which language a text is in, so that a question in another one than the library's is told."""

from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache

# Two or three words tell little, and a term such as "oxytocin" belongs to no language:
# on short questions a wrong guess has a low share, a right one leaves the others under .05.
_LIKELY = 0.35
_UNLIKELY = 0.05
_ENOUGH_CHARACTERS = 4_000


@dataclass(frozen=True)
class LanguageGuess:
    """Shares of the languages (ISO 639 codes) that a text may be in; they add up to 1."""

    shares: dict[str, float]

    @property
    def best(self) -> str:
        """The likeliest language."""
        return max(self.shares, key=lambda code: self.shares[code])

    def excludes(self, languages: Set[str]) -> bool:
        """Whether the text is surely in none of these languages."""
        likely = self.shares[self.best] >= _LIKELY
        return likely and all(self.shares.get(code, 0.0) < _UNLIKELY for code in languages)


def guess_language(text: str) -> LanguageGuess:
    """Guess the language of a text from its letters (Lui and Baldwin 2012, langid.py)."""
    return LanguageGuess(dict(_identifier().rank(text[:_ENOUGH_CHARACTERS])))


@lru_cache(maxsize=1)
def _identifier():  # noqa: ANN202  (the library has no types)
    # Loading its model takes most of a second: only for those who ask.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
