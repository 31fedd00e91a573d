"""Dublin Core: how Office files, OpenDocument and EPUB describe themselves."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.readers.licences import licence_name
from ingest.readers.xml_tree import flat_text, local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_DC = "{http://purl.org/dc/elements/1.1/}"
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_DOI = re.compile(r"\b10\.\d{4,9}/\S+")
_LANGUAGE = re.compile(r"([a-z]{2})(?![a-z])")
# Names that programs write where a person wrote none.
_NO_AUTHOR = frozenset(
    {
        "", "admin", "administrator", "apache poi", "author", "microsoft office user", "openpyxl",
        "owner", "pandoc", "python-docx", "steve canny", "unknown", "user", "windows user",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Description:
    """What a file states of itself; empty where it does not."""

    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    language: str = ""
    publisher: str = ""
    licence: str = ""
    doi: str = ""
    tags: tuple[str, ...] = ()

    def metadata(self, origin: str, title_origin: str) -> dict[str, object]:
        """The document's metadata as far as stated, each with where it is from.

        Args:
            origin: what the description is called.
            title_origin: where the title is from that the document has in the end.
        """
        stated: dict[str, object] = {
            "authors": list(self.authors),
            "date": self.date,
            "language": self.language,
            "site": self.publisher,
            "licence": self.licence,
            "doi": self.doi,
            "tags": list(self.tags),
        }
        stated = {field: value for field, value in stated.items() if value}
        return {**stated, "origins": {"title": title_origin, **dict.fromkeys(stated, origin)}}


def description(root: "_Element", *dates: str) -> Description:
    """Read a part that holds a file's description.

    Args:
        root: the part.
        dates: names of elements that hold the date, the best first.
    """

    def all_of(*names: str) -> list[str]:
        return [text for name in names for e in root.iter(f"{{*}}{name}") if (text := flat_text(e))]

    title = next((flat_text(e) for e in root.iter(f"{_DC}title")), "")
    days = (match.group() for text in all_of(*dates) if (match := _DATE.match(text)))
    languages = (m.group(1) for text in all_of("language") if (m := _LANGUAGE.match(text.lower())))
    dois = (match.group() for text in all_of("identifier") if (match := _DOI.search(text)))
    return Description(
        title=title,
        authors=tuple(_authors(root)),
        date=next(days, ""),
        language=next(languages, ""),
        publisher=next(iter(all_of("publisher")), ""),
        licence=licence_name(next(iter(all_of("rights")), "")),
        doi=next(dois, ""),
        tags=tuple(_tags(root)),
    )


def _authors(root: "_Element") -> list[str]:
    names = [flat_text(e) for e in root.iter(f"{_DC}creator")] or [
        flat_text(e) for e in root.iter("{*}initial-creator")
    ]
    names = [name.strip() for text in names for name in text.split(";")]
    return [name for name in dict.fromkeys(names) if name.lower() not in _NO_AUTHOR]


def _tags(root: "_Element") -> list[str]:
    texts: list[str] = []
    for element in root.iter(f"{_DC}subject", "{*}keywords", "{*}keyword"):
        separator = "," if local_name(element) == "keywords" else "\0"
        texts += [text.strip() for text in flat_text(element).split(separator)]
    return list(dict.fromkeys(filter(None, texts)))
