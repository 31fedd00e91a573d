"""JATS: articles as PubMed Central and publishers give them, with what they say of themselves."""

from typing import TYPE_CHECKING

from index.documents import Document, Page
from index.errors import SourceError
from ingest.readers.jats_metadata import ArticleMetadata, article_metadata
from ingest.readers.jats_references import reference_list
from ingest.readers.jats_text import abstracts, article_text, back_matter
from ingest.readers.xml_tree import local_name, parse_xml
from ingest.sources import Source

if TYPE_CHECKING:
    from lxml.etree import _Element


def read_jats(content: bytes, source: Source) -> Document:
    """Read an article in JATS or its forerunner, the NLM format.

    Raises:
        SourceError: it is not well-formed, of another kind, or holds no text.
    """
    article = parse_xml(content)
    _drop_namespace(article)
    if local_name(article) != "article" or article.find("front") is None:
        # As PubMed Central's own interface sends it: articles within a set.
        inner = [a for a in article.iter("article") if a.find("front") is not None]
        if len(inner) != 1:
            raise SourceError(
                f"it is XML of another kind (<{local_name(article)}>). Of XML, Citewell reads one "
                "JATS article a file, as from PubMed Central"
            )
        article = inner[0]
    known = article_metadata(article)
    references = reference_list(article)
    blocks = [*abstracts(article), *article_text(article), *back_matter(article)]
    if not blocks:
        raise SourceError("it holds no text, only a description of the article")
    if references:
        blocks += ["## References", "\n".join(references)]
    return Document(
        id=source.id,
        title=known.title or (source.path.stem if source.path else source.link),
        link=_link(known, source),
        pages=(Page("\n\n".join(blocks)),),
        metadata={
            **_metadata(known),
            "reading": {
                "reader": "JATS",
                "references": len(references),
                "warnings": _warnings(article),
            },
        },
    )


def _drop_namespace(article: "_Element") -> None:
    """Name the elements of JATS as in a file without namespaces; PubMed Central sends both."""
    for element in article.iter("{*}*"):
        if "nlm.nih.gov" in str(element.tag).partition("}")[0]:
            element.tag = local_name(element)


def _link(known: ArticleMetadata, source: Source) -> str:
    if known.doi:
        return f"https://doi.org/{known.doi}"
    if known.pmcid:
        return f"https://pmc.ncbi.nlm.nih.gov/articles/{known.pmcid}/"
    return source.link


def _metadata(known: ArticleMetadata) -> dict[str, object]:
    stated: dict[str, object] = {
        "authors": list(known.authors),
        "date": known.date,
        "journal": known.journal,
        "doi": known.doi,
        "pmid": known.pmid,
        "pmcid": known.pmcid,
        "licence": known.licence,
        "article_type": known.article_type,
        "tags": list(known.keywords),
        "language": known.language,
    }
    # What is not stated stays out: the language is then guessed from the text.
    stated = {field: value for field, value in stated.items() if value}
    return {
        "kind": "jats",
        "reader": "JATS",
        **stated,
        "origins": dict.fromkeys(["title", *stated] if known.title else stated, "JATS"),
    }


def _warnings(article: "_Element") -> list[str]:
    parts = [*article.iterchildren("sub-article", "response")]
    if not parts:
        return []
    return [f"Of the file only the article was read, not what comes with it ({len(parts)})."]
