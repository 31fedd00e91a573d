"""Fonts of the PDFs: the standard ones every reader has, and one embedded for what they lack."""

from functools import cache
from pathlib import Path

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from builders.sources import SourceError

# reportlab itself takes Greek letters and mathematical signs from Symbol when a standard font has
# none. Turkish or Polish letters stand in neither, and come from Vera, which reportlab ships.
_STANDARD = ("WinAnsiEncoding", "SymbolEncoding")
_FALLBACK = "Vera"


def use_printable_fonts(markup: str) -> str:
    """Mark the characters that the standard fonts lack so that they are set in the embedded font.

    Args:
        markup: Text in reportlab's paragraph markup.

    Returns:
        The same markup, with a font tag around each such character.

    Raises:
        SourceError: If no font has a character, which would print as a black box.
    """
    return "".join(map(_use_printable_font, markup))


def _use_printable_font(character: str) -> str:
    """Return one character, in a font tag if only the embedded font has it."""
    if any(_can_encode(character, encoding) for encoding in _STANDARD):
        return character
    if ord(character) in _fallback_font().face.charToGlyph:
        return f'<font name="{_FALLBACK}">{character}</font>'
    raise SourceError(
        f"no font of the PDFs has the character {character!r} (U+{ord(character):04X})"
    )


@cache
def _fallback_font() -> TTFont:
    """Register the embedded font on its first use."""
    font = TTFont(_FALLBACK, Path(reportlab.__file__).parent / "fonts" / "Vera.ttf")
    pdfmetrics.registerFont(font)
    return font


def _can_encode(character: str, encoding: str) -> bool:
    """Tell whether a standard font with this encoding has the character."""
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
