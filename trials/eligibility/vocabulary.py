"""The words by which sides, groups and notes are known. Tables only, for the other stages.

Spellings follow what sponsors type, slips included. Lower case throughout; patterns are matched
against folded text (see `fold`).
"""

import re
from functools import lru_cache

_INCLUSION = (
    r"in[cl]{1,3}u?[sc]{1,2}[ioó]{1,2}n?s?|inclusive|inclusionary|included|inclusie|inklusions?"
)
_EXCLUSION = (
    r"ex[cl]{1,3}u?[sc]{1,2}[ioó]{1,2}n?s?|exclusive|exclusionary|excluding|excluded|exklusions?"
)
_CRITERIA = r"(?:cr?it[eir]\w{1,6}|cr[ei]t?er\w{1,4}|crtier\w{1,4}|kriterien)"

# A line without any of these names no side; looking for them first is quick.
SIDE_HINTS = ("crit", "creit", "creter", "crter", "citer", "cirter", "krit", "kryt", "clusion")
FOREIGN_SIDE_HINTS = ("крит", "标准", "標準", "基準", "기준", "纳入", "入选")

# Which side a noun phrase names. The first pattern that matches a heading decides.
BOTH_SIDES = re.compile(
    rf"\b(?:{_INCLUSION})\s*(?:/|&|and|or|and/or|,)\s*(?:{_EXCLUSION})\b"
    rf"|\b(?:{_EXCLUSION})\s*(?:/|&|and|or|and/or|,)\s*(?:{_INCLUSION})\b"
    rf"|(?:{_INCLUSION})\s+{_CRITERIA}\s*(?:/|&|and)\s*(?:{_EXCLUSION})\s+{_CRITERIA}"
    r"|纳入(?:和|与|及|/|、)排除|入选(?:和|与|及|/|、)排除|选择(?:和|与|及|/|、)排除"
)
EXCLUSION_PHRASE = re.compile(
    rf"\b(?:non|not)\s?[-‐–]?\s?(?:{_INCLUSION})(?:\s+{_CRITERIA}|\b)"
    rf"|\b(?:{_EXCLUSION})\s*[-–]?\s*(?:\w+\s)?{_CRITERIA}"
    rf"|\b{_CRITERIA}\s+(?:for|of|to)\s+(?:{_EXCLUSION}|non-?inclusion|ineligibility)\b"
    rf"|\bineligibility\s+{_CRITERIA}"
    r"|\bcrit[eè]res?\s+(?:d['’ e]\s?(?:exclusion|non[- ]?inclusion)|de\s+non[- ]?inclusion)"
    r"|\bcriterios?\s+de\s+(?:exclusi[oó]n|no\s+inclusi[oó]n)"
    r"|\bcrit[eé]rios?\s+de\s+(?:exclus[aã]o|n[aã]o[- ]inclus[aã]o)"
    r"|\bcriteri\s+di\s+(?:esclusione|non\s+inclusione)"
    r"|\bau(?:ss|ß)chlu(?:ss|ß)kriteri(?:en|um)|\bexclusiecriteria"
    r"|\bkryteria\s+wy[lł][aą]czenia|критерии\s+(?:исключения|невключения)"
    r"|\bd[iı][sş]lama\s+kriterleri"
    r"|排除标准|排除標準|排除基準|除外基準|제외\s?기준|선정\s?제외"
)
INCLUSION_PHRASE = re.compile(
    rf"\b(?:{_INCLUSION})\s*[-–]?\s*(?:\w+\s)?{_CRITERIA}"
    rf"|\b{_CRITERIA}\s+(?:for|of|to)\s+(?:{_INCLUSION}|enrol?lment|participation)\b"
    r"|\bcrit[eè]res?\s+d['’ e]\s?inclusion"
    r"|\bcriterios?\s+de\s+inclusi[oó]n|\bcrit[eé]rios?\s+de\s+inclus[aã]o"
    r"|\bcriteri\s+di\s+inclusione|\beinschlu(?:ss|ß)kriteri(?:en|um)|\binclusiecriteria"
    r"|\bkryteria\s+w[lł][aą]czenia|критерии\s+включения|\bdahil\s+(?:edilme|etme)\s+kriterleri"
    r"|纳入标准|納入標準|納入基準|入选标准|入選標準|入组标准|入組標準|選択基準|選擇標準|适格基準|適格基準|선정\s?기준|포함\s?기준"
)
# What may stand before a side's name in a list item; anything else is a criterion of its own.
ADJECTIVES = re.compile(
    r"\W*(?:(?:the|key|main|major|primary|general|basic|overall|study|trial|protocol|patients?|subjects?|"
    r"participants?|donors?|partners?|controls?|healthy|volunteers?|clinical|selection|eligibility|"
    r"adults?|parents?|children|caregivers?|for|and|list of|project|criteria|our)\W*)*"
)
# Neither side: when those who have joined leave again.
LEAVING_PHRASE = re.compile(
    r"^(?:removal|removing|withdrawal|elimination|drop-?out|discontinuation|termination|shedding|"
    rf"suspension|exit|rescreening|stopping)(?:\s(?:and|/)\s\w+)?\s{_CRITERIA}"
    r"|^criteri(?:a|on) for (?:removal|withdrawal|elimination|discontinuation|termination)"
    r"|^criterios? de eliminaci[oó]n|^(?:剔除|脱落|退出|终止|中止)[^：:]{0,6}标准|^中止基準"
)
# Words that are a side heading only when they stand alone on their line.
LONE_INCLUSION = frozenset(
    [
        "inclusion",
        "inclusions",
        "included",
        "includes",
        "include",
        "incl",
        "inclusion criteria include",
        "inclusión",
        "einschluss",
        "纳入",
        "入选",
    ]
)
LONE_EXCLUSION = frozenset(
    [
        "exclusion",
        "exclusions",
        "excluded",
        "excludes",
        "exclude",
        "excl",
        "excluded are",
        "non-inclusion",
        "noninclusion",
        "non inclusion",
        "ineligible",
        "not eligible",
        "ineligibility",
        "exclusión",
        "ausschluss",
        "排除",
    ]
)
ELIGIBILITY_PHRASE = re.compile(
    rf"(?:eligibility|selection|enrol?lment|entry|study|patient|subject)?\s*{_CRITERIA}"
    r"|eligibility|criterios\s+de\s+elegibilidad|crit[eè]res\s+d['’]\s?[eé]ligibilit[eé]"
    r"|eligible\s+\w+"
)

