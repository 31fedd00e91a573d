"""The vote of each study: one sentence, read by rules, and never two of one study."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from index.documents import RankedPassage
from index.overlap import stems_of
from index.search import Index
from index.sentences import sentence_spans
from search_app.evidence.cues import BACKGROUND, DOWN, FOUND, RESULT, UP
from search_app.evidence.directions import Vote, read_direction, vote_of
from search_app.evidence.known_studies import study_of
from search_app.evidence.questions import Asked, Asks
from search_app.evidence.studies import Group, Study
from search_app.quotes import Quote
from search_app.telling_words import TellingWords, read_telling_words
from search_app.verifying import stands_in_source

# A sentence that names less of the question is about something else.
_LEAST_SAID = 0.5
# Chosen on half of the questions of PubMedQA (`python benchmarks/evidence.py DIR`).
_RESULT_BONUS = 0.25
_BACKGROUND_MALUS = 0.3
_UNCLEAR_MALUS = 0.6
_LATE_BONUS = 0.6
_LABEL = re.compile(r"[A-Z][A-Z ,&/-]{3,}:\s*")
_WORD = re.compile(r"\w[\w-]*")
_SHORTEST_STEM = 4


@dataclass(frozen=True)
class StudyVote:
    """What one study says to the question.

    Attributes:
        quote: the sentence that was read.
        vote: which way it points.
        study: kind, subjects and size of the study.
        group: what it is counted with.
    """

    quote: Quote
    vote: Vote
    study: Study
    group: Group


@dataclass(frozen=True)
class SentenceVote:
    """What one sentence says to the question, and how much it speaks for its study."""

    quote: Quote
    vote: Vote
    standing: float


def says_which_way(asked: Asked | None) -> Callable[[str], bool]:
    """Whether a sentence says which way the outcome goes, for a question that asks that.

    For any other question, every sentence does.
    """
    if asked is None or asked.asks is Asks.YES_NO:
        return lambda _sentence: True
    outcome = word_patterns(asked.outcome)
    return lambda sentence: vote_of(read_direction(sentence, outcome), asked) is not Vote.UNCLEAR


class Reader:
    """Reads sentences as votes on one question."""

    def __init__(self, asked: Asked, words: TellingWords, question: str) -> None:
        """Take the question, its words, and what it asks."""
        self._asked = asked
        self._outcome = word_patterns(asked.outcome)
        told = " ".join(w for w in _WORD.findall(question) if not _tells_direction(w))
        kept = set(stems_of(told))
        weights = {stem: weight for stem, weight in words.weights.items() if stem in kept}
        of_outcome = set(stems_of(asked.outcome))
        exposure = {stem: weight for stem, weight in weights.items() if stem not in of_outcome}
        # Of "does stress raise IL-6?" a sentence must name stress and IL-6, not one of them twice.
        self._words = TellingWords(exposure or weights)

    def read(self, source: RankedPassage) -> list[SentenceVote]:
        """The sentences of a passage that are about the question, each with its vote."""
        text = source.passage.text
        spans = [(span.start, span.end) for span in sentence_spans(text)]
        reads = []
        for number, (start, end) in enumerate(spans):
            label = _LABEL.match(text[start:end])
            quote = Quote(
                text[start + label.end() if label else start : end],
                source,
                start + label.end() if label else start,
                end,
            )
            read = self._read(quote, number / len(spans))
            if read:
                reads.append(read)
        return reads

    def vote(self, sentence: str) -> Vote:
        """Which way a sentence points, whatever it is about."""
        return vote_of(read_direction(sentence, self._outcome), self._asked)

    def _read(self, quote: Quote, lateness: float) -> SentenceVote | None:
        said = self._words.said_in(quote.text)
        names_outcome = not self._outcome or any(p.search(quote.text) for p in self._outcome)
        if said < _LEAST_SAID or not names_outcome or quote.text.endswith("?"):
            return None
        vote = self.vote(quote.text)
        standing = (
            said
            + _RESULT_BONUS * bool(RESULT.search(quote.text))
            - _BACKGROUND_MALUS * bool(BACKGROUND.search(quote.text))
            - _UNCLEAR_MALUS * (vote is Vote.UNCLEAR)
            + _LATE_BONUS * lateness
        )
        return SentenceVote(quote, vote, standing)


def collect_votes(
    index: Index, question: str, asked: Asked, ranked: Sequence[RankedPassage]
) -> list[StudyVote]:
    """One vote a study, in the order in which the studies were found.

    Args:
        index: holds the texts of the documents.
        question: as it was asked.
        asked: what it asks.
        ranked: passages to the point, best first.
    """
    reader = Reader(asked, read_telling_words(index.words, question), question)
    best: dict[str, SentenceVote] = {}
    for source in ranked:
        for read in reader.read(source):
            study = _study_of(index, source)
            if study not in best or read.standing > best[study].standing:
                best[study] = read
    return list(_with_studies(index, best.values()))


def _with_studies(index: Index, reads: Iterable[SentenceVote]) -> Iterable[StudyVote]:
    for read in reads:
        study = study_of(index, read.quote.source.document)
        if study.group and stands_in_source(index, read.quote):
            yield StudyVote(read.quote, read.vote, study, study.group)


def _study_of(index: Index, source: RankedPassage) -> str:
    """Versions, a preprint and its article, are one study; so is what its owner calls a group."""
    document = source.document
    versions = index.versions.get(document.id, (document.id,))
    return str(document.metadata.get("group") or versions[0])


def _tells_direction(word: str) -> bool:
    return any(pattern.fullmatch(word) for pattern in (UP, DOWN, FOUND))


def word_patterns(words: str) -> list[re.Pattern[str]]:
    """Finds the words of an outcome in any form: "inflammation" in "inflammatory" too."""
    kept = [word for word in _WORD.findall(words) if len(word) > 1]
    telling = [w for w in kept if len(w) >= _SHORTEST_STEM or any(c.isupper() for c in w)] or kept
    return [re.compile(rf"\b{re.escape(_root(word))}", re.IGNORECASE) for word in telling]


def _root(word: str) -> str:
    return word[: max(_SHORTEST_STEM, len(word) * 2 // 3)] if word.islower() else word
