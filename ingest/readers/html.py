"""Web pages: the article without menus, banners and footers, and what the page states of itself."""

from index.documents import Document, Page
from index.errors import SourceError
from ingest.readers.html_article import article_text, drop_hidden, without_permalink
from ingest.readers.html_metadata import stated_metadata
from ingest.readers.html_standfirst import standfirst
from ingest.sources import Source

_FEWEST_CHARACTERS = 200


def read_html(content: bytes, source: Source) -> Document:
    """Read the article of a web page.

    Raises:
        SourceError: the page holds no article text.
    """
    # Here, for it takes as long to import as a PDF to read, and each PDF is read in a process
    # of its own that imports this package.
    from trafilatura import extract_metadata, load_html  # noqa: PLC0415

    page = load_html(content)
    if page is None:
        raise _no_article()
    guess = extract_metadata(page, source.link)
    guessed: dict[str, object] = {
        "title": without_permalink(guess.title or ""),
        "authors": [name.strip() for name in (guess.author or "").split(";") if name.strip()],
        # Of a year alone, such as that of a copyright, the first day is made.
        "date": "" if (guess.date or "").endswith("-01-01") else guess.date or "",
        "site": guess.sitename or "",
        "licence": guess.license or "",
    }
    stated = stated_metadata(page, guessed)
    title = str(stated.fields.get("title", ""))
    drop_hidden(page)
    article = article_text(page, source.link, {title, str(guessed["title"])})
    text = f"{standfirst(page, article)}\n\n{article}".strip()
    if len(text) < _FEWEST_CHARACTERS:
        raise _no_article()
    return Document(
        id=source.id,
        title=title or (source.path.stem if source.path else source.link),
        link=source.link,
        pages=(Page(text),),
        metadata={
            **{name: value for name, value in stated.fields.items() if name != "title"},
            "kind": "html",
            "origins": stated.origins,
            "reader": "trafilatura",
            "reading": {"reader": "trafilatura"},
        },
    )


def _no_article() -> SourceError:
    return SourceError(
        "no article text was found on the page. If it shows in a browser, it is put there by a "
        "script: save the page from the browser and ingest the saved file"
    )
