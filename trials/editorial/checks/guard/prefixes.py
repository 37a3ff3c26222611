"""Words that say no by how they begin: untreated, inactive, asymptomatic, nonpregnant."""

import re
from functools import cache

_UNUSUAL = {
    "asymptomatic": "symptoms",
    "abnormal": "normal",
    "abnormality": "normal",
    "abnormalities": "normal",
    "inability": "able",
    "unwillingness": "willing",
    "unable": "able",
    "seronegative": "positive",
    "irregular": "regular",
    "immobile": "mobile",
    "impossible": "possible",
    "disagree": "agree",
    "amenorrhea": "periods",
    "afebrile": "fever",
    "inoperable": "operation",
}
_UN = re.compile(
    r"(?:un(?=safe|controlled|treated|willing|stable|resolved|resectable|vaccinated|diagnosed|explained"
    r"|infected|affected|medicated|related|healed|protected|fit|healthy|available|aware"
    r"|successful|planned|measurable|repaired|steady|well|likely|suitable|licensed|approved)"
    r"|in(?=active|eligible|capable|adequate|complete|sufficient|consistent|tolerant|tolerance)"
    r"|non(?=pregnant|smok|lactating|compliant|compliance|adheren|surgical|ambulatory|responsive"
    r"|responder|diabetic|users?|measurable|metastatic|english|viable))"
)


@cache
def base(word: str) -> str:
    """Return the word that a prefix turns round, empty where none does."""
    if word in _UNUSUAL:
        return _UNUSUAL[word]
    match = _UN.match(word)
    return word[match.end() :] if match else ""
