"""How criteria open, apart from what a person has: rules as data, tried in this order."""

from trials.editorial.rewording.rules import Rest, rule
from trials.editorial.rewording.vocabulary import (
    ADJECTIVES,
    ANY,
    BEHIND,
    BOTH,
    DESCRIBED,
    DID,
    DISEASE,
    ING,
    MANY,
    ONE,
    PAST,
    SINGULAR_VERBS,
    VERBS,
)

# Openings that name the person, and what stands for “you” where none is named.
OPENERS = (
    # --- Other studies
    rule(
        r"(?:current|concurrent|simultaneous|active|concomitant|ongoing)"
        r" (?:participation|enrol?lment|involvement) in (?P<x>.+)",
        "{you} {are} taking part in {x}",
    ),
    rule(
        rf"(?:any |recent |prior |previous )*(?:participation|enrol?lment"
        rf"|involvement) in (?P<x>.*{PAST}.*)",
        "{you} {have} taken part in {x}",
    ),
    rule(
        r"(?:prior|previous|past) (?:participation|enrol?lment) in (?P<x>.+)",
        "{you} {have} taken part in {x}",
    ),
    rule(
        r"(?:participation|enrol?lment|involvement) in (?P<x>.+)",
        "{you} {are} taking part, or {have} taken part, in {x}",
    ),
    # --- What was done before
    rule(
        r"(?:current|ongoing|concurrent|active) (?:systemic )?(?P<what>treatment"
        r"|therapy) with (?P<x>.+)",
        "{you} {are} having {what} with {x}",
    ),
    rule(
        r"(?:prior|previous|past) (?P<what>treatment|therapy) with (?P<x>.+)",
        "{you} {have} had {what} with {x}",
    ),
    rule(
        rf"(?P<what>treatment|therapy) with (?P<x>.*{PAST}.*)", "{you} {have} had {what} with {x}"
    ),
    rule(
        r"(?P<what>treatment|therapy) with (?P<x>.+)",
        "{you} {have}, or {have} had, {what} with {x}",
    ),
    rule(r"(?:current|ongoing) use of (?P<x>.+)", "{you} {use} {x} now"),
    rule(
        r"(?:concomitant|concurrent|simultaneous) use of (?P<x>.+)",
        "at the same time, {you} {use} {x}",
    ),
    rule(
        rf"(?:any |prior |previous |recent |chronic |regular |systemic )*use of (?P<x>.*{PAST}.*)",
        "{you} {have} used {x}",
    ),
    rule(r"(?:prior|previous|past) use of (?P<x>.+)", "{you} {have} used {x}"),
    rule(
        r"(?P<kind>chronic|regular|long-?term|daily|continuous|frequent) use of (?P<x>.+)",
        "{you} {use} {x} ({kind} use)",
    ),
    rule(r"(?:any )?use of (?P<x>.+)", "{you} {use} {x}"),
    rule(r"(?:prior |previous |recent |any )*receipt of (?P<x>.+)", "{you} {have} received {x}"),
    rule(
        r"(?:prior |previous |recent |any )*administration of (?P<x>.+)",
        "{you} {have} been given {x}",
    ),
    rule(
        r"(?P<low>(?:prior|previous|recent) (?!to\b|or\b|and\b|history).+)",
        "{you} {have} had {low}",
    ),
    rule(
        r"(?P<low>(?:major |minor |extensive )?(?:surgery|surgical procedures?"
        r"|surgical intervention)\b(?!.*\b(?:planned|scheduled|anticipated)\b).*)",
        "{you} {have} had {low}",
    ),
    rule(
        r"(?P<low>received|underwent|completed|experienced) (?P<x>.+)",
        "{you} {low} {x}",
        Rest.SINGULAR,
    ),
    # --- Able, willing
    rule(
        rf"(?:{ANY},? )?(?:(?:is|are|must be|be|who is|who are) )?(?P<low>able"
        rf" and willing|willing and able|able|unable|willing|unwilling|not able"
        rf"|not willing|unable or unwilling|unwilling or unable|able or willing)"
        rf" (?P<x>(?:to|and|or)\b.+)",
        "{you} {are} {low} {x}",
        Rest.SINGULAR,
    ),
    rule(r"(?:the )?ability to (?P<x>.+)", "{you} {are} able to {x}", Rest.SINGULAR),
    rule(r"(?:the )?willingness to (?P<x>.+)", "{you} {are} willing to {x}", Rest.SINGULAR),
    rule(
        r"(?:the )?ability and willingness to (?P<x>.+)",
        "{you} {are} able and willing to {x}",
        Rest.SINGULAR,
    ),
    rule(
        r"(?:the )?willingness and ability to (?P<x>.+)",
        "{you} {are} willing and able to {x}",
        Rest.SINGULAR,
    ),
    rule(r"inability to (?P<x>.+)", "{you} {are} unable to {x}", Rest.SINGULAR),
    rule(r"unwillingness to (?P<x>.+)", "{you} {are} unwilling to {x}", Rest.SINGULAR),
    rule(
        r"(?:inability (?:or|and/or) unwillingness) (?P<of>of [a-z ]+ )?to (?P<x>.+)",
        "{you} {are} unable or unwilling to {x}",
        Rest.SINGULAR,
    ),
    rule(
        r"(?:unwillingness (?:or|and/or) inability) to (?P<x>.+)",
        "{you} {are} unwilling or unable to {x}",
        Rest.SINGULAR,
    ),
    rule(
        rf"(?:{ANY} )?(?:is |are |must be )?capable of (?P<x>.+)",
        "{you} {are} capable of {x}",
        Rest.SINGULAR,
    ),
    rule(
        r"(?:capability|capacity) (?:of|to) (?P<x>.+ing\b.*)",
        "{you} {are} capable of {x}",
        Rest.SINGULAR,
    ),
    rule(
        rf"(?:{ANY} )?(?:must )?(?P<verb>agree|consent)s? to (?P<x>.+)",
        "{you} {verb_form} to {x}",
        Rest.SINGULAR,
    ),
    rule(
        rf"(?:{ANY} )?(?:must )?agrees? not to (?P<x>.+)",
        "{you} {agree} not to {x}",
        Rest.SINGULAR,
    ),
    rule(r"agreement to (?P<x>.+)", "{you} {agree} to {x}", Rest.SINGULAR),
    rule(r"refusal to (?P<x>.+)", "{you} {refuse} to {x}", Rest.SINGULAR),
    # --- Sex, age and what a person is
    rule(
        r"(?:wom[ae]n|females?|female (?:patients|subjects|participants)) of"
        r" child-? ?bearing (?:potential|age)(?: \(\w+\))? (?P<must>must|should)"
        r" (?P<x>.+)",
        "if {you} can become pregnant, {you} {must} {x}",
        Rest.SINGULAR,
    ),
    rule(
        r"(?:wom[ae]n|females?|female (?:patients?|subjects?|participants?)) who"
        r" (?:is|are) (?P<x>(?:pregnant|breast|nursing|lactating|planning"
        r"|currently).+)",
        "{you} {are} {x}",
        Rest.PLURAL,
    ),
    rule(
        rf"(?:{BOTH})?adult (?:patients?|subjects?|participants?|volunteers?)?"
        rf" ?(?:with|having) (?P<x>.+)",
        "{you} {are} an adult with {x}",
    ),
    rule(r"adults? with (?P<x>.+)", "{you} {are} an adult with {x}"),
    # --- Subjects and what they do
    rule(rf"{MANY} (?:who|that) do not (?P<x>.+)", "{you} {do} not {x}", Rest.PLURAL),
    rule(rf"(?:{ONE} (?:who )?)?does not (?P<x>.+)", "{you} {do} not {x}", Rest.SINGULAR),
    rule(rf"(?:{MANY} (?:who|that) )?did not (?P<x>.+)", "{you} did not {x}", Rest.PLURAL),
    rule(rf"{MANY} (?:who|that) are (?P<x>.+)", "{you} {are} {x}", Rest.PLURAL),
    rule(rf"(?:{ONE} (?:who )?)?is (?P<x>.+)", "{you} {are} {x}", Rest.SINGULAR),
    rule(rf"{MANY} (?:who|that) were (?P<x>.+)", "{you} {were} {x}", Rest.PLURAL),
    rule(rf"{ONE} (?:who )?was (?P<x>.+)", "{you} {were} {x}", Rest.SINGULAR),
    rule(rf"{MANY} (?:who|that) (?P<verb>{VERBS}) (?P<x>.+)", "{you} {verb_form} {x}", Rest.PLURAL),
    rule(
        rf"(?:{ONE} (?:who )?)?(?P<verbs>{SINGULAR_VERBS}) (?P<x>.+)",
        "{you} {verb_form} {x}",
        Rest.SINGULAR,
    ),
    rule(rf"{MANY} (?:who|that) (?P<did>{DID}) (?P<x>.+)", "{you} {did} {x}", Rest.PLURAL),
    rule(rf"{ONE} (?:who )?(?P<did>{DID}) (?P<x>.+)", "{you} {did} {x}", Rest.SINGULAR),
    rule(
        rf"{ANY} (?:who |that )(?P<modal>cannot|can|could|may|might|will|would"
        rf"|must|should) (?P<x>.+)",
        "{you} {modal} {x}",
        Rest.PLURAL,
    ),
    rule(rf"(?:{ANY} )?must not have (?P<x>.+)", "{you} {do} not have {x}", Rest.SINGULAR),
    rule(rf"(?:{ANY} )?must not be (?P<x>.+)", "{you} {are} not {x}", Rest.SINGULAR),
    rule(
        rf"(?:{ANY} )?(?:must|should) be (?P<x>(?!able|willing|excluded|included"
        rf"|evaluated|performed|assessed|obtained|done).+)",
        "{you} {are} {x}",
        Rest.SINGULAR,
    ),
    rule(
        rf"{ANY} (?P<modal>must|should|cannot|may not|can not) (?P<x>(?!be"
        rf" (?:excluded|included|eligible)).+)",
        "{you} {modal} {x}",
        Rest.SINGULAR,
    ),
    rule(r"(?P<modal>must|cannot|can) (?P<x>.+)", "{you} {modal} {x}", Rest.SINGULAR),
    rule(
        rf"(?:{MANY} )?(?P<low>(?:currently |not |already |actively |concurrently"
        rf" )*(?:{ING})) (?P<x>.+)",
        "{you} {are} {low} {x}",
    ),
    rule(
        rf"{MANY} (?P<low>(?:not |currently )?(?:{ADJECTIVES})) (?P<x>.+)",
        "{you} {are} {low} {x}",
    ),
    rule(rf"{ANY} (?P<low>under|on|in|at|without) (?P<x>.+)", "{you} {are} {low} {x}"),
    rule(r"(?:been )?(?P<low>diagnosed) with (?P<x>.+)", "{you} {have} been diagnosed with {x}"),
    rule(
        r"(?P<low>known to (?:be|have) .+|currently (?!active)(?:[a-z]+(?:ing|ed)"
        r"|on|in|pregnant)\b.*|previously (?:treated|diagnosed|enrolled|untreated"
        r"|received)\b.*|scheduled (?:for|to)\b.*|candidates? for\b.*|eligible"
        r" for\b.*|allergic to\b.*|intolerant (?:to|of)\b.*|not (?:pregnant"
        r"|breast|currently|receiving|taking|eligible|suitable|allergic)\b.*)",
        "{you} {are} {low}",
    ),
    rule(
        r"(?P<low>(?:in (?:good|generally|overall|an? (?:stable|active"
        r"|heterosexual))|on (?:a |an )?(?:stable|constant|chronic|current))\b.+)",
        "{you} {are} {low}",
    ),
    rule(r"(?P<low>stable (?:[a-z]+,? )*relationship\b.*)", "{you} {are} in a {low}"),
    rule(
        r"(?P<what>HIV|HBV|HCV|hepatitis [bc]|HBsAg|HBeAg|anti-HCV)[ -](?:positive"
        r"|positivity)(?P<x>.*)",
        "{you} {are} {what} positive{x}",
    ),
    rule(
        r"(?P<low>positive|negative) (?P<x>[^.;]{0,60}\b(?:tests?|results?"
        r"|serology|screen|screening|biopsy|culture|PCR)\b.*)",
        "{you} {have} a {low} {x}",
    ),
    rule(r"(?P<low>positive|negative) for (?P<x>.+)", "{you} {are} {low} for {x}"),
    rule(
        r"(?:have |has )?(?P<low>adequate [a-z,/ -]{0,80}?(?:function|functions"
        r"|reserve|recovery|hydration)\b.*)",
        "tests show {low}",
    ),
    rule(r"(?P<low>access to .+)", "{you} {have} {low}"),
    rule(
        r"(?P<low>at least (?:one|two|three|\d+) (?!of\b|(?:weeks?|days?|months?"
        r"|years?|hours?)\b|\d).+)",
        "{you} {have} {low}",
    ),
    rule(r"(?P<low>no (?:prior|previous) .+)", "{you} {have} had {low}"),
    rule(
        r"(?P<low>no (?:other |known |active |current |concurrent |significant "
        r"|clinically |severe |serious |uncontrolled |symptomatic "
        r"|contraindications?|major |signs?|symptoms?|medical |metastas|brain "
        r"|more than).*)",
        "{you} {have} {low}",
    ),
    rule(
        rf"(?:any )?(?P<low>(?:(?:{DESCRIBED})[ ,/-]+)*{DISEASE}\b{BEHIND}"
        rf".*(?:,|\bor\b|\band\b).*{PAST}.*)",
        "{you} {have}, or {have} had, {low}",
    ),
    rule(
        rf"(?:any )?(?P<low>(?:(?:{DESCRIBED})[ ,/-]+)*{DISEASE}\b{BEHIND}.*{PAST}.*)",
        "{you} {have} had {low}",
    ),
    rule(
        rf"(?:any )?(?P<low>(?:(?:{DESCRIBED})[ ,/-]+)*{DISEASE}\b{BEHIND}.*)",
        "{you} {have} {low}",
    ),
)

# “Patients with …”, “Subject has …”: what follows is what a person has (`HAVING`, then plain).
HAVE = (
    rule(
        rf"(?:{BOTH})?(?:{ANY},? )?(?:(?:who|that) )?(?:with|have|has|having"
        rf"|must have|should have|with an?y?(?= history))\b:? (?:any"
        rf" (?!of\b))?(?P<x>.+)",
        "{you} {have} {x}",
    ),
)
