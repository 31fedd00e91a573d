"""What the speaker sees of a quote: the passage around it, the place, the way to the source."""

from search_app.exports.talk import Quoted, Talk
from search_app.plain_text import one_line, without_controls


def speaker_notes(talk: Talk, quoted: Quoted) -> str:
    """The notes of a quote's slide; the quote stands in its passage between angle marks."""
    before, after = quoted.context
    marked = f"\u00bb{without_controls(quoted.excerpt.quote)}\u00ab"
    parts = {
        "Note": quoted.note,
        "In context": f"{before}{marked}{after}".strip(),
        "Place": quoted.place,
        "Open": talk.address(quoted) or quoted.file_name,
        "Reference": talk.reference(quoted),
        "Found when asking": one_line(quoted.excerpt.question),
        "Take care": quoted.missing,
    }
    return "\n\n".join(f"{name}: {text}" for name, text in parts.items() if text)
