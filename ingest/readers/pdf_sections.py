"""Names of sections that articles have: they are headings in whatever letters they stand."""

import re

from ingest.readers.pdf_nouns import Block, Kind

_BODY = (
    r"abstract|summary|introduction|background|(?:materials? (?:and|&) )?methods?"
    r"|methods (?:and|&) materials?|results?(?: (?:and|&) discussion)?|discussion"
    r"|(?:strengths and )?limitations|conclusions?"
)
# What a reader of the article does not look for; see _NOT_RANKED in ingest/splitting.py.
_BACK = (
    r"references|bibliography|works cited|literature cited|acknowledge?ments?|fundings?"
    r"|funding (?:statement|information|sources?)"
    r"|(?:sources? of )?financial (?:support|disclosures?)"
    r"|grant information|(?:conflicts?|declarations?) of (?:competing )?interests?"
    r"|(?:declaration of )?(?:competing|conflicting) interests?"
    r"|(?:competing|conflicting) interests? (?:statement|disclosures?)"
    r"|authors?[\u2019']? ?contributions?(?: statement)?"
    r"|credit authorship contribution statement"
)
_NUMBER = r"(?:\d{1,2}(?:\.\d{1,2})*\.?\s+|[IVX]{1,4}\.\s+)?"
_NAME = re.compile(rf"{_NUMBER}(?:{_BODY}|{_BACK})\s*[:.]?", re.IGNORECASE)
_RUN_IN = re.compile(rf"({_BACK})\s*(?::|\.(?=\s))\s+(?=\S)", re.IGNORECASE)


def is_section_name(text: str) -> bool:
    """Whether a line says nothing but the name of a section, as a heading would."""
    return not text[0].islower() and bool(_NAME.fullmatch(text))


def mark_back_matter(blocks: list[Block]) -> list[Block]:
    """Give paragraphs such as "Funding: the study was paid by ..." a heading of their own.

    Only where a heading or another such paragraph follows: what is under the new heading
    ends there. A box in the middle of the text stays as it is, or the text after it would seem
    to be part of it.
    """
    marked: list[Block] = []
    ends = False
    for block in reversed(blocks):
        name = _RUN_IN.match(block.text) if block.kind is Kind.TEXT and ends else None
        if name:
            rest = block.text[name.end() :]
            marked += [
                Block(Kind.TEXT, rest, block.size, block.font),
                Block(Kind.HEADING, name[1], block.size, block.font),
            ]
        else:
            marked.append(block)
        ends = bool(name) or block.kind is Kind.HEADING
    return marked[::-1]
