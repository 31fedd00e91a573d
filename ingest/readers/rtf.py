"""Rich text (RTF), by striprtf; headings by their outline level."""

import re
from collections.abc import Iterator

from index.documents import Document, Page
from index.errors import SourceError
from ingest.readers.rtf_notes import take_notes
from ingest.readers.titles import choose_title, first_heading, without_title, written_by_person
from ingest.sources import Source
from ingest.text_cleaning import one_line, unlike_heading

_ORIGIN = "RTF properties"
_DEEPEST = 6
_OUTLINE = re.compile(r"\\outlinelevel(\d)(?!\d)")
# Stands before the text of a heading while striprtf takes the marks away: a private character.
_HEADING = "\ue005"
_MARKED = re.compile(f"{_HEADING}(\\d)")
_CODE_PAGE = re.compile(r"\\ansicpg\d+")
# Some programs write pictures as digits after the mark of bytes, without saying how many.
_BYTES_UNCOUNTED = re.compile(r"\\bin(?![a-z\d])")
_INFO = re.compile(r"\{\\info(.*?)\}\s*\}", re.DOTALL)
_CREATED = re.compile(r"\\creatim\\yr(\d{4})\\mo(\d\d?)\\dy(\d\d?)")


def read_rtf(content: bytes, source: Source) -> Document:
    """Read a rich text file.

    Raises:
        SourceError: it is not RTF, damaged, or holds no text.
    """
    if not content.lstrip().startswith(b"{\\rtf"):
        raise SourceError("it is not RTF; give it the ending of what it is")
    # Seven bits a character by its specification; the rest is escaped.
    rtf, notes = take_notes(content.decode("latin-1"))
    text = _plain(_OUTLINE.sub(rf"\g<0>{{\\u{ord(_HEADING) - 0x10000}?\1}}", rtf))
    blocks = list(_blocks(text))
    info = _INFO.search(rtf)
    stated = info.group(1) if info else ""
    title, origin = choose_title(
        source,
        (written_by_person(_field(stated, "title")), _ORIGIN),
        (first_heading(blocks), "first heading"),
    )
    body = without_title(blocks, title)
    if not body:
        raise SourceError("it holds no text, perhaps only pictures")
    if notes:
        page = _CODE_PAGE.search(rtf)
        told = (
            one_line(_plain(f"{{\\rtf1{page.group() if page else ''} {one}}}")) for one in notes
        )
        body += "\n\n## Notes\n\n" + "\n".join(f"[{n}] {text}" for n, text in enumerate(told, 1))
    return Document(
        id=source.id,
        title=title,
        link=source.link,
        pages=(Page(body),),
        metadata={
            "kind": "rtf",
            "reader": "striprtf",
            "reading": {"reader": "striprtf"},
            **_metadata(stated, origin),
        },
    )


def _plain(rtf: str) -> str:
    from striprtf.striprtf import rtf_to_text  # noqa: PLC0415

    try:
        text = rtf_to_text(_BYTES_UNCOUNTED.sub("", rtf), errors="replace")
        # Characters beyond 65,535 are written as two halves.
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    except (ValueError, LookupError, UnicodeError, IndexError) as error:
        raise SourceError(
            f"it cannot be read as RTF ({error}); save it again as RTF, .docx or .odt"
        ) from error


def _blocks(text: str) -> Iterator[str]:
    rows: list[str] = []
    for line in [*text.splitlines(), ""]:
        if line.rstrip().endswith("|"):
            # A row of a table: striprtf ends each cell so.
            cells = [one_line(cell) for cell in line.rstrip().removesuffix("|").split("|")]
            rows.append(unlike_heading(" | ".join(cells)))
            continue
        if rows:
            yield "\n".join(rows)
            rows = []
        level = _MARKED.search(line)
        if words := one_line(_MARKED.sub("", line)):
            is_heading = level is not None and int(level[1]) < _DEEPEST
            yield f"{'#' * (int(level[1]) + 1)} {words}" if is_heading else unlike_heading(words)


def _metadata(stated: str, title_origin: str) -> dict[str, object]:
    created = _CREATED.search(stated)
    known: dict[str, object] = {
        "authors": [name.strip() for name in _field(stated, "author").split(";") if name.strip()],
        "date": "{}-{:0>2}-{:0>2}".format(*created.groups()) if created else "",
    }
    known = {field: value for field, value in known.items() if value}
    return {**known, "origins": {"title": title_origin, **dict.fromkeys(known, _ORIGIN)}}


def _field(stated: str, name: str) -> str:
    match = re.search(rf"\{{\\{name} ([^{{}}]*)\}}", stated + "}")
    return one_line(_plain(f"{{\\rtf1\\ansi {match[1]}}}")) if match else ""
