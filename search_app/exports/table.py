"""A talk as a table (CSV) that opens in a spreadsheet, where no cell becomes a formula."""

import csv
import io

from search_app.exports.talk import Quoted, Talk
from search_app.plain_text import one_line
from search_app.references.rendering import year_of

# See "CSV Injection", https://owasp.org/www-community/attacks/CSV_Injection.
_FORMULA_STARTS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def write_table(talk: Talk) -> bytes:
    """The CSV file of a talk: a row a quote, UTF-8 with the mark by which Excel knows it."""
    file = io.StringIO(newline="")
    rows = [_row(talk, quoted) for quoted in talk.quotes]
    writer = csv.DictWriter(file, _COLUMNS)
    writer.writeheader()
    writer.writerows(
        {name: _harmless(value) for name, value in zip(_COLUMNS, row, strict=True)} for row in rows
    )
    return file.getvalue().encode("utf-8-sig")


_COLUMNS = (
    "number",
    "quote",
    "note",
    "title",
    "authors",
    "year",
    "published in",
    "page",
    "section",
    "doi",
    "link",
    "file",
    "question",
    "collected",
    "reference",
    "missing",
)


def _row(talk: Talk, quoted: Quoted) -> tuple[str, ...]:
    item, excerpt = talk.items[quoted.number - 1], quoted.excerpt
    return (
        str(quoted.number),
        quoted.text,
        quoted.note,
        quoted.title,
        "; ".join(excerpt.document.authors),
        year_of(item),
        str(item.get("container-title", "")),
        quoted.page,
        excerpt.heading,
        str(item.get("DOI", "")),
        talk.address(quoted),
        quoted.file_name,
        excerpt.question,
        excerpt.collected,
        talk.reference(quoted),
        quoted.missing,
    )


def _harmless(value: str) -> str:
    """The value on one line, with a quote mark before what a spreadsheet would calculate."""
    line = one_line(value)
    return f"'{line}" if line.startswith(_FORMULA_STARTS) else line
