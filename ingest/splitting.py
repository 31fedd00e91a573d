"""Document to passages, along headings and sentences, never across a page."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from langchain_text_splitters import RecursiveCharacterTextSplitter, TextSplitter

from index.context import context_of
from index.documents import Document, Page, Passage
from index.sentences import sentence_spans

# Leaves room for the model's two special tokens and some rounding under its 256.
PASSAGE_TOKENS = 240

_HEADING = re.compile(r"^(#{1,6}) +(.+?)[ #]*$", re.MULTILINE)
_BLOCK = re.compile(r"\S.*?(?=\n\s*\n|\Z)", re.DOTALL)
# A note's number may follow the full stop, but "CC BY 4.0" ends no sentence.
_ENDS_SENTENCE = re.compile(r"[.!?:][\"\u201d\u2019)\]]*$|[^\d\s][.!?:][\"\u201d\u2019)\]]*[\d,]+$")
_HEADING_PATH = " \u203a "
# Titles of cited papers look like answers to everything, and who paid or thanked whom is asked by
# nobody; both are kept on the page, not ranked. "Funding of hospitals" is another matter.
_NOT_RANKED = re.compile(
    r"^(?:(?:\d+(?:\.\d+)*\.?|[IVX]+\.)\s+)?(?:"
    r"(?:references|bibliography|works cited|literature cited|literature)"
    r"|acknowledge?ments?(?: and (?:funding|disclosures?))?"
    r"|fundings?(?: (?:statement|information|sources?|support|and acknowledge?ments?))?"
    r"|(?:sources? of )?(?:funding|financial (?:support|disclosures?))|grant information"
    r"|(?:declarations? of )?(?:conflicts? of|competing|conflicting) interests?"
    r"(?: (?:statement|disclosures?))?"
    r"|declarations? of interests?"
    r"|authors?[\u2019']? ?contributions?(?: statement)?"
    r"|credit authorship contribution statement"
    r")\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Heading:
    text: str
    level: int


@dataclass(frozen=True)
class _Section:
    headings: tuple[_Heading, ...]
    start: int
    end: int


class _SentenceSplitter(TextSplitter):
    """Whole sentences, as many as fit; only a sentence that is too long itself is cut."""

    def __init__(self, max_tokens: int, count_tokens: Callable[[str], int]) -> None:
        super().__init__(
            chunk_size=max_tokens,
            chunk_overlap=0,
            length_function=count_tokens,
            add_start_index=True,
        )
        self._cutter = RecursiveCharacterTextSplitter(
            separators=["; ", ", ", " ", ""],
            keep_separator="end",
            chunk_size=max_tokens,
            chunk_overlap=0,
            length_function=count_tokens,
            strip_whitespace=False,
        )

    def split_text(self, text: str) -> list[str]:
        """Parts of the text, in order; each is a stripped range of it."""
        spans = sentence_spans(text)
        if not spans:
            return []
        # With the space that follows, so that joined sentences are the text again.
        ends = [span.start for span in spans[1:]] + [len(text)]
        sentences = [text[span.start : end] for span, end in zip(spans, ends, strict=True)]
        parts = [part for sentence in sentences for part in self._cut(sentence)]
        return self._merge_splits(parts, "")

    def _cut(self, sentence: str) -> list[str]:
        if self._length_function(sentence) <= self._chunk_size:
            return [sentence]
        return self._cutter.split_text(sentence)


def split_passages(
    document: Document, count_tokens: Callable[[str], int], max_tokens: int = PASSAGE_TOKENS
) -> list[Passage]:
    """Split a document into passages.

    A passage keeps to one page and one section; reference lists give none, and headings only
    where there is nothing else, as on pages of large print.

    Args:
        document: with its pages.
        count_tokens: tokens of a text for the embedding model.
        max_tokens: most tokens a passage may have, those of its title and heading included.
    """
    count_tokens = lru_cache(maxsize=4096)(count_tokens)
    passages: list[Passage] = []
    headings: tuple[_Heading, ...] = ()
    for page in document.pages:
        for section in _sections(page.text, document.title, headings):
            headings = section.headings
            if any(_NOT_RANKED.match(heading.text) for heading in headings):
                continue
            is_first = page is document.pages[0]
            for part in _front_matter_apart(page.text, section) if is_first else (section,):
                heading = _HEADING_PATH.join(heading.text for heading in part.headings)
                left = max_tokens - count_tokens(context_of(document.title, heading))
                splitter = _SentenceSplitter(max(left, max_tokens // 2), count_tokens)
                passages += _split_section(document, page, part, splitter, len(passages))
    return passages or _headings_alone(document, count_tokens, max_tokens)


def _headings_alone(
    document: Document, count_tokens: Callable[[str], int], max_tokens: int
) -> list[Passage]:
    splitter = _SentenceSplitter(max_tokens, count_tokens)
    passages: list[Passage] = []
    for page in document.pages:
        for match in _HEADING.finditer(page.text):
            if not _NOT_RANKED.match(match[2]):
                section = _Section((), match.start(2), match.end(2))
                passages += _split_section(document, page, section, splitter, len(passages))
    return passages


def _sections(text: str, title: str, carried: tuple[_Heading, ...]) -> Iterator[_Section]:
    """Parts of a page between its headings; the first goes on under the last page's heading."""
    headings = carried
    start = 0
    for match in _HEADING.finditer(text):
        yield _Section(headings, start, match.start())
        level = len(match[1])
        outer = tuple(heading for heading in headings if heading.level < level)
        heading = _Heading(match[2].strip(), level)
        # The title is no section of its own: it stands above all of them anyway.
        headings = outer if heading.text == title else (*outer, heading)
        start = match.end()
    yield _Section(headings, start, len(text))


def _front_matter_apart(text: str, section: _Section) -> tuple[_Section, ...]:
    """Names, dates and licence above a document's first sentence, and the section without them.

    Together with the first sentences they would be quoted and marked as if they were text.
    """
    if section.headings:
        return (section,)
    body = section.start
    for block in _BLOCK.finditer(text, section.start, section.end):
        if _ENDS_SENTENCE.search(block.group().rstrip()):
            break
        body = block.end()
    return (
        _Section(section.headings, section.start, body),
        _Section(section.headings, body, section.end),
    )


def _split_section(
    document: Document,
    page: Page,
    section: _Section,
    splitter: TextSplitter,
    position: int,
) -> list[Passage]:
    parts = splitter.create_documents([page.text[section.start : section.end]])
    passages: list[Passage] = []
    for part in parts:
        start = section.start + part.metadata["start_index"]
        passages.append(
            Passage(
                id=0,
                document_id=document.id,
                position=position + len(passages),
                text=part.page_content,
                heading=_HEADING_PATH.join(heading.text for heading in section.headings),
                page=page.number,
                start=start,
                end=start + len(part.page_content),
                page_label=page.label,
            )
        )
    return passages
