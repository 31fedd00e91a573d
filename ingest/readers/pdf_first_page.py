"""What the first page of an article says of it: DOI, date, licence, journal, authors."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import takewhile
from statistics import median

from ingest.readers.pdf_nouns import Line
from ingest.text_cleaning import one_line

DOI = re.compile(r"\b10\.\d{4,9}/[-._;()/:A-Za-z0-9]*[A-Za-z0-9]")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_DAY, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>(?:19|20)\d\d)"
_DATES = tuple(
    re.compile(rf"publi(?:shed|cation)\b[^\d:]{{0,25}}:?\s*(?:date:?\s*)?{date}", re.IGNORECASE)
    for date in (
        rf"{_DAY} {_MONTH},? {_YEAR}",
        rf"{_MONTH} {_DAY},? {_YEAR}",
        rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)",
        rf"{_MONTH},? {_YEAR}",
    )
)
_COPYRIGHT = re.compile(rf"(?:\u00a9|\(c\)|copyright)\W{{0,12}}{_YEAR}", re.IGNORECASE)
_CC_LINK = re.compile(r"creativecommons\.org/licen[sc]es/([a-z-]+)/?(\d\.\d)?", re.IGNORECASE)
_CC_SHORT = re.compile(r"\bCC[ -]BY((?:-(?:NC|ND|SA))*)(?: (\d\.\d))?", re.IGNORECASE)
_CC_NAME = re.compile(
    r"Creative Commons Attribution"
    r"((?:[- ]?(?:Non-?Commercial|No-?Deriv(?:ative)?s?|Share-?Alike))*)(?: (\d\.\d))?",
    re.IGNORECASE,
)
_CC_WORDS = {"noncommercial": "NC", "noderiv": "ND", "sharealike": "SA"}
_CC_ZERO = re.compile(r"creativecommons\.org/publicdomain/zero|\bCC0\b")
# As in: Forster et al. Trials 2015, 16:2 / Clinical Science (2014) 126, 305-313 / PLOS ONE | DOI
_JOURNALS = (
    re.compile(
        r"^(?:.{0,60} et al\.?:? )?([A-Z][A-Za-z0-9&. -]{2,60}?),? "
        r"\(?(?:19|20)\d\d\)?[,;:]? ?(?:vol(?:ume)?\.? )?\d+"
    ),
    re.compile(r"^(PLOS [A-Z]\w+(?: \w+)*) \|", re.IGNORECASE),
    re.compile(r"^((?:\w+ ){0,4}Journal of [\w ]{3,60}?),? (?:vol(?:ume)?\b|\d)", re.IGNORECASE),
)
_NO_JOURNAL = re.compile(
    r"published|received|accepted|copyright|available|\bdoi\b|page", re.IGNORECASE
)
_LONGEST_HEAD = 160
_PARTICLES = "van|von|den|der|de|del|della|da|di|dos|du|la|le|bin|al|el|ter|ten|zu|af|y"
_WORD = r"[A-Z\u00c0-\u017e][\w.\u2019\u2010'-]*"
_NAME = re.compile(rf"(?=.{{4,60}}$){_WORD}(?: (?:{_PARTICLES}|{_WORD})){{1,5}}$")
_NO_NAME = re.compile(
    r"universit|institut|department|hospital|school|college|center|centre|abstract|journal|article|"
    r"research|open access|received|published|faculty|laborator",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(r"[\d*\u2020\u2021\u00a7\u00b6,#\u2709\s]+$")
_REFERENCES = re.compile(
    r"^\W*(?:\d+\.?\s*)?(?:references|bibliography|literature(?: cited)?|works cited)\W*$",
    re.IGNORECASE,
)
_BETWEEN_NAMES = re.compile(r"\s*(?:,|;|\band\b|&|\u00b7|\u2022)\s*")
_MOST_AUTHOR_LINES = 8
_MOST_WRONG = 0.34


def first_page_facts(pages: Sequence[Sequence[Line]], title: str) -> dict[str, object]:
    """What the first page states, by field; a field that it does not state is left out.

    Args:
        pages: the first few pages with their margins, for a footer often has the DOI.
        title: as printed on the first page.
    """
    if not pages:
        return {}
    lines = [line.text for line in pages[0]]
    text = one_line(" ".join(lines))
    facts: dict[str, object] = {
        "doi": _doi([[line.text for line in page] for page in pages]),
        "date": _date(text),
        "licence": licence_of(text),
        "journal": _journal(lines),
        "authors": _authors(pages[0], title),
    }
    return {field: value for field, value in facts.items() if value}


def _doi(pages: Sequence[Sequence[str]]) -> str:
    """The one that is printed most often: a footer repeats it, and no line end breaks it there.

    What a list of references names, or a later page alone, is the DOI of another work.
    """
    own = [list(takewhile(lambda line: not _REFERENCES.match(line), page)) for page in pages]
    found = Counter(doi for page in own for line in page for doi in DOI.findall(line))
    on_pages = Counter(doi for page in own for doi in set(DOI.findall(" ".join(page))))
    first = one_line(" ".join(own[0]))
    here = [doi for doi in found if doi in first]
    repeated = [doi for doi in found if on_pages[doi] > 1]
    return max(here or repeated, key=lambda doi: found[doi], default="")


def _date(text: str) -> str:
    for pattern in _DATES:
        if match := pattern.search(text):
            parts = match.groupdict()
            month = parts["month"]
            number = int(month) if month.isdigit() else 1 + _MONTHS.index(month.lower())
            day = f"-{int(parts['day']):02}" if parts.get("day") else ""
            return f"{parts['year']}-{number:02}{day}"
    match = _COPYRIGHT.search(text)
    return match["year"] if match else ""


def licence_of(text: str) -> str:
    """The Creative Commons licence that a text states, as "CC BY-NC 4.0"; else an empty string."""
    if match := _CC_LINK.search(text):
        return f"CC {match[1].upper()} {match[2] or ''}".strip()
    if match := _CC_SHORT.search(text):
        return f"CC BY{match[1].upper()} {match[2] or ''}".strip()
    if match := _CC_NAME.search(text):
        said = re.sub(r"[- ]", "", match[1].lower())
        parts = "".join(f"-{short}" for word, short in _CC_WORDS.items() if word in said)
        return f"CC BY{parts} {match[2] or ''}".strip()
    return "CC0 1.0" if _CC_ZERO.search(text) else ""


def _journal(lines: Iterable[str]) -> str:
    for line in lines:
        for pattern in _JOURNALS:
            match = pattern.match(line) if len(line) <= _LONGEST_HEAD else None
            if match and not _NO_JOURNAL.search(match[1]):
                return match[1].strip(" .,|")
    return ""


def _authors(page: Sequence[Line], title: str) -> list[str]:
    """The names below the title, in the letters of the first of them."""
    page_size = median(line.size for line in page) if page else 0.0
    end_of_title = max(
        (n for n, line in enumerate(page) if line.text in title and line.size > page_size),
        default=None,
    )
    if not title or end_of_title is None:
        return []
    below = page[end_of_title + 1 : end_of_title + 1 + _MOST_AUTHOR_LINES]
    same = [line.text for line in below if abs(line.size - below[0].size) < 1]
    names: list[str] = []
    for text in same:
        pieces = [_AFTER_NAME.sub("", piece) for piece in _BETWEEN_NAMES.split(text)]
        pieces = [piece.strip(" *.") for piece in pieces if any(map(str.isalpha, piece))]
        good = [piece for piece in pieces if _NAME.match(piece) and not _NO_NAME.search(piece)]
        if not good or len(pieces) - len(good) > _MOST_WRONG * len(pieces):
            break
        names += good
    return names