# Before a side's name, these make a sentence of the line ("not meeting inclusion criteria").
TALKS_ABOUT = re.compile(
    r"\b(?:not|no|meets?|met|meeting|fulfil\w*|satisf\w+|who|which|that|see|per|violat\w+|outside|"
    r"under|unless|despite|does|do|did|is|was|without|than|except|matching|has|have|pass\w*|"
    r"according|within|listed|defined|described|comply|complying|against|if|with|from|having)\b"
)
# After it, these carry on the heading ("exclusion criteria for healthy volunteers").
CARRIES_ON = re.compile(
    r"^(?:$|[-–—:(（\[,/.]|for\b|of\b|in\b|at\b|to\b|on\b|are\b|is\b|includes?\b|include[ds]?\b|"
    r"specific\b|as\b|phase|part|cohort|group|arm|stage|stud(?:y|ies)\b|pour|para|per\b|will\b|"
    r"were\b|\d|[a-z]$|by\b|list|only|among|[（(:：])"
)

# Whole sentences that open a side.
ACCEPTS = re.compile(
    r"\b(?:eligible|inclu(?:ded|sion)|enrol?led|enrol?ment|participate|participation|recruited|"
    r"qualif\w+|entry|enter|admitted|entered|allowed|invited|considered|suitable|required to)\b"
)
REJECTS = re.compile(
    r"\b(?:exclude[ds]?|excluding|exclusion\w*|ineligible|disqualif\w+|non-?eligible|"
    r"prevent\w* from|preclude[ds]?)\b"
)
# "Pairs were eligible for this study if …": who may join, said of all of them.
VERDICT = re.compile(
    r"^[^.;:]{3,80}\b(?:is|are|was|were|will be)\s+(?:not\s+)?"
    r"(?:eligible|ineligible|included|excluded|enrol?led)\b"
    r"(?:\s+(?:for|in|to|from|into)\s+(?:\w+\s+)?(?:the|this|our)?\s*(?:study|trial|research|project))?"
    r"\s+(?:if|when|provided)\b"
)
OBLIGES = re.compile(r"\b(?:must|should|shall|have to|has to|need to|required to)\b")
WHOLE_STUDY = re.compile(
    r"\b(?:patients?|participants?|subjects?|individuals?|persons?|people|volunteers?|candidates?|"
    r"women|men|males?|females?|children|adults?|parents?|donors?|those|you|anyone|cases|"
    r"recipients?|they|he|she|criteria|following|to be eligible)\b"
)

