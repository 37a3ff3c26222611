"""Criteria of which the whole line is known: consent, pregnancy, smoking, other studies."""

import re

from trials.editorial.rewording.voice import Voice

_WOMEN = (
    r"(?:wom[ae]n|females?|patients?|subjects?|participants?|mothers?|individuals?"
    r"|volunteers?|ladies)"
)
_FEEDING = r"(?:breast[- ]?feeding|lactating|nursing|breastfeed|lactation|in lactation)"
_PREGNANT = r"(?:(?:currently |known to be )?pregnant|pregnancy|gravidity|gestation)"
_STATE = rf"(?:{_PREGNANT}|{_FEEDING})"
_SAID_OF = (
    rf"(?:(?:the |any |female )*{_WOMEN} (?:who |that )?(?:(?:is|are) )?(?:currently"
    rf" )?|(?:is|are|be) )?"
)
_SIGNED = (
    r"(?:(?:voluntar(?:y|ily)|freely|signed|written|dated|sign|provided?|given?"
    r"|obtained|personally|and|,) )*"
)
_FORM = r"(?:\s*(?:form|document|\(ICF\)|consent form))*"
_DONE = (
    r"(?:\s*(?:must (?:be|have been)|has been|is|was|were|will be)?\s*(?:obtained"
    r"|provided|signed|given|required|available)(?: and dated)?)?"
)
_GIVERS = r"(?:(?:the |all )?(?:patient|subject|participant)s? (?:must |has |have |is |are )?)?"
_ABLE = (
    r"(?:(?:able|ability|willing|willingness|capable|capability|capacity|must|to|of"
    r"|and|be|is|has|have|voluntarily) )*"
)
_GIVE = (
    r"(?:(?:give|giving|provide|providing|provision of|sign|signing|signed|obtain"
    r"|consent|voluntarily|provides|gives) )?"
)

# (pattern, template), tried in this order; a template's names are those of a `Voice`.
_RULES: tuple[tuple[str, str], ...] = (
    # --- Consent
    (
        rf"{_GIVERS}{_ABLE}{_GIVE}(?:an? |the |{_SIGNED})*(?=(?:[^.]*\b(?:signed|written|sign)\b))"
        rf"{_SIGNED}(?:informed )?consent{_FORM}{_DONE}",
        "{you} can give written consent",
    ),
    (
        rf"(?:an? )?{_SIGNED}(?<=signed )(?:and dated )?(?:written )?informed"
        rf" consent{_FORM}{_DONE}",
        "{you} can give written consent",
    ),
    (
        rf"{_ABLE}{_GIVE}(?:an? |the )?written (?:and )?(?:voluntary )?(?:informed"
        rf" )?consent{_FORM}{_DONE}",
        "{you} can give written consent",
    ),
    (
        rf"(?:an? )?{_ABLE}{_GIVE}(?:an? |the |voluntary )?informed consent{_FORM}{_DONE}",
        "{you} can give consent",
    ),
    (
        r"consent(?:ed|s)? to (?:participate|take part)(?: in (?:the|this) study)?",
        "{you} {agree} to take part",
    ),
    # --- Pregnancy and breastfeeding
    (rf"{_SAID_OF}{_PREGNANT}(?: {_WOMEN})?", "{you} {are} pregnant"),
    (rf"{_SAID_OF}{_FEEDING}(?: {_WOMEN})?", "{you} {are} breastfeeding"),
    (
        rf"{_SAID_OF}(?:{_PREGNANT}(?: {_WOMEN})?,? ?(?:or|and|and/or|/|,|&)"
        rf" ?(?:who (?:is|are) )?{_FEEDING}"
        rf"|{_FEEDING}(?: {_WOMEN})?,? ?(?:or|and|and/or|/|,|&) ?(?:who (?:is|are)"
        rf" )?{_PREGNANT})(?: {_WOMEN})?",
        "{you} {are} pregnant or breastfeeding",
    ),
    (
        rf"{_SAID_OF}{_STATE},? (?:or |and )?(?:currently )?{_STATE},? (?:or|and|and/or) "
        r"(?P<plan>planning|intending|wishing|wanting|trying|attempting)"
        r"(?: (?:a pregnancy|pregnancy|to (?:become|be|get) pregnant|to conceive"
        r"|on becoming pregnant))"
        r"(?P<when>(?: during (?:the )?(?:study|trial)(?: period)?)?)",
        "{you} {are} pregnant or breastfeeding, or {plan} to become pregnant{when}",
    ),
    (
        rf"{_SAID_OF}(?P<not>not|neither) {_PREGNANT} (?:or|and|nor) {_FEEDING}",
        "{you} {are} not pregnant and not breastfeeding",
    ),
    (
        r"(?:negative|(?P<has>(?:have |has )?a negative)) (?P<which>(?:serum "
        r"|urine |blood )*)pregnancy test",
        "{you} {have} a negative {which}pregnancy test",
    ),
    (
        r"(?:a )?positive (?P<which>(?:serum |urine |blood )*)pregnancy test",
        "{you} {have} a positive {which}pregnancy test",
    ),
    (
        r"(?:wom[ae]n|females?) of child-? ?bearing (?:potential|age)(?: \(\w+\))?",
        "{you} can become pregnant",
    ),
    # --- Habits
    (r"(?:current |active )smok(?:ers?|ing)", "{you} {smoke} now"),
    (r"smok(?:ers?|ing)", "{you} {smoke}"),
    (r"non-?smok(?:ers?|ing)", "{you} {do} not smoke"),
    # --- Health
    (
        r"(?:be )?(?:a )?healthy (?:adult )?(?:volunteers?|subjects?"
        r"|participants?|individuals?|people|controls?)",
        "{you} {are} healthy",
    ),
    (r"(?:generally |otherwise )?healthy", "{you} {are} healthy"),
    (r"(?:in )?good general health", "{you} {are} in good general health"),
    (
        r"(?:have |has )?(?P<n>at least (?:one|1|two|2) )?measurable (?P<x>lesions?|disease)"
        r"(?P<how>,? (?:as defined by|by|per|according to|based on|as per) .{1,80})?",
        "{you} {have} {n}measurable {x}{how}",
    ),
)
RULES = tuple((re.compile(pattern, re.IGNORECASE), template) for pattern, template in _RULES)


def whole(text: str, who: Voice) -> str | None:
    """Return the line of a criterion that is known from end to end; None for any other."""
    for pattern, template in RULES:
        match = pattern.fullmatch(text)
        if match:
            parts = {
                # All but `how` are words of the pattern itself, so no name loses its capital
                name: (value or "") if name == "how" else (value or "").lower()
                for name, value in match.groupdict().items()
            }
            return template.format_map(Voice(who | parts))
    return None
