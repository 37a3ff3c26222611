"""Tries the rules on a criterion, and makes sure that what they keep can stand in the new line."""

import re
from collections.abc import Iterable

from trials.editorial.rewording.ages import ages
from trials.editorial.rewording.comparators import spoken
from trials.editorial.rewording.having import CONFIRMED, HAVING
from trials.editorial.rewording.measures import measures
from trials.editorial.rewording.openers import HAVE, OPENERS
from trials.editorial.rewording.rules import Opener, Rest
from trials.editorial.rewording.voice import Voice
from trials.editorial.rewording.whole import whole
from trials.terms.language import language_of

# A longer text is several criteria in one; its opening says too little of it.
_LONGEST = 600
_END = re.compile(r"(?:[\s.;,；。]|[;,]\s*and)+$")
# What goes on in the next line: its opening says too little of it.
_UNFINISHED = re.compile(r"\b(?:or|and|and/or|of|to|the|a|an)$", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[a-z)\]%])[.;]\s")
# Whether people can join, said in the criterion itself: the side says it already, or the contrary.
_VERDICT = re.compile(
    r"\b(?:eligible|ineligible|excluded|exclusion|included|inclusion|allowed|permitted|acceptable"
    r"|exempt|may (?:be )?(?:enrol|participate|enter)|not be enrolled|can be enrolled)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"\b(?:who|that|which|whose|whom|if|unless|where|when|because|although|while|as)\b",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|must|should|shall|will|may|can|cannot|could|would|does"
    r"|do|did|needs?|requires|agrees?|involves|exceeds|shows|meets|includes|affects|prevents)\b",
    re.IGNORECASE,
)
_FURTHER = r"(?:\b(?:and|or|but)|[,;:])\s+(?:who\s+|also\s+|then\s+|not\s+)*(?:{})\b"
_OF_ONE = re.compile(_FURTHER.format("is|has|was|does|agrees|requires|meets"), re.IGNORECASE)
_OF_MANY = re.compile(_FURTHER.format("are|have|were|do"), re.IGNORECASE)
_WHO = re.compile(r"\b(?:who|whom)\b", re.IGNORECASE)
_WHO_MANY = re.compile(r",?\s+who\s+(are|have|were|had|do|require|received|need)\b", re.IGNORECASE)
_JOINED = re.compile(r"\s+and (?:are|have|were|had|do|require|received|need)\b")
_MUST = re.compile(r"\b(?:must|should|shall)\b", re.IGNORECASE)
_OWN = re.compile(
    r"\b(?:their|his or her|her or his|his/her|her/his|his / her"
    r"|(?:the |this )?(?:patient|subject|participant)[’']s)(?![\w])",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\bthe (?:study )?(?:patient|subject|participant)\b(?![’']|\s+(?:\w+s|must|will|can|could"
    r"|would|may|might|should|had)\b)",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:partners?|spouses?|child(?:ren)?|infants?|bab(?:y|ies)|mothers?|fathers?|parents?|donors?"
    r"|guardians?|caregivers?|famil(?:y|ies)|relatives?|siblings?|physicians?|doctors?|wom[ae]n|men"
    r"|representatives?|husbands?|wives|wife|patients|subjects|participants)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?:he|she|they|him|them|his|her|their|himself|herself|themselves|s/he|your?|my|I)\b"
)


def reword(text: str, who: Voice) -> str | None:
    """Return a criterion as a plain line, None where no rule surely fits."""
    if len(text) > _LONGEST or language_of(text):
        return None
    told = _END.sub("", text).strip()
    if _UNFINISHED.search(told):
        return None
    for word in (whole, ages, measures):
        if line := word(told, who):
            return line
    return _opened(told, who)


def _opened(text: str, who: Voice) -> str | None:
    """Return the line of the first rule whose opening fits."""
    if _VERDICT.search(text):
        return None
    for rules in (HAVING, CONFIRMED):
        if line := _first(rules, text, who):
            return line
    for rule in HAVE:
        match = rule.pattern.fullmatch(text)
        if match:
            had = match["x"]
            return _first(HAVING, had, who) or _line(rule, match, who)
    return _first(OPENERS, text, who)


def _first(rules: Iterable[Opener], text: str, who: Voice) -> str | None:
    for rule in rules:
        match = rule.pattern.fullmatch(text)
        if match:
            return _line(rule, match, who)
    return None


def _line(rule: Opener, match: re.Match[str], who: Voice) -> str | None:
    """Return a rule's line; None where what it keeps can't stand in it."""
    parts = {name: value or "" for name, value in match.groupdict().items()}
    name = "x" if "x" in parts else "low"
    kept = parts.get(name, "")
    if rule.rest is Rest.NOUN and _WHO.search(kept):
        kept = _joined(kept, who)
    if (not kept and name in parts) or not _can_stand(kept, rule.rest, who):
        return None
    parts[name] = kept
    line = rule.template.format_map(Voice(who | _forms(parts, who)))
    own = _own(line, who)
    return spoken(own) if own else None


def _joined(kept: str, who: Voice) -> str:
    """Make “cancer who are treated” “cancer and are treated”; empty where it can be another's."""
    is_own = who.is_reader and not _OTHERS.search(kept)
    joined = _WHO_MANY.sub(r" and \1", kept) if is_own else kept
    return "" if _WHO.search(joined) else joined


def _forms(parts: dict[str, str], who: Voice) -> dict[str, str]:
    """Add to a match's parts the forms that templates ask for."""
    forms = parts | {name: _lowered(parts[name]) for name in _LOWER if name in parts}
    verb = parts.get("verb") or parts.get("verbs", "").removesuffix("s")
    forms["verb_form"] = who[verb.casefold()] if verb else ""
    opens = (forms.get("kind") or "d")[0]
    forms["article"] = "an" if opens in "aeiou" else "a"
    return forms


_LOWER = ("low", "kind", "did", "modal", "must", "what")


def _lowered(text: str) -> str:
    """Take the capital from a text that begins with an ordinary word."""
    first = text.split(" ", 1)[0]
    return text if any(sign.isupper() for sign in first[1:]) else text[:1].lower() + text[1:]


def _can_stand(kept: str, rest: Rest, who: Voice) -> bool:
    sentence = _SENTENCE.split(kept, maxsplit=1)[0]
    if rest is Rest.NOUN:
        phrase = _CLAUSE.split(_JOINED.split(sentence)[0], maxsplit=1)[0]
        if _FINITE.search(phrase) or _MUST.search(sentence):
            return False
    wrong = _OF_ONE if who.is_reader else _OF_MANY
    return not wrong.search(sentence)


def _own(line: str, who: Voice) -> str | None:
    """Speak of what is the person's own; None where it could be somebody else's."""
    named = _PERSON.sub(who["you"], line)
    owned = named if _OTHERS.search(named) else _OWN.sub(who["your"], named)
    others = owned.replace(who["your"], "").replace(who["you"], "")
    return None if _PRONOUN.search(others) else owned
