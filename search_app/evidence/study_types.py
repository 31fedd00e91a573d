"""What kind of study a text reports, by its own words, with the sentence that says so."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class StudyType(StrEnum):
    """Kinds of study, and of writing that is none."""

    META_ANALYSIS = "meta-analysis"
    SYSTEMATIC_REVIEW = "systematic review"
    TRIAL = "randomised trial"
    INTERVENTION = "trial, randomisation not stated"
    COHORT = "cohort"
    CASE_CONTROL = "case-control"
    CROSS_SECTIONAL = "cross-sectional"
    CASE_REPORT = "case report"
    ANIMAL = "animal"
    IN_VITRO = "in vitro"
    REVIEW = "review"
    OPINION = "opinion"
    PROTOCOL = "protocol"
    UNSTATED = "not stated"


@dataclass(frozen=True)
class Stated:
    """What a text says of itself.

    Attributes:
        value: in a word or two; empty where nothing is stated.
        sentence: that says so, word for word; or "corrected by hand".
    """

    value: str = ""
    sentence: str = ""


_RANDOM = r"randomi[sz]ed"
# Title and sentence each: the first kind that fits wins, so the more telling one stands first.
# "Protocol" before all: a trial that is only planned has found nothing yet.
_IN_TITLES = {
    StudyType.PROTOCOL: r"protocol|(?:study |trial )?design (?:of|and)\b|rationale and design|"
    r"design,? (?:and )?(?:methods|rationale)",
    StudyType.META_ANALYSIS: r"meta-?analys[ei]s",
    StudyType.SYSTEMATIC_REVIEW: r"systematic (?:\w+ )?review|cochrane review",
    StudyType.OPINION: r"editorial|commentary|perspectives?$|: a (?:\w+ )?perspective|viewpoint|"
    r"letter to|\bopinion\b|debate",
    StudyType.REVIEW: r"\breview\b(?! of (?:our|\d))|overview|state of the art|primer|guide to",
    StudyType.CASE_REPORT: r"case (?:report|series|study)|report of (?:a|\w+) cases?",
    StudyType.ANIMAL: r"\b(?:mice|mouse|rats?|murine|rabbits?|pigs?|piglets?|porcine|dogs?|canine|"
    r"horses?|sheep|lambs|zebrafish|monkeys?|macaques?|hamsters?|guinea pigs?|animal models?)\b",
    StudyType.IN_VITRO: r"\bin vitro\b|cell lines?\b|cultured \w+ cells",
    StudyType.TRIAL: rf"{_RANDOM}|placebo|double[- ]blind|\bRCT\b",
    StudyType.CASE_CONTROL: r"case-?control|case-crossover",
    StudyType.COHORT: r"cohort|prospective(?! memory)|longitudinal|follow-?up study|retrospective",
    StudyType.CROSS_SECTIONAL: r"cross-?sectional|survey|prevalence of",
}
_IN_SENTENCES = {
    StudyType.PROTOCOL: r"(?:this|the) (?:paper|article|protocol) (?:describes|presents|outlines) "
    r"(?:the|a) (?:\w+ ){0,3}(?:design|protocol|trial|study)|will be (?:randomi[sz]ed|randomly|"
    r"recruited|assigned|allocated|invited)|(?:describe|report) the (?:design|protocol)|"
    r"protocol (?:of|for) (?:a|an|the)|"
    r"(?:patients|participants|subjects) will be (?:enrolled|followed)",
    StudyType.META_ANALYSIS: r"(?:we|this|our|the present|a)\b.{0,60}(?<!that )\b"
    r"meta-?analy(?:sis|sed|zed)"
    r"(?! (?:has|have|showed|by|of our))|random[- ]effects (?:model|meta)|"
    r"pooled (?:estimate|effect)",
    StudyType.SYSTEMATIC_REVIEW: r"(?:we|this|our|the present)\b.{0,50}\bsystematic(?:ally)? "
    r"(?:literature )?review|(?:databases?|medline|pubmed|embase)\b.{0,60}\bsearched|"
    r"(?:we|was|were) searched?\b.{0,60}\b(?:medline|pubmed|embase|databases?)|search of "
    r"(?:the )?(?:medline|pubmed|embase|literature)",
    StudyType.CASE_REPORT: r"(?:we|this) (?:report|describe|present)s? (?:a|the|an|\w+) "
    r"(?:\w+ ){0,3}(?:case|cases|patient)\b|case report",
    StudyType.ANIMAL: r"\b(?:mice|rats|rabbits|pigs|piglets|dogs|horses|sheep|lambs|zebrafish|"
    r"monkeys|macaques|hamsters|animals)\b.{0,40}\b(?:were|was|received|underwent|exposed|"
    r"treated|housed|subjected|divided|randomi[sz]ed)\b|(?:male|female|adult) (?:\w+ ){0,3}"
    r"(?:mice|rats|rabbits|pigs)\b|(?:in|using|of) (?:a |an )?(?:\w+ ){0,2}(?:mouse|rat|murine|"
    r"porcine|canine|rodent) model",
    StudyType.TRIAL: rf"{_RANDOM}(?: \w+)? (?:to|into|in a|1|one|between|equally)|(?:were|was|"
    rf"been) (?:\w+ )?{_RANDOM}|randomly (?:assigned|allocated|divided|"
    rf"assorted|selected to receive)|{_RANDOM},? (?:[\w-]+,? ){{0,5}}(?:trial|study|design|"
    r"experiment)|double[- ]blind|placebo[- ]controlled|\bRCT\b|randomi[sz]ation",
    StudyType.INTERVENTION: r"clinical trial|open[- ]label|controlled (?:\w+ )?(?:trial|study)|"
    r"intervention study|cross-?over|before[- ]and[- ]after|\bsham\b|control group|"
    r"intervention group|assigned to",
    StudyType.CASE_CONTROL: r"case-?control|case-crossover|(?:age|sex|gender)(?:- and |-|/)\w*-?"
    r"matched controls|matched (?:healthy )?controls",
    StudyType.COHORT: r"\bcohort\b|prospective(?:ly)?\b|longitudinal|were followed(?: up)?\b|"
    r"follow-?up (?:of|was|period|study)|retrospective(?:ly)?\b|medical records|registry|"
    r"consecutive (?:\w+ )?(?:patients|cases)",
    StudyType.CROSS_SECTIONAL: r"cross-?sectional|survey(?:ed|s)?\b|questionnaires? (?:was|were)|"
    r"interview(?:ed|s)\b",
    StudyType.IN_VITRO: r"\bin vitro\b|cell lines?\b|cultured \w+|cells were (?:\w+ )?(?:cultured|"
    r"treated|incubated|exposed)|cadaver(?:s|ic)?\b",
    StudyType.REVIEW: r"(?:this|the present|our) (?:\w+ )?(?:review|overview|article|chapter) "
    r"(?:\w+ )?(?:summari[sz]es|discusses|describes|examines|considers|sets out|explains|covers|"
    r"reviews|focuses|aims|looks|provides|gives)|we (?:\w+ )?(?:review|summari[sz]e|discuss)\b|"
    r"narrative review|in this (?:review|overview)",
    StudyType.OPINION: r"(?:i|we) (?:argue|contend) that|in (?:my|our) opinion|"
    r"this (?:editorial|commentary|viewpoint|perspective)",
}
_TITLES, _SENTENCES = (
    {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in table.items()}
    for table in (_IN_TITLES, _IN_SENTENCES)
)
_WRITINGS = (StudyType.SYSTEMATIC_REVIEW, StudyType.REVIEW, StudyType.OPINION)
# A section of its own, as studies have it: "What the findings mean" is none.
_METHODS = re.compile(
    r"^[\d. ]*(?:(?:materials?|patients|subjects|participants|animals) and methods?|"
    r"methods?(?:(?: and|,|/) ?\w+){0,2}|methodology|results(?: and discussion)?|"
    r"experimental (?:procedures|section)|study (?:design|population))[ :.]*$",
    re.IGNORECASE | re.MULTILINE,
)
_OWN_WORK = re.compile(
    r"\b[Ww]e (?:\w+ ){0,2}(?:found|measured|recruited|enrol|randomi|assigned|compared|studied|"
    r"examined|investigated|assessed|tested|included|report|describe|present|exposed|treated|"
    r"review|analy|carried|did\b|conduct|perform|aimed|searched|used|evaluated|sought|observed|"
    r"followed|surveyed|kept|hypothesi|determined|explored|developed|administered|collected|"
    r"demonstrate|show|interviewed|summari[sz]e)|"
    r"\b[Oo]ur (?:\w+ ){0,3}(?:study|results|findings|data|cohort|patients|trial|sample|rats|mice)|"
    r"\b(?:[Tt]he present|[Tt]he current|[Ii]n this|[Tt]his (?:randomi[sz]ed|prospective|"
    r"retrospective|cross-?sectional|double[- ]blind|pilot|multicent\w+)) (?:[\w,-]+ ){0,4}"
    r"(?:study|trial|investigation|experiment|survey|cohort)\b|"
    r"^(?:\w+ ){0,3}(?:METHODS?|RESULTS|FINDINGS|DESIGN|PATIENTS|SUBJECTS|Methods?|Results|"
    r"Findings|Design|Patients|Participants)\b(?:[:/.]| [A-Z\d])"
)
# What others did says nothing of this study.
_OF_OTHERS = re.compile(
    r"\b(?:previous(?:ly)?|earlier|recent(?:ly)?|other|several|prior|existing|most|few|no) "
    r"(?:\w+ ){0,3}(?:stud(?:y|ies)|trials?|reviews?|meta-?analys[ei]s|cohorts?|reports?|"
    r"research)\b|"
    r"(?:has|have) been (?:shown|reported|studied)|(?:are|is) needed|in (?:animals|rodents|mice) "
    r"(?:and|or) (?:humans|people)|\bet al\b",
    re.IGNORECASE,
)


def read_study_type(title: str, sentences: Sequence[str], headings: str = "") -> Stated:
    """The kind of study, from its title, else from its first sentences.

    Args:
        title: of the document.
        sentences: of its beginning, in order; a title tells more than any of them.
        headings: of its sections; methods and results are those of a study.
    """
    named = _first_kind(_TITLES, title)
    own = [sentence for sentence in sentences if not _OF_OTHERS.search(sentence)]
    if named is StudyType.TRIAL:
        # Many a protocol is called a trial in its title.
        planned = _first_sentence(StudyType.PROTOCOL, own)
        if planned:
            return Stated(StudyType.PROTOCOL, planned)
    if named:
        return Stated(named, title)
    kinds = _SENTENCES if _reports_own_work(sentences, headings) else _WRITINGS
    for kind in kinds:
        found = _first_sentence(kind, own)
        if found:
            return Stated(kind, found)
    return Stated(StudyType.UNSTATED)


def _reports_own_work(sentences: Sequence[str], headings: str) -> bool:
    """What only tells of others' trials is no trial."""
    return bool(_METHODS.search(headings)) or any(_OWN_WORK.search(s) for s in sentences)


def _first_kind(table: dict[StudyType, re.Pattern[str]], text: str) -> StudyType | None:
    return next((kind for kind, pattern in table.items() if pattern.search(text)), None)


def _first_sentence(kind: StudyType, sentences: Iterable[str]) -> str:
    return next((sentence for sentence in sentences if _SENTENCES[kind].search(sentence)), "")
