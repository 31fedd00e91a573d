"""The words that tell a direction, or that there is none, as regular expressions.

Kept apart from the rules that use them, so that a word can be added without reading code.
"""

import re


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)


UP = _any_of(
    r"increas(?:e|es|ed|ing|ingly)",
    r"rais(?:e|es|ed|ing)",
    r"ris(?:e|es|ing|en)",
    r"rose",
    r"elevat(?:e|es|ed|ing|ion|ions)",
    r"high(?:er|est)?(?![- ]?(?:dose|risk|sensitivity|density|resolution|throughput|performance))",
    r"greater",
    r"more(?! than (?:one|two|three|\d))",
    r"larger",
    r"longer",
    r"enhanc(?:e|es|ed|ing|ement)",
    r"boost(?:s|ed|ing)?",
    r"augment(?:s|ed|ing)?",
    r"up-?regulat(?:e|es|ed|ing|ion)",
    r"stimulat(?:e|es|ed|ing)",
    r"promot(?:e|es|ed|ing)",
    r"worsen(?:s|ed|ing)?",
    r"aggravat(?:e|es|ed|ing)",
    r"exacerbat(?:e|es|ed|ing)",
    r"potentiat(?:e|es|ed|ing)",
    r"induc(?:e|es|ed|ing)",
    r"trigger(?:s|ed|ing)?",
    r"amplif(?:y|ies|ied|ying)",
    r"heighten(?:s|ed|ing)?",
    r"doubl(?:e|es|ed|ing)",
    r"(?:two|three|four|five|ten)-?fold",
    r"excess",
    r"positive(?:ly)? (?:\w+ )?(?:associat|correlat|relat)\w+",
    r"rise",
    r"(?:twice|\w+ times) as (?:many|much|high|likely|often)",
)
DOWN = _any_of(
    r"decreas(?:e|es|ed|ing)",
    r"reduc(?:e|es|ed|ing|tion|tions)",
    r"lower(?:s|ed|ing)?(?! (?:extremit|limb|leg|back|respiratory|urinary|pole))",
    r"lowest",
    r"less(?! than (?:one|two|three|\d))",
    r"fewer",
    r"smaller",
    r"shorter",
    r"declin(?:e|es|ed|ing)",
    r"drop(?:s|ped|ping)?",
    r"fell",
    r"fall(?:s|en|ing)?",
    r"diminish(?:es|ed|ing)?",
    r"attenuat(?:e|es|ed|ing|ion)",
    r"blunt(?:s|ed|ing)?",
    r"suppress(?:es|ed|ing|ion)?",
    r"inhibit(?:s|ed|ing|ion)?",
    r"down-?regulat(?:e|es|ed|ing|ion)",
    r"alleviat(?:e|es|ed|ing)",
    r"reliev(?:e|es|ed|ing)",
    r"ameliorat(?:e|es|ed|ing)",
    r"lessen(?:s|ed|ing)?",
    r"mitigat(?:e|es|ed|ing)",
    r"prevent(?:s|ed|ing)?",
    r"protect(?:s|ed|ing|ive|ion)?",
    r"block(?:s|ed|ing)?",
    r"abolish(?:es|ed|ing)?",
    r"curb(?:s|ed|ing)?",
    r"dampen(?:s|ed|ing)?",
    r"inverse(?:ly)?",
    r"negative(?:ly)? (?:\w+ )?(?:associat|correlat|relat)\w+",
    r"eliminat(?:e|es|ed|ing)",
    r"half as (?:many|much|high|likely|often)",
)
# Nothing was found: stated outright.
NO_DIFFERENCE = _any_of(
    r"no (?:\w+[ -]){0,4}?(?:differences?|changes?|effects?|impact|influence|associations?|"
    r"correlations?|relations?|relationships?|links?|evidence|benefits?|advantages?|"
    r"improvements?|increases?|reductions?|decreases?|interactions?|advantage|predictors?|"
    r"trends?|role|value|alterations?|rise|help)",
    r"no (?:\w+ ){0,3}?(?:trials?|stud(?:y|ies)|data|evidence) "
    r"(?:show|shows|showed|showing|that|of|for)",
    r"no (?:\w+ ){0,3}?(?:trials?|stud(?:y|ies)) (?:\w+ ){1,4}?(?:shows?|showed|found|reports?)",
    r"no [\w ,]{1,60}? (?:has|have) been (?:shown|found|observed|reported)",
    r"(?:not|n['\u2019]t|neither|nor|never) (?:\w+[ -]){0,3}?(?:differ|different|differed|change|"
    r"changed|affect|affected|alter|altered|influence|influenced|associated|associate|"
    r"correlate|correlated|related|relate|linked|predict|predicted|predictive|significant|"
    r"significantly|improve|improved|increase|increased|increases|reduce|reduced|reduces|"
    r"decrease|decreased|lower|lowered|raise|raised|rise|elevated|effective|necessary|"
    r"justified|superior|better|higher|greater|prevent|prevented|protect|help|support|"
    r"supported|depend|dependent|benefit|useful|reliable|accurate|find|found|show|shown|"
    r"demonstrate|detect|detected|observed|seen|reach|result|resulted|lead|contribute|have|"
    r"be|explain|appear|need|recommended|possible|appropriate|feasible)",
    r"(?:did|does|do|could|was|were|is|are) not",
    r"cannot",
    r"fail(?:s|ed|ing|ure)? to",
    r"non-?significant(?:ly)?",
    r"insignificant(?:ly)?",
    r"similar(?:ly)?(?! to (?:those|that) of previous)",
    r"comparable",
    r"identical",
    r"unchanged",
    r"unaffected",
    r"unrelated",
    r"independent(?:ly)? of",
    r"equivalent",
    r"the same",
    r"ineffective",
    r"lack(?:s|ed)? of (?:\w+ ){0,2}?(?:difference|effect|association|evidence|benefit|"
    r"correlation)",
    r"without (?:\w+ ){0,2}?(?:difference|effect|change|benefit|improvement)s?",
    r"null (?:results?|findings?|effects?)",
    r"neither",
    r"none of",
    r"no longer",
    r"p ?> ?0?[.\u00b7]0[5-9]\d*",
    r"p ?[=>] ?0?[.\u00b7][1-9]\d*",
    r"ns",
    r"(?:little|minimal|negligible) (?:effect|difference|change|association|evidence|impact|"
    r"correlation|benefit)",
    r"poor(?:ly)? (?:\w+ )?(?:correlat\w+|agreement|predict\w+)",
)
# Whatever rose or fell before it, that was not more than chance.
NOT_SIGNIFICANT = _any_of(
    r"(?:differences?|changes?|increases?|decreases?|reductions?|effects?|trends?|this|these) "
    r"(?:was|were|is|are|did|do|does) (?:also )?not (?:\w+ )?(?:significan\w+|reach)",
    r"(?:not|non)[- ](?:statistically )?significant(?:ly)?",
    r"p ?> ?0?[.\u00b7]0[5-9]\d*",
    r"p ?[=>] ?0?[.\u00b7][1-9]\d*",
)
# Something was found, which way it goes is told by others, if at all.
FOUND = _any_of(
    r"significant(?:ly)?",
    r"associat(?:ed|ion|ions)",
    r"correlat(?:ed|es|e|ion|ions)",
    r"predict(?:s|ed|or|ors|ive)?",
    r"linked",
    r"related",
    r"risk factors?",
    r"affect(?:s|ed)",
    r"influenc(?:e|es|ed)",
    r"differ(?:s|ed|ence|ences|ent)?",
    r"improv(?:e|es|ed|ing|ement|ements)",
    r"better",
    r"superior",
    r"effective(?:ly)?",
    r"efficac(?:y|ious)",
    r"success(?:ful|fully)?",
    r"benefi(?:t|ts|ted|cial)",
    r"useful",
    r"feasible",
    r"safe(?:ly)?",
    r"reliable",
    r"accurate(?:ly)?",
    r"valid",
    r"confirm(?:s|ed)?",
    r"support(?:s|ed)?",
    r"contribut(?:e|es|ed)",
    r"caus(?:e|es|ed)",
)
# The writer is not sure, so nobody should count it.
HEDGED = _any_of(
    r"mixed (?:results|findings|evidence)",
    r"inconsistent(?:ly)?",
    r"inconclusive",
    r"conflicting",
    r"contradictory",
    r"remains? (?:unclear|unknown|uncertain|controversial|to be)",
    r"(?:is|are|was|were) (?:unclear|unknown|uncertain|controversial)",
    r"not (?:yet )?(?:clear|known|certain|established)",
    r"more (?:research|studies|work|data|trials) (?:is|are)",
    r"further (?:research|studies|work|trials|investigation)",
    r"whether",
    r"hypothesi[sz]e[sd]?",
    r"(?:aim|aims|aimed|objective|purpose|goal)\b.{0,40}\b(?:to|was|is)",
    r"(?:may|might|could|should|if)",
    r"(?:often|sometimes|widely|commonly|generally) (?:said|thought|believed|recommended|assumed|"
    r"offered|claimed)",
    r"(?:not|no|little) (?:\w+ ){0,2}?(?:evidence that|known whether|show that|prove)",
    # Nobody has looked: that is no finding of no difference.
    r"(?:no|not (?:hold|have|find|contain|include) (?:a|any|one)) (?:\w+ ){0,3}?"
    r"(?:stud(?:y|ies)|trials?) (?:(?:that|which|has|have|had|in|here|this|library|yet) ){0,4}?"
    r"(?:measured?|tested|tests?|examined?|looked|addressed|investigated?|assessed|compared?)",
    r"(?:would|may) seem",
    r"by itself",
    r"(?:would|can) (?:come about|explain)",
)
# What studies report, against what they set out to do or what was known before.
RESULT = _any_of(
    r"we (?:\w+ )?(?:found|observed|show|showed|demonstrated|report|conclude|detected)",
    r"(?:results?|findings?|data|study|trial|analysis|meta-analysis) (?:\w+ )?(?:show|shows|showed|"
    r"suggest|suggests|suggested|indicate|indicates|indicated|demonstrate|demonstrates|"
    r"demonstrated|revealed|found|confirm|confirms|support)",
    r"(?:in conclusion|conclusions?|concluded|overall|in summary|taken together)",
    r"p ?[<=>\u2264] ?0?[.\u00b7]\d+",
    r"ci",
    r"significant(?:ly)?",
    r"(?:odds|hazard|risk) ratios?",
    r"compared (?:with|to)",
    r"than",
)
BACKGROUND = _any_of(
    r"(?:aim|aims|aimed|objective|objectives|purpose|goal|hypothesis|hypothesi[sz]ed?)",
    r"(?:to|we) (?:\w+ )?(?:determine|investigate|investigated|examine|examined|assess|assessed|"
    r"evaluate|evaluated|compare|explore|explored|test|tested|study|studied)(?= (?:if|whether|"
    r"the|how))",
    r"(?:is|are|was|were) (?:\w+ )?(?:measured|recorded|collected|enrolled|recruited|assigned|"
    r"randomi[sz]ed|assessed|analy[sz]ed|defined|calculated)",
    r"(?:has|have) been (?:\w+ )?(?:suggested|proposed|reported|shown|implicated|hypothesi[sz]ed|"
    r"linked|associated)",
    r"it is (?:\w+ )?(?:known|thought|believed|assumed)",
    r"previous(?:ly)?",
    r"whether",
)
