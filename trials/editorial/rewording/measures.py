"""Criteria that compare something measured with a number: “Hemoglobin ≥ 9 g/dL”."""

import re

from trials.editorial.rewording.comparators import SIGN, WORDED, meaning, spoken
from trials.editorial.rewording.voice import Voice

# What is measured, as a pattern; the verb is "are" where the name is of several things.
_ONE = (
    r"(?:peripheral )?(?:absolute )?neutrophils? counts?",
    r"(?:absolute )?granulocytes? counts?",
    r"absolute lymphocytes? counts?",
    r"(?:peripheral blood |blood )?platelets? counts?",
    r"(?:white blood cell|wbc|leukocyte|cd4\+?|blast|eosinophil|lymphocyte)s?(?: cell)? counts?",
    r"ANC|WBC|Hb|Hgb|PLT|ALC|eGFR|GFR|CrCl|LVEF|QTcF?|FEV1|INR|BMI|KPS|PSA|HbA1c"
    r"|A1C|LDL-?C|TBIL|DBIL",
    r"ALT|AST|SGOT|SGPT|ALP|BUN|aPTT|APTT|PTT|PT|TSH|LDH|CRP|ESR|DLCO|SpO2",
    r"(?:serum |plasma |blood )?ha?emoglobin(?: A1c)?(?: level)?",
    r"(?:total |direct |serum |serum total |conjugated )*bilirubin(?: level)?",
    r"(?:serum |plasma |measured |calculated |estimated )*creatinine(?: level)?",
    r"(?:measured |calculated |estimated |serum )*creatinine clearance(?: rate)?",
    r"(?:serum |plasma )?(?:albumin|potassium|calcium|magnesium|sodium|ferritin"
    r"|testosterone|lipase|amylase)(?: level)?",
    r"(?:fasting )?(?:plasma |blood |serum )?(?:glucose|triglycerides?|cholesterol)(?: level)?",
    r"(?:serum )?(?:aspartate (?:amino)?transaminase|aspartate aminotransferase"
    r"|alanine (?:amino)?transaminase|alanine aminotransferase)",
    r"(?:serum )?alkaline phosphatase",
    r"left ventricular ejection fraction",
    r"international normali[sz]ed ratio",
    r"(?:activated )?partial thromboplastin time",
    r"prothrombin time",
    r"(?:estimated )?glomerular filtration rate",
    r"body mass index",
    r"(?:body )?weight",
    r"(?:systolic|diastolic)(?: blood pressure)?|blood pressure",
    r"(?:resting )?heart rate",
    r"oxygen saturation",
    r"(?:total |baseline )*(?:serum )?IgE(?: level)?",
    r"life expectancy|expected survival(?: time| period)?|estimated (?:life"
    r" expectancy|survival)|expected life expectancy",
    r"(?:ECOG|Eastern Cooperative Oncology Group)(?: \(ECOG\))?(?: scale)?[ -](?:p"
    r"erformance status(?: score)?|performance scale|performance score|PS(?:"
    r" score)?|score)",
    r"(?:Karnofsky|Lansky|Karnofsky/Lansky|Lansky/Karnofsky)(?: \(KPS\))?(?:"
    r" performance (?:status|score|scale)| score| scale)",
    r"WHO performance status|Zubrod performance status|performance status",
)
_MANY = (
    r"(?:absolute )?neutrophils|platelets|leukocytes|leucocytes|lymphocytes|white"
    r" blood cells|transaminases|triglycerides|eosinophils",
    r"(?:AST|ALT|SGOT|SGPT)(?: ?\(\w+\))? ?(?:and|/|or|and/or|,) ?(?:AST|ALT|SGOT"
    r"|SGPT)(?: ?\(\w+\))?",
    r"INR(?: and|/) ?(?:PT|aPTT|PTT)|PT(?: and|/) ?(?:INR|aPTT|PTT)",
)
_SHORT = r"(?: ?\([A-Za-z0-9/,+ .-]{1,24}\))?"
_PLAIN = {
    "ecog": "how well {you} can do daily tasks",
    "eastern": "how well {you} can do daily tasks",
    "karnofsky": "how well {you} can do daily tasks",
    "lansky": "how well {you} can do daily tasks",
}
_CAPITALS = re.compile(r"[A-Z].*[A-Z0-9]|Eastern|Karnofsky|Lansky|Zubrod|Hb|Hgb|[a-z][A-Z]")
_VERB = r"\s*(?:,|:|is|are|of|must be|should be|level|levels)?\s*"


def _pattern(names: tuple[str, ...], ending: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:an? |the |have an? |has an? |with an? |having an? )?"
        rf"(?P<name>(?:{'|'.join(names)}){_SHORT}){_VERB}{ending}",
        re.IGNORECASE | re.DOTALL,
    )


_COMPARED = rf"(?:of\s+)?(?P<sign>{SIGN}|(?:{WORDED})\b)\s*(?=[\d.])(?P<rest>.*)"
_BETWEEN = (
    r"(?P<between>between|from)?\s*(?P<low>\d+(?:[.,]\d+)*)\s*(?P<to>-|–|to|and|or|, )\s*"
    r"(?P<high>\d+(?:[.,]\d+)*)(?!\d)(?P<rest>(?!\s*[x×*^<>≤≥=/]).*)"
)
_RULES = tuple(
    (_pattern(names, ending), verb)
    for ending in (_COMPARED, _BETWEEN)
    for names, verb in ((_MANY, "are"), (_ONE, "is"))
)
# Further signs and clauses of their own make a formula, or more than one criterion.
_FORMULA = re.compile(r"^[^(;,.]*[<>≤≥=].*[<>≤≥=]|\b(?:must|should|eligible|allowed)\b")


def measures(text: str, who: Voice) -> str | None:
    """Return the line of a criterion that opens with a measured value; None for any other."""
    for pattern, verb in _RULES:
        match = pattern.fullmatch(text)
        if match is None or _FORMULA.search(match["rest"]):
            continue
        name = _name(match["name"])
        value = _value(match)
        meant = _PLAIN.get(name.split()[0].split("/")[0].casefold(), "").format_map(who)
        explained = f" ({meant})" if meant else ""
        return f"{who['your']} {name}{explained} {verb} {value}"
    return None


def _name(written: str) -> str:
    first, *rest = written.split(" ")
    return " ".join([first if _CAPITALS.search(first) else first.lower(), *rest])


def _value(match: re.Match[str]) -> str:
    found = match.groupdict()
    rest = spoken(match["rest"])
    if sign := found.get("sign"):
        return f"{meaning(sign)} {rest}"
    if found["between"] or found["to"] == "and":
        return f"between {found['low']} and {found['high']}{rest}"
    joiner = "or" if found["to"] in {"or", ", "} else "to"
    return f"{found['low']} {joiner} {found['high']}{rest}"
