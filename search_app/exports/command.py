"""What `citewell export` does: a talk pack of an answer or of a collection, into a file."""

from pathlib import Path

from index.errors import CollectionError
from index.search import Index
from search_app.excerpts import excerpts_of_answer
from search_app.exports.formats import FORMATS, file_name
from search_app.exports.talk import make_talk
from search_app.finding import find
from search_app.keeping import Item, collections_of
from search_app.references.rendering import STYLES


def known_choices(name: str, style: str) -> list[tuple[str, str, list[str]]]:
    """Each option with what was given and what there is."""
    return [("--format", name, list(FORMATS)), ("--style", style, list(STYLES))]


def export_talk(
    index: Index, question: str, collection: str, look: tuple[str, str], output: Path | None
) -> Path:
    """Write a talk pack, and say where.

    Args:
        index: an opened index.
        question: whose answer to export; empty for a collection.
        collection: its name; empty for a question.
        look: a key of `FORMATS` and a key of `STYLES`.
        output: the file; without one it is named after what is exported.

    Raises:
        CollectionError: there is nothing to export, or the file cannot be written.
        QuestionError: the question cannot be searched.
    """
    items = _collected(index, collection) if collection else _answering(index, question)
    chosen = FORMATS[look[0]]
    data = chosen.write(make_talk(index, collection or question, items, look[1]))
    path = output or Path(file_name(collection or question, chosen))
    try:
        path.write_bytes(data)
    except OSError as error:
        raise CollectionError(
            f"{path} cannot be written ({error.strerror}). Give another file with --output."
        ) from error
    return path


def _answering(index: Index, question: str) -> list[Item]:
    excerpts = excerpts_of_answer(find(index, question))
    if not excerpts:
        raise CollectionError(
            "Nothing in the library answers this, so there is nothing to export. Ask in other "
            "words, or collect passages on the page and export them with --collection."
        )
    return [Item(excerpt) for excerpt in excerpts]


def _collected(index: Index, name: str) -> list[Item]:
    kept = collections_of(index.folder)
    if items := kept.items(name):
        return items
    names = ", ".join(kept.names()) or "none yet"
    raise CollectionError(
        f"There is nothing in a collection \u201c{name}\u201d. Collections there are: {names}."
    )
