"""Words that tell nothing apart: of a heading, a condition or a treatment."""

from functools import lru_cache

from trials.terms.words import stem, tokens

_NO_CONDITION = frozenset(
    map(
        stem,
        str.split(
            "abnormal abnormality acute adult cancer carcinoma child chronic condition congenital "
            "disease disorder general healthy human illness infant infection inflammatory injury "
            "mellitus neoplasm other pathological patient process severe sign subject syndrome "
            "tumor unspecified volunteer"
        ),
    )
)
_NO_TREATMENT = frozenset(
    map(
        stem,
        str.split(
            "active administration analysis arm assessment behavioral best blood capsule care cell "
            "chemotherapy collection combination comparator compound control conventional current "
            "day device diagnostic dose drug education examination exercise experimental follow "
            "group high imaging immunotherapy infusion injection intervention intravenous iv kg "
            "laboratory level low management masked matching measurement medical medication "
            "medicine mg ml no non normal not observation observational only oral other percent "
            "pill placebo plan procedure program questionnaire radiation radiotherapy regimen "
            "routine saline sample sham solution standard study support supportive surgery "
            "surgical survey tablet test therapy training treat treatment usual vaccine vehicle "
            "visit water week year"
        ),
    )
)


@lru_cache(1 << 15)
def telling(text: str) -> frozenset[str]:
    """Return the stems of a condition's words that tell it from others.

    All of its stems where it has no others (“Disease”).
    """
    return _stems(text) - _NO_CONDITION or _stems(text)


def telling_treatment(text: str) -> frozenset[str]:
    """Return the stems that tell a treatment from others, without its doses and forms."""
    return frozenset(
        stem for stem in _stems(text) - _NO_TREATMENT if len(stem) > 1 and not stem[0].isdecimal()
    )


def is_generic_condition(text: str) -> bool:
    """Say whether a text names no condition: “Healthy”, “Adult Patients”."""
    return _stems(text) <= _NO_CONDITION


def is_generic_treatment(text: str) -> bool:
    """Say whether a text names no treatment in particular: “Placebo”, “Usual Care”, “50 mg”."""
    return not telling_treatment(text)


def _stems(text: str) -> frozenset[str]:
    return frozenset(token.stem for token in tokens(text) if not token.is_joined)
