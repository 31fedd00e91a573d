"""What `citewell export` does: a talk pack of an answer or of a collection, into a file."""

from pathlib import Path

from index.errors import CollectionError
from index.search import Index
from search_app.excerpts import excerpts_of_answer
from search_app.exports.formats import FORMATS, file_name
from search_app.exports.talk import Talk
from search_app.finding import find
from search_app.keeping import Item, collections_of
from search_app.narrowing import EVERYTHING, Narrowing
from search_app.references.rendering import STYLES


def known_choices(name: str, style: str) -> list[tuple[str, str, list[str]]]:
    """Each option with what was given and what there is."""
    return [("--format", name, list(FORMATS)), ("--style", style, list(STYLES))]


def write_talk(talk: Talk, name: str, output: Path | None) -> Path:
    """Write a talk pack, and say where.

    Args:
        talk: what to write.
        name: a key of `FORMATS`.
        output: the file; without one it is named after the talk.

    Raises:
        CollectionError: the file cannot be written.
    """
    chosen = FORMATS[name]
    data = chosen.write(talk)
    path = output or Path(file_name(talk.title, chosen))
    try:
        path.write_bytes(data)
    except OSError as error:
        raise CollectionError(
            f"{path} cannot be written ({error.strerror}). Give another file with --output."
        ) from error
    return path


def items_answering(index: Index, question: str, narrowing: Narrowing = EVERYTHING) -> list[Item]:
    """The quotes that answer a question.

    Args:
        index: an opened index.
        question: what to answer.
        narrowing: which documents may answer.

    Raises:
        CollectionError: nothing answers it.
        QuestionError: it cannot be searched.
    """
    findings = find(index, question, narrowing=narrowing)
    if excerpts := excerpts_of_answer(findings):
        return [Item(excerpt) for excerpt in excerpts]
    raise CollectionError(
        "Nothing in the library answers this, so there is nothing to export. Ask in other "
        "words, or collect passages on the page and export them with --collection."
        + "".join(f" {notice}" for notice in findings.notices if narrowing.given)
    )


def items_collected(index: Index, name: str) -> list[Item]:
    """The quotes of a collection.

    Raises:
        CollectionError: there is none of that name, or it is empty.
    """
    kept = collections_of(index.folder)
    if items := kept.items(name):
        return items
    names = ", ".join(kept.names()) or "none yet"
    raise CollectionError(
        f"There is nothing in a collection \u201c{name}\u201d. Collections there are: {names}."
    )
