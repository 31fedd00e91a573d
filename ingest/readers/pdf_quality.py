"""How poor the text of a page is, from its characters alone: to choose between two readers."""

import re

# What readers give for letters whose meaning the file does not tell.
_NO_LETTER = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]|\\(cid:\\d+\\)")
_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*|\S+@\S+")
# Few words of any language that puts spaces between words are longer.
_LONGEST_WORD = 28
_FEWEST_LETTERS = 100
# Of all words: single letters, where a reader put spaces into words.
_USUAL_SINGLES = 0.12
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)

POOR = 0.1
# With fewer a document holds no text.
FEWEST_LETTERS = 12


def poorness(text: str) -> float:
    """Share of a text that cannot be as written, 0 to 1: unknown letters, glued and split words.

    A short text, and one in a script without spaces, is judged by its unknown letters only.
    """
    if not text.strip():
        return 1.0
    unknown = unknown_letters(text) / len(text)
    words = _WORD.findall(_ADDRESS.sub(" ", text))
    letters = sum(map(len, words))
    if letters < _FEWEST_LETTERS or _UNSPACED.search(text):
        return unknown
    glued = sum(len(word) for word in words if len(word) > _LONGEST_WORD) / letters
    # Capitals are initials, in a list of references for one.
    singles = sum(len(word) == 1 and word.islower() for word in words) / len(words)
    return min(1.0, unknown + glued + max(0.0, singles - _USUAL_SINGLES))


def unknown_letters(text: str) -> int:
    """How many letters of a text nobody can read, since the file does not tell what they mean."""
    return len(_NO_LETTER.findall(text))


def letters(text: str) -> int:
    """Letters and digits of a text."""
    return sum(map(str.isalnum, text))
