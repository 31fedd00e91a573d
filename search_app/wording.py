"""Short descriptions in words: of a place in a source, of a document, of what was read."""

import re
from pathlib import Path

from index.documents import Document, RankedPassage
from search_app.evidence.studies import Study
from search_app.evidence.subjects import Subjects

_KINDS = {
    "docx": "Word",
    "epub": "Book",
    "html": "Web page",
    "jats": "Article",
    "markdown": "Markdown",
    "odt": "OpenDocument",
    "pdf": "PDF",
    "pptx": "Slides",
    "rtf": "Rich text",
    "text": "Text",
}
_LANGUAGES = {
    "ar": "Arabic",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
_MANY_AUTHORS = 3
# What begins emphasis, code, a link, a formula, HTML, a heading, or one of Streamlit's own marks.
_MARKDOWN = re.compile(r"([\\`*_\[\]<>$:~#|])")

NOTHING = "Nothing in the library answers this."
NOTHING_PASSING = "Nothing that passes the filters answers this."


def place(found: RankedPassage) -> str:
    """Page and section of a passage."""
    page = page_name(found.passage.page, found.passage.page_label)
    return ", ".join(part for part in (page, found.passage.heading) if part)


def page_name(number: int | None, label: str | None) -> str:
    """A page as a viewer counts it, and as it is printed where that differs."""
    if number is None:
        return ""
    return f"page {number}" + (f" (printed {label})" if label and label != str(number) else "")


def about(document: Document) -> str:
    """Authors, date and kind of a document."""
    authors = document.authors
    names = f"{authors[0]} et al." if len(authors) > _MANY_AUTHORS else ", ".join(authors)
    return " \u00b7 ".join(part for part in (names, document.date, kind_name(document)) if part)


def kind_name(document: Document) -> str:
    """The kind of a document as a reader calls it."""
    return kind_of_file(document.kind)


def kind_of_file(kind: str) -> str:
    """What documents are read from as a reader calls it."""
    return _KINDS.get(kind, kind)


def language_name(code: str) -> str:
    """A language by its English name where it is a common one, else by its code."""
    return _LANGUAGES.get(code.casefold(), code)


def version_name(document: Document) -> str:
    """A document among its versions: by title, kind, and where it is from."""
    name = Path(document.id).name if document.is_local else document.link
    return f"{document.title} ({kind_name(document)}, {name})"


def place_name(source_id: str) -> str:
    """A file by its name and folder, which tell it from its copies; an address as it is."""
    if source_id.startswith(("http://", "https://")):
        return source_id
    return "/".join(Path(source_id).parts[-2:])


def described(study: Study) -> tuple[str, str, str]:
    """Kind of a study, whom it studied where that is stated, and how many."""
    subjects = study.subjects.value
    # An animal study studied animals; to say so twice tells nothing.
    if subjects in {Subjects.UNSTATED, study.kind.value}:
        subjects = ""
    size = f"n = {study.size.value}" if study.size.value else ""
    return f"{study.kind.value}", f"{subjects}", size


def counted(count: int, noun: str) -> str:
    """A number with its noun, in the plural where it needs one."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def what_was_read(document: Document) -> str:
    """How much of a document could be read."""
    pages = document.metadata.get("pages")
    if not isinstance(pages, int):
        return "Whole text"
    missing = document.metadata.get("pages_without_text")
    read = counted(pages, "page")
    if not isinstance(missing, list) or not missing:
        return read
    numbers = ", ".join(str(number) for number in missing)
    return f"{read}, without text: {numbers}"


def without_markdown(text: str) -> str:
    """The text for a label that takes Markdown, to be shown as it is."""
    return _MARKDOWN.sub(r"\\\1", text)
