"""No sentence is shown that is not found in its source when the answer is drawn."""

import logging

from index.quoting import verify_quote
from index.search import Index
from search_app.answering import Answer
from search_app.quotes import Quote

_log = logging.getLogger(__name__)


def verified(index: Index, answer: Answer) -> Answer:
    """The answer without the quotes that do not stand in the library where they say."""
    sound = tuple(quote for quote in answer.quotes if stands_in_source(index, quote))
    if len(sound) < len(answer.quotes):
        _log.warning(
            "%d quoted sentences were left out: the index in %s no longer holds them as they were "
            "read. Run `citewell ingest` to read the sources again.",
            len(answer.quotes) - len(sound),
            index.folder,
        )
    return Answer(sound)


def stands_in_source(index: Index, quote: Quote) -> bool:
    """Whether a quote is, word for word, in the stored page at the place that it names."""
    return verify_quote(index.database, quote.source.passage.id, quote.start, quote.end, quote.text)
