"""What a document says of itself as a study, or what its owner has put right."""

import re
from dataclasses import dataclass
from enum import StrEnum

from index.documents import Document, Page
from index.sentences import sentence_spans
from search_app.evidence.study_types import StudyType, read_study_type
from search_app.evidence.subjects import Stated, Subjects, read_size, read_subjects

# Title, abstract and the first of the methods: there a study says what it is.
_BEGINNING_CHARACTERS = 6_000
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
BY_HAND = "Corrected by hand."


class Group(StrEnum):
    """What is counted together. The name stands in the line, in the plural."""

    HUMAN = "human studies"
    ANIMAL = "animal studies"
    CELLS = "cell studies"
    REVIEWS = "reviews"
    OTHERS = "studies that do not say whom they studied"


@dataclass(frozen=True)
class Study:
    """Kind, subjects and size of a study, each with the sentence that says so."""

    kind: Stated
    subjects: Stated
    size: Stated

    @property
    def group(self) -> Group | None:
        """What it is counted with; None for a plan or an opinion, which report nothing.

        Nor is a text counted that does not say what kind of study it is: it may be none.

        Reviews and meta-analyses pool studies that may be in the library too, so they are
        never added to them.
        """
        if self.kind.value in _NO_VOTE:
            return None
        if self.kind.value in _POOL:
            return Group.REVIEWS
        return _GROUPS.get(self.subjects.value, Group.OTHERS)


_NO_VOTE = {StudyType.PROTOCOL.value, StudyType.OPINION.value, StudyType.UNSTATED.value}
_POOL = {
    StudyType.META_ANALYSIS.value,
    StudyType.SYSTEMATIC_REVIEW.value,
    StudyType.REVIEW.value,
}
_WITHOUT_SIZE = {
    StudyType.SYSTEMATIC_REVIEW.value,
    StudyType.REVIEW.value,
    StudyType.OPINION.value,
    StudyType.UNSTATED.value,
}
_GROUPS = {
    Subjects.HUMAN.value: Group.HUMAN,
    Subjects.ANIMAL.value: Group.ANIMAL,
    Subjects.CELLS.value: Group.CELLS,
}
_SUBJECTS_OF_KIND = {
    StudyType.ANIMAL.value: Subjects.ANIMAL,
    StudyType.IN_VITRO.value: Subjects.CELLS,
    StudyType.CASE_REPORT.value: Subjects.HUMAN,
}


def read_study(document: Document, pages: tuple[Page, ...]) -> Study:
    """Kind, subjects and size, by the rules, or as the document's metadata says.

    Args:
        document: its ``study_type``, ``species`` and ``size``, where given, are believed.
        pages: its text.
    """
    beginning = "\n\n".join(page.text for page in pages)[:_BEGINNING_CHARACTERS]
    sentences = [beginning[span.start : span.end] for span in sentence_spans(beginning)]
    headings = "\n".join(line for page in pages for line in _HEADING.findall(page.text))
    kind = _given(document, "study_type") or read_study_type(document.title, sentences, headings)
    subjects = _given(document, "species") or _subjects(document.title, sentences, kind)
    size = _given(document, "size")
    if not size:
        size = Stated() if kind.value in _WITHOUT_SIZE else read_size(sentences)
    return Study(kind, subjects, size)


def _subjects(title: str, sentences: list[str], kind: Stated) -> Stated:
    certain = _SUBJECTS_OF_KIND.get(kind.value)
    return Stated(certain, kind.sentence) if certain else read_subjects(title, sentences)


def _given(document: Document, key: str) -> Stated | None:
    value = str(document.metadata.get(key) or "").strip()
    return Stated(value if key == "size" else value.lower(), BY_HAND) if value else None
