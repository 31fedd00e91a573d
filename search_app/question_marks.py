"""What a question finds in one document, beyond what the list of passages has room for."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.documents import RankedPassage
from index.search import DEFAULT_LIMIT, MAX_QUESTION_CHARACTERS, Index, rank_passages
from index.sentences import Span
from index.spreading import spread_over_documents
from search_app.answering import can_answer
from search_app.scoring import ScoredQuote, best_quotes, score_quotes


@dataclass(frozen=True)
class MarkedPassage:
    """A passage and its best sentence for a question.

    Attributes:
        found: the passage.
        mark: the sentence, counted in the passage.
    """

    found: RankedPassage
    mark: Span

    @property
    def text(self) -> str:
        """The sentence."""
        return self.found.passage.text[self.mark.start : self.mark.end]

    @property
    def in_page(self) -> Span:
        """The sentence, counted in the page's text."""
        start = self.found.passage.start
        return Span(start + self.mark.start, start + self.mark.end)


def marks_of_question(
    index: Index, document_id: str, question: str, cited: RankedPassage | None = None
) -> tuple[MarkedPassage, ...]:
    """The passages of a document that fit a question, in reading order.

    They are those in the list that the question gives, which shows at most two of a document, and
    those that would be among its first if it showed all of one.

    Args:
        index: an opened index.
        document_id: of the document.
        question: what was asked; nothing fits an empty one, or one that is too long.
        cited: a passage of the document that is among them in any case.
    """
    question = question.strip()
    if not question or len(question) > MAX_QUESTION_CHARACTERS:
        # From an address; the document is shown all the same.
        return ()
    found = {one.passage.id: one for one in _found(index, document_id, question)}
    if cited:
        found.setdefault(cited.passage.id, cited)
    ordered = sorted(found.values(), key=lambda one: one.passage.position)
    scored = score_quotes(index, question, ordered)
    # Lists of authors and rows of tables are no sentences to read. Of what is cited, the best
    # part is marked all the same.
    best = best_quotes([one for one in scored if can_answer(one.quote) or _is_of(cited, one)])
    return tuple(
        MarkedPassage(one, best[one.passage.id]) for one in ordered if one.passage.id in best
    )


def _is_of(cited: RankedPassage | None, one: ScoredQuote) -> bool:
    return cited is not None and one.quote.source.passage.id == cited.passage.id


def _found(index: Index, document_id: str, question: str) -> Sequence[RankedPassage]:
    ranked = list(rank_passages(index, question))
    shown = spread_over_documents(ranked, DEFAULT_LIMIT, index.versions)
    return [one for one in [*ranked[:DEFAULT_LIMIT], *shown] if one.document.id == document_id]
