"""The words that rules know, as parts of their patterns: people, verbs, illnesses."""

MANY = (
    r"(?:(?:all|any|the|those|eligible|potential|study) )*"
    r"(?:patients|subjects|participants|individuals|persons|people|volunteers|those)"
)
ONE = r"(?:(?:the|a|any|each|study) )*(?:patient|subject|participant|individual|person|volunteer)"
ANY = rf"(?:{MANY}|{ONE})"
BOTH = r"(?:(?:male (?:or|and) female|female (?:or|and) male|men (?:or|and) women) )"
PAST = (
    r"\b(?:within|(?:in|during|over) the (?:last|past|previous|preceding)|prior to"
    r"|before|ago|previously|since)\b"
)
VERBS = (
    "agree|consent|need|require|refuse|plan|intend|wish|want|use|take|smoke|live|speak"
    "|read|consume|drink"
    "|suffer|lack|meet|show|work|weigh|understand|experience|report|present|demonstrate"
    "|participate|attend"
    "|reside|fulfill|satisfy|undergo|decline|own|wear|qualify|desire|provide|give|tolerate|abuse"
)
SINGULAR_VERBS = "|".join(f"{verb}s" for verb in VERBS.split("|") if not verb.endswith(("o", "y")))
DID = (
    "received|underwent|took|developed|experienced|used|participated|failed|refused|had"
    "|completed|started"
    "|stopped|met|gave|responded|relapsed|progressed|donated|suffered|declined|required"
)
ING = (
    "taking|receiving|using|requiring|undergoing|having|being|needing|participating"
    "|planning|smoking|suffering"
    "|living|awaiting|attending|presenting|wearing|seeking|waiting|consuming|abusing"
    "|breastfeeding|working|expecting"
)
ADJECTIVES = (
    "able|unable|willing|unwilling|eligible|ineligible|candidates?|positive|negative"
    "|capable|incapable|pregnant"
    "|allergic|intolerant|refractory|resistant|fit|unfit|suitable|unsuitable|dependent"
    "|currently|scheduled"
    "|enrolled|hospitali[sz]ed|diagnosed|known|unfamiliar|available|likely|unlikely|free"
    "|planned|fluent"
    "|immunocompromised|aged|registered|affected|contraindicated|infected|naive|naïve"
    "|at risk|seropositive"
)
DISEASE = (
    r"(?:[a-z-]*(?:itis|omas?|emias?|aemias?|osis|oses|pathy|pathies|plegia|algia"
    r"|penia|uria|trophy|rrhea|sclerosis)"
    r"|diseases?|disorders?|syndromes?|cancers?|carcinomas?|tumou?rs?"
    r"|malignanc(?:y|ies)|metastas[ei]s|infections?"
    r"|insufficiency|dysfunction|failure|impairments?|abnormalit(?:y|ies)"
    r"|illness(?:es)?|conditions?|seizures?|epilepsy"
    r"|dementia|strokes?|tuberculosis|hypertension|hypotension|diabetes|asthma"
    r"|allerg(?:y|ies)|arrhythmias?|angina"
    r"|infarctions?|embolism|ha?emorrhages?|bleeding|ulcers?|hepatitis [a-c]|hiv"
    r"|depression|psychosis|deficienc(?:y|ies)"
    r"|migraines?|ascites|effusions?|fractures?|injur(?:y|ies)|wounds?|defects?"
    r"|blindness|obesity|anxiety|cirrhosis"
    r"|obstructions?|incontinence|urticaria|eczema|rhinitis|pain|headaches?"
    r"|hypersensitivity|anaphylaxis|schizophrenia"
    r"|comorbidit(?:y|ies)|complications?|contraindications?|edema|oedema"
    r"|cataracts?|deformit(?:y|ies)|hypogonadism"
    r"|mellitus|lesions?|dystrophy|palsy|autism|intolerance|diathesis|cachexia"
    r"|sepsis|shock|dysplasia|symptoms?|disability)"
)
DESCRIBED = (
    "active|acute|chronic|severe|uncontrolled|significant|clinically|serious|unstable"
    "|symptomatic|untreated|concurrent"
    "|concomitant|systemic|ongoing|current|currently active|known|any|other|major|poorly"
    "|moderate|mild|advanced|recurrent|persistent"
    "|congenital|inherited|inadequately|insufficiently|underlying|pre-?existing"
    "|coexisting|co-?existing|associated"
    "|second|another|autoimmune|inflammatory|psychiatric|psychological|mental"
    "|neurologic(?:al)?|cardiac|cardiovascular"
    "|hepatic|renal|pulmonary|respiratory|gastrointestinal|metabolic|endocrine"
    "|ha?ematologic(?:al)?|immunologic(?:al)?"
    "|liver|kidney|heart|lung|brain|spinal|bone|skin|eye|blood|malignant|metastatic"
    "|invasive|infectious|viral|bacterial"
    "|fungal|intercurrent|cognitive|substance|alcohol|drug|bleeding|coagulation|coronary"
    "|cerebrovascular|peripheral"
    "|congestive|myocardial|ventricular|atrial|interstitial|obstructive|allergic|atopic"
    "|seasonal|perennial|bronchial"
    "|suspected|confirmed|documented|established|proven|evident|overt|latent|primary"
    "|secondary|relapsed|refractory|locally"
    "|measurable|evaluable|life-?threatening|medical|physical|visual|hearing|immune"
    "|insulin|type|grade|stage|end|leptomeningeal"
    "|central|symptoms?|signs?|an?|or|and|use|and/or|nervous|system|disease|threatening"
    "|controlled|abnormal|impaired|unresolved|relevant"
)


# What may stand behind a disease's name; anything else would be a name for something else
# (“asthma medication”, “bleeding time”).
BEHIND = (
    r"(?=$|\s*[,(;:/]|\s+(?:of|with|in|within|that|which|requiring|due|caused"
    r"|secondary|such|including|other"
    r"|as|or|and|and/or|not|at|on|for|from|to|by|unless|except|despite|during"
    r"|prior|before|after|without|defined|confirmed"
    r"|diagnosed|treated|who|if|affecting|involving|resistant|refractory|likely"
    r"|associated|related|resulting|leading"
    r"|under|over|per|based|according|since|present|known|ongoing|whether|where"
    r"|when|excluding|\d|[<>≤≥]))"
)
