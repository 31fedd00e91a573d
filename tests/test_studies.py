"""Studies: kind, subjects and size by a text's own words, or as put right by hand."""

import pytest

from index.documents import Document, Page
from index.sentences import sentence_spans
from search_app.evidence.studies import BY_HAND, Group, read_study
from search_app.evidence.study_types import StudyType, read_study_type
from search_app.evidence.subjects import read_size


def sentences(text: str) -> list[str]:
    """Of a text."""
    return [text[span.start : span.end] for span in sentence_spans(text)]


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("Stress and IL-6: a meta-analysis", "", StudyType.META_ANALYSIS),
        ("Yoga for sleep: a systematic review", "", StudyType.SYSTEMATIC_REVIEW),
        ("Sleep", "We searched PubMed and Embase for trials.", StudyType.SYSTEMATIC_REVIEW),
        ("Sleep", "We did a random-effects meta-analysis of 12 trials.", StudyType.META_ANALYSIS),
        ("Yoga: a randomised controlled trial", "", StudyType.TRIAL),
        ("Yoga", "We randomly assigned 40 women to yoga or rest.", StudyType.TRIAL),
        ("Yoga", "METHODS: Patients were randomized to yoga or rest.", StudyType.TRIAL),
        ("Yoga: study protocol for a randomised trial", "", StudyType.PROTOCOL),
        ("Yoga: a randomised trial", "Patients will be randomly assigned.", StudyType.PROTOCOL),
        ("Yoga", "We did an open-label study with a control group.", StudyType.INTERVENTION),
        ("Sleep", "Our cohort was followed for ten years.", StudyType.COHORT),
        ("Sleep", "We reviewed the medical records of all patients.", StudyType.COHORT),
        ("Sleep", "In this case-control study we compared nurses.", StudyType.CASE_CONTROL),
        ("Sleep", "We carried out a cross-sectional survey.", StudyType.CROSS_SECTIONAL),
        ("Sleep", "We report a case of narcolepsy after infection.", StudyType.CASE_REPORT),
        ("Sleep loss in mice", "", StudyType.ANIMAL),
        ("Sleep", "Our male Wistar rats were exposed to noise.", StudyType.ANIMAL),
        ("Sleep", "In this study macrophage cell lines were used.", StudyType.IN_VITRO),
        ("Sleep and immunity: a review", "", StudyType.REVIEW),
        ("Sleep", "This article sets out what is known.", StudyType.REVIEW),
        ("Why sleep matters: an editorial", "", StudyType.OPINION),
        ("Sleep", "Sleep is good.", StudyType.UNSTATED),
        # What only tells of others' trials is none.
        ("Sleep", "In one trial 40 women were randomly assigned to rest.", StudyType.UNSTATED),
        (
            "Sleep",
            "Mice were in this library. It was randomised, double-blind and placebo-controlled.",
            StudyType.UNSTATED,
        ),
        ("Sleep", "This library holds the record of that meta-analysis.", StudyType.UNSTATED),
        ("Sleep", "We slept. Previous randomised trials found much.", StudyType.UNSTATED),
    ],
)
def test_kind_of_a_study(title: str, text: str, kind: StudyType) -> None:
    """With the sentence that says so, word for word."""
    found = read_study_type(title, sentences(text))
    assert found.value == kind
    assert found.sentence in (title, "", *sentences(text))
    assert bool(found.sentence) == (kind is not StudyType.UNSTATED)


def test_sections_of_methods_make_a_study() -> None:
    """Where the text itself never says "we"."""
    told = ["Forty women were randomly assigned."]
    assert read_study_type("Yoga", told).value == StudyType.UNSTATED
    assert read_study_type("Yoga", told, "1. Methods\nResults").value == StudyType.TRIAL
    asked = "What the findings mean\nWhich methods were used in patients"
    assert read_study_type("Yoga", told, asked).value == StudyType.UNSTATED


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("A total of 7,466 women 18-25 years old were randomized.", "7466"),
        ("Fifty-seven patients with ARDS were randomly assigned.", "57"),
        ("Two hundred patients were enrolled.", "200"),
        ("We recruited participants (N=170) online.", "170"),
        ("240 otherwise healthy men and women consumed a spread; they were included.", "240"),
        ("Thirty rats were divided into three groups.", "30"),
        ("Men with type 2 diabetes were included.", ""),
        ("Depression affects 300 million people, of whom 12 patients were studied.", ""),
        ("Sleep is good.", ""),
    ],
)
def test_size_of_a_study(text: str, size: str) -> None:
    """Only where the text counts those who took part."""
    found = read_size(sentences(text))
    assert (found.value, found.sentence) == (size, text if size else "")


@pytest.mark.parametrize(
    ("title", "text", "group"),
    [
        ("Yoga", "We randomly assigned 40 women to yoga.", Group.HUMAN),
        ("Noise", "We exposed rats. The rats were killed. In this study rats died.", Group.ANIMAL),
        ("Noise", "We treated cell lines in vitro.", Group.CELLS),
        ("Yoga: a meta-analysis of trials in women", "", Group.REVIEWS),
        ("Yoga", "Yoga is good for women.", None),
        ("Yoga: study protocol", "", None),
        ("Yoga: an editorial", "", None),
    ],
)
def test_what_a_study_is_counted_with(title: str, text: str, group: Group | None) -> None:
    """Plans and opinions with nothing."""
    assert read_study(Document("d", title, ""), (Page(text),)).group is group


def test_metadata_is_believed_over_the_rules() -> None:
    """As put right by the owner of the library."""
    metadata: dict[str, object] = {"study_type": "Cohort", "species": "human", "size": 12}
    document = Document("d", "Noise in mice", "", metadata=metadata)
    study = read_study(document, (Page("We exposed 40 mice to noise."),))
    assert (study.kind.value, study.subjects.value, study.size.value) == ("cohort", "human", "12")
    assert {study.kind.sentence, study.subjects.sentence, study.size.sentence} == {BY_HAND}
    assert study.group is Group.HUMAN
