"""nDCG@10 of any way to rank the passages of a judged set's index."""

from collections.abc import Callable
from statistics import fmean

from ranking import holds_answer, ndcg_at_10, passages_of, read_answers

from index.search import Index
from ingest.judged_set import JudgedSet
from search_app.evaluating import measure

# Passage keys for a query's id, best first.
Ranker = Callable[[str], list[int]]


class Scorer:
    """Scores rankers on the queries of a set.

    Of documents, each where its best passage stands; where the set marks its answers, of the
    passages that hold one whole.
    """

    def __init__(self, index: Index, judged: JudgedSet) -> None:
        """Take the index of the set's texts."""
        self._queries = judged.queries
        self._qrels = judged.qrels
        passages = passages_of(index)
        self._documents = {passage.id: passage.document_id for passage in passages}
        answers = judged.corpus.with_name("answers.jsonl")
        spans = read_answers(answers) if answers.exists() else {}
        self._holding = {
            query: {one.id for one in passages if holds_answer(one, spans[query])}
            for query in judged.queries
            if spans.get(query)
        }

    def mean_ndcg(self, rank: Ranker) -> float:
        """Mean nDCG@10 of a ranker."""
        if self._holding:
            return fmean(
                ndcg_at_10([key in relevant for key in rank(query)], relevant)
                for query, relevant in self._holding.items()
            )
        run = {}
        for query in self._queries:
            ranked = dict.fromkeys(self._documents[key] for key in rank(query))
            run[query] = {document: 1 / place for place, document in enumerate(ranked, 1)}
        return fmean(measure(self._qrels, run)["ndcg@10"])
