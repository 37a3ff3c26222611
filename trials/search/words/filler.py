"""Words that say nothing about a condition or a treatment: people write whole sentences.

A closed list of our own, of folded words. They are left out of a search unless nothing else is
left, or they belong to a phrase that is known ("clinical depression").
"""

_LISTS = """
i im ive id me my mine myself we us our ours ourselves you your yours yourself he hes him his
himself she shes her hers herself they theyre them themselves it its itself one someone somebody
anyone anybody everyone who whos whom whose what whats which where wheres when why how that thats
this these those there theres here dad dads daddy father fathers mum mums mom moms mummy mommy mama
mother mothers husband husbands wife wifes son sons daughter daughters brother brothers sister
sisters grandma grandmother grandpa grandfather granddad grandson granddaughter grandchild uncle
aunt nephew niece cousin friend friends boyfriend girlfriend relative kid man lady gentleman guy boy
girl am is are was were be been being do does did done doing doesnt dont didnt isnt arent wasnt have
has had having hasnt havent hadnt can cant cannot could couldnt will wont would wouldnt shall should
shouldnt may might must want wants wanted wanting need needs needed look looks looking search
searching find finding found seek seeking try tried trying know knows knew wonder wondering think
thinks thought believe hope hoping like likes love get gets got getting gotten go goes going went
come comes came coming give gives gave given giving take takes took taken taking make makes made
making keep keeps kept say says said tell tells told ask asked asking see seen saw show shows live
lives lived living suffer suffers suffering suffered struggle struggling struggles deal dealing cope
coping diagnosed diagnosis use uses used using join joining enroll enrol enrolling enrolled
participate participating participation sign eligible qualify available work works working worked
please thanks thank hello hi hey dear help helps helping helped sorry kindly any anything some
something somewhere every everything all each other others another else more most much many lot lots
several few less least very really quite too so just also only even still yet again already always
never ever often sometimes now nowadays currently today recently lately ago soon not no nor yes ok
maybe perhaps if because since while after before during until though although but about near nearby
between through without within against trial trials study studies research researches clinical
experiment experimental experiments treatment treatments treat treating treated therapies cure cures
cured option options solution new newer newest latest recent best better good possible certain
specific way ways thing things stuff day days week weeks month months year years old aged age time
times people person persons patient patients individual individuals participant participants problem
problems issue issues trouble condition conditions disease diseases illness illnesses recruiting
recruitment enrolment enrollment don doesn didn won isn aren wasn hasn haven hadn couldn wouldn
shouldn nothing despite last next lost paid called feel feels felt feeling involve involves
involving instead avoid start started starting turn turned happen happened cause caused causes
"""
FILLER = frozenset(_LISTS.split())

# How far, how often, for whom: worth finding, but not what a person is looking for.
_QUALIFIERS = """
advanced early late stage stages severe mild moderate chronic acute recurrent recurring relapsed
relapse refractory resistant metastatic metastasis metastases progressive persistent untreated
previously newly first second third line adult adults child children pediatric paediatric teen teens
teenager teenagers adolescent adolescents elderly older younger young women woman men male female
females males baby babies infant infants kids pregnant healthy volunteers volunteer surgery
operation chemo chemotherapy radiation radiotherapy therapy pill pills tablet tablets injection
cream combination attack attacks pain symptoms side effects level levels high low left right upper
lower big small spread back drug drugs medicine medicines medication medications app phone life
quality risk care management self health
"""
QUALIFIERS = frozenset(_QUALIFIERS.split())
