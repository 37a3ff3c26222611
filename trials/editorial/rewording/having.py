"""What a person has, and what a laboratory has made sure: rules as data, tried in this order."""

from trials.editorial.rewording.rules import rule

# What a person has: applied to what stands behind “Patients with”, “Subject has” and the like.
HAVING = (
    rule(
        r"(?:an? |any |known |documented |prior |previous |past |medical "
        r"|personal |current )*history of (?P<x>(?:smoking|alcohol|drug|substance"
        r"|noncompliance|poor|non|or\b|being|receiving|taking|using|having"
        r"|undergoing|use|allergic to)\b.*)",
        "{you} {have} a history of {x}",
    ),
    rule(
        r"(?P<low>(?:an? )?(?:family|smoking|travel|reproductive|dietary) history .+)",
        "{you} {have} {low}",
    ),
    rule(
        r"(?:an? )?history (?:or presence|and presence|and/or presence|or evidence) of (?P<x>.+)",
        "{you} {have}, or {have} had, {x}",
    ),
    rule(
        r"(?:an? )?(?:presence|evidence) or history of (?P<x>.+)",
        "{you} {have}, or {have} had, {x}",
    ),
    rule(
        r"(?:an? )?history of or current(?:ly)? (?P<x>.+)", "{you} {have} had, or {have} now, {x}"
    ),
    rule(
        r"(?:an? )?(?:current or (?:previous|prior|past)|(?:previous|prior|past)"
        r" or current|current or history of|active or history of|current and/or"
        r" past|past or present|present or past|history of or active)(?: history"
        r" of)? (?P<x>.+)",
        "{you} {have}, or {have} had, {x}",
    ),
    rule(
        r"(?:an? |any |known |documented |prior |previous |past |medical "
        r"|clinical |personal )*history of (?P<x>.+)",
        "{you} {have} had {x}",
    ),
    rule(
        r"no (?P<kind>(?:known |prior |previous |past |documented |recent )*)history of (?P<x>.+)",
        "{you} {have} no {kind}history of {x}",
    ),
    rule(
        r"(?:an? |any )?(?:known |documented |previous |prior"
        r" )*(?:(?:hyper-?sensitivity|allergy|allergies|allergic reactions?)(?:,?"
        r" (?:or|and|and/or) )?(?:(?:hyper-?sensitivity|allergy|allergies"
        r"|allergic reactions?) )?|hyper-?sensitivity |allerg(?:y|ies) )(?:to"
        r"|against|towards?) (?P<x>.+)",
        "{you} {are} allergic to {x}",
    ),
    rule(
        r"(?:an? )?(?:known )?severe (?:allergy|allergies|hypersensitivity) to (?P<x>.+)",
        "{you} {are} severely allergic to {x}",
    ),
    rule(
        r"(?:an? |any |known )*(?P<kind>(?:absolute |relative |medical"
        r" )*)contraindications? (?P<to>to|for|against|of) (?P<x>.+)",
        "{you} {have} {article} {kind}contraindication {to} {x}",
    ),
    rule(r"(?:the )?(?:concomitant )?presence of (?P<x>.+)", "{you} {have} {x}"),
    rule(r"(?:any |there is |clinical )?evidence of (?P<x>.+)", "there is evidence of {x}"),
    rule(
        r"(?:there is )?no (?P<kind>(?:clinical |current |radiologic(?:al)?"
        r" )*)evidence of (?P<x>.+)",
        "there is no {kind}evidence of {x}",
    ),
    rule(r"(?:the )?absence of (?P<x>.+)", "{you} {do} not have {x}"),
    rule(
        r"(?:an? )?(?P<kind>(?:(?:confirmed|clinical|established|documented|known"
        r"|new|recent|definite|current|prior|previous|primary|physician|doctor"
        r"|medical|reported|pathological|histological|histologic|cytological"
        r"|pathologic)[ ,-]+)*)diagnosis of (?P<x>.+)",
        "{you} {have} {article} {kind}diagnosis of {x}",
    ),
)

# Made sure by a laboratory.
CONFIRMED = (
    rule(
        r"histologic(?:al|ally)? ?(?:or|and|and/or|/) ?cytologic(?:al|ally)?"
        r" (?:confirmed|proven|documented|verified|diagnosed|confirmation of)"
        r" (?P<x>.+)",
        "a lab test of tissue or cells has confirmed {x}",
    ),
    rule(
        r"(?:have |has |with )?(?:a )?(?:histologically|pathologically"
        r"|histopathologically|biopsy)[ -](?:confirmed|proven|documented|verified"
        r"|diagnosed) (?P<x>.+)",
        "a lab test of tissue has confirmed {x}",
    ),
    rule(
        r"(?:have |has |with )?(?:a )?cytologically[ -](?:confirmed|proven"
        r"|documented|verified) (?P<x>.+)",
        "a lab test of cells has confirmed {x}",
    ),
    rule(
        r"(?:have |has |with )?(?:a )?(?:genetically|molecularly)[ -](?:confirmed"
        r"|proven|documented|verified) (?P<x>.+)",
        "a gene test has confirmed {x}",
    ),
)
