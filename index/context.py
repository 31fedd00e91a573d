"""What the embedding model is given of a passage: its text, under its title and heading.

"It fell by a third" means little by itself. With the title of its document before it, a
passage is found by what it is about, too; `benchmarks/README.md` says what that is worth.
"""

_MOST_WORDS = 40


def context_of(title: str, heading: str) -> str:
    """Title and heading in one line; a very long one is cut, as the text is what matters."""
    return " ".join(" \u203a ".join(filter(None, (title, heading))).split()[:_MOST_WORDS])


def text_to_embed(title: str, heading: str, text: str) -> str:
    """A passage's text with its context before it."""
    context = context_of(title, heading)
    return f"{context}. {text}" if context else text