# Cohorts, arms, parts and the people who make them up.
LABELLED_GROUP = re.compile(
    r"^(?:for |in |only |additional |specific |criteria |all |the |main |dose |study |treatment |"
    r"disease |patients? |subjects? |participants? |expansion |escalation |and |histologic |"
    r"[\w/+.-]{1,24} ){0,5}?"
    r"(?:cohorts?|groups?|arms?|parts?|phases?|strat(?:um|a)|steps?|sub-?stud(?:y|ies)|periods?|"
    r"sub-?groups?|subsets?|modules?|tiers?|tracks?|aims?|stages?|populations?|segments?|objectives?)\b"
    r"(?:$|[^\w]*(?:\d|[ivx]+\b|[a-z]\b|one\b|two\b|three\b|for\b|only\b|specific\b|\())"
)
NUMBERED_GROUP = re.compile(
    r"\b(?:cohort|group|arm|part|phase|stratum|step|period|module|aim|stage|subgroup|population)s?\s+"
    r"(?:\d+[a-z]?|[ivx]+|[a-z]\d?|one|two|three|four|five)\b"
)
GROUP_LABEL = re.compile(
    r"(?:[\w-]+ ){0,2}(?:cohort|group|arm|part|phase|stratum|step|period|module|subgroup)s?\s+"
    r"(?:\d+[a-z]?|[ivx]+|[a-z]\d?|one|two|three|four|five)(?:\s*[(\[].*[)\]])?"
)
# The main headings of old cancer records; the others in capitals stand below them.
OLD_TOPIC = re.compile(
    r"^(?:disease|patient|donor) characteristics|^prior[ /]?(?:/?concurrent|/?current)? therapy|"
    r"^prior and concurrent therapy|^patient eligibility"
)
PEOPLE = re.compile(
    r"^(?:for |in |among |all |only |the |both |additional |specific )*"
    r"(?:(?:[\w/+'’.-]+ ){0,4}?)"
    r"(?:patients?|participants?|subjects?|volunteers?|controls?|cases?|donors?|recipients?|"
    r"care-?givers?|care-?takers?|carers?|mothers?|fathers?|infants?|newborns?|neonates?|children|"
    r"adolescents?|adults?|parents?|women|men|males?|females?|smokers?|non-?smokers?|physicians?|"
    r"clinicians?|providers?|nurses?|partners?|dyads?|individuals?|famil(?:y|ies)|siblings?|staff|"
    r"students?|teachers?|spouses?|survivors?|relatives?|pairs?|asthmatics?|persons?|people|"
    r"households?|clinics?|practices?|sites?|residents?|veterans?|users?)\b"
)
# Lines that begin with the same kind of label stand beside each other.
LOUD_LABEL = re.compile(r"[A-Z][A-Z /-]{2,40}[:：]")
GROUP_LINE = re.compile(r"[A-Za-z]+ (?:group|cohort|arm) ?[:：]", re.IGNORECASE)
QUALIFIER = re.compile(
    r"\b(?:specific|additional|general|cohorts?|groups?|arms?|parts?|phases?|stage|stratum|"
    r"common|sub-?study|module|special|further|secondary|supplementary|disease-specific)\b"
)

# "Adequate organ function:" leads into thresholds.
FUNCTION_LEAD = re.compile(
    r"\b(?:functions?|values?|laborator\w+|marrow|ha?ematolog\w+|renal|hepatic|blood counts?|"
    r"reserve|chemistry|organs?)\b",
    re.IGNORECASE,
)
THRESHOLD = re.compile(
    r"[<>≤≥=]|\b(?:ULN|LLN|upper limit|within normal|at least \d|less than|greater than|"
    r"normal limits|no (?:less|more) than|equal (?:or|to))\b",
    re.IGNORECASE,
)

# An item that announces a list, and what is surely no entry of one.
ANNOUNCES_LIST = re.compile(
    r"(?:\b(?:one|two|three|four|any|all|both|either)|\(?\b[1-4]\)?)(?: \([1-4]\))?"
    r"(?:\s+or more|\s+or both)?(?:\s+of)?\s+(?:the\s+)?(?:following|these|below)\b[\w ]*[:：]$"
    r"|\b(?:defined (?:as|by)|as follows|such as|including|includes?)\s*[:：]$"
)
PLAIN_CRITERION = re.compile(
    r"^(?:(?:the |all |any |known |other |adult |male |female |no |an? |past |prior |medical )*"
    r"(?:patients?|subjects?|participants?|individuals?|persons?|volunteers?|women|men|males?|females?|"
    r"pregnan\w+|parents?|children|adults?|signed|written|informed|consent|able|ability|willing\w*|"
    r"unable|inability|unwilling\w*|agree\w*|aged?|must|history|participation|life expectancy|"
    r"ecog|eastern|karnofsky|performance status|adequate|breast-?feeding|nursing|lactating|"
    r"enrol\w+|capable|provision|provid\w+|body mass|bmi|investigator\w*)\b)"
)
LEADS_SIDE = re.compile(
    r"\b(?:criteria|eligible|excluded?|included?|enrol\w+|participate|ineligible)\b"
)

# What stands in every list by itself, never below a criterion about something else.
STRANGER = re.compile(
    r"^(?:aged? \W*\d|signed|informed consent|written (?:consent|informed)|life expectancy|ecog\b|"
    r"ability to understand|able to (?:give|provide|understand|sign)|eastern cooperative|karnofsky|"
    r"willing(?:ness)? (?:and able|to)|must be (?:willing|able) to|pregnan\w+|breast-?feeding|"
    r"lactating|human immunodeficiency|hiv\b|(?:prior |any )?participation in|drug abuse|alcohol|"
    r"abuse of|active malignan\w+|english-speaking|any other (?:condition|disease|illness))"
)
# A line that cannot end here: its last words ask for more.
UNFINISHED = re.compile(
    r"\b(?:and|or|and/or|either|is|are|as|by|both|be|has|have|had|was|were|who|if|that|with|to|of|"
    r"for|in|the|an?|than|at least|at most|from|following|include|includes|including|defined|any)$",
    re.IGNORECASE,
)

# Lines that explain another.
NOTE = re.compile(
    r"(?:please\s+)?(?:notes?|n\.?b\.?|nota|remarks?|footnotes?|comments?|definitions?|examples?|"
    r"explanations?|exceptions?|clarification|abbreviations?|注|备注|注意|说明)\s?(?:\d{1,2}\s?)?[:：.\-–*]"
    r"|notes?\b|please note\b|[†‡§¶※#]|\*|\^|\(\*|e\.g\.|i\.e\.|for example",
    re.IGNORECASE,
)
NO_CRITERION = frozenset(
    [
        "none",
        "n/a",
        "na",
        "not applicable",
        "nil",
        "no",
        "none specified",
        "not specified",
        "none.",
        "no exclusion criteria",
        "there are no exclusion criteria",
        "see above",
        "none listed",
        "无",
        "なし",
        "aucun",
        "ninguno",
    ]
)
# A line without any of these closes nothing; looking for them first is quick.
CLOSING_HINTS = (
    "appl",
    "contact",
    "information",
    "details",
    "protocol",
    "website",
    "page",
    "site will",
)
CLOSING = re.compile(
    r"(?:\b(?:other|further)\b.*\b(?:criteri\w+|conditions|requirements)\b.*\bappl|"
    r"\badditional\b.*\bcriteri\w+\b.*\bappl|"
    r"\b(?:inclusion|eligibility)\b.{1,20}\bexclusion\b.*\bappl|"
    r"\bcontact the (?:site|study)|\bfor (?:more|further) (?:information|details)|"
    r"\bsee (?:the )?(?:protocol|website)|\bmore (?:information|details) (?:is|are|can)|"
    r"\binvestigational site will|^page \d+|\bother protocol[- ]?(?:defined|specified|specific))",
    re.IGNORECASE,
)


# A line is asked about by several stages, one after the other.
@lru_cache(maxsize=256)
def fold(text: str) -> str:
    """Return `text` in the shape that these tables expect: lower case, plain apostrophes."""
    return text.lower().replace("’", "'").strip()
