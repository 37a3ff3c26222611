"""Trial numbers in what was typed: NCT ids in any writing, former ids, other numbers.

Only public trials are told of.
"""

import re
from dataclasses import dataclass

from trials.models import IdRedirect, SearchWord, SecondaryId, Trial
from trials.models.references import BARE_VALUE
from trials.terms.values import canonical_nct_id
from trials.terms.words import folded

# Digits in a row, or tied to letters or a dash: “type 2” is no number.
_LIKE_A_NUMBER = re.compile(
    r"[0-9]{4}|[^\W_][-–/.]?[0-9]|[0-9][-–/.]?[^\W_]|nct\s*[0-9]", re.IGNORECASE
)
_LONGEST = 80
_MOST = 50
_NCT = re.compile(
    r"(?<![A-Za-z0-9])nct[\s:#._\-–]*((?:[0-9][\s\-–]?){1,8})(?![0-9])", re.IGNORECASE
)
# Words that people write beside a number.
_BESIDE = """
trial trials study studies number no nr id identifier protocol registry registration clinical
clinicaltrials gov https http www ct2 show eudract ctis euct eu ct isrctn utn ind code org nct the
of about details for record
"""
_LABELS = frozenset(_BESIDE.split())
_NOT_BARE = re.compile(r"[^A-Za-z0-9]+")
_SHORTEST = 5
_MOST_PIECES = 5
# A number in more trials' words than this is a word: COVID-19, HER2.
_MOST_TRIALS = 2


@dataclass(frozen=True, slots=True)
class Named:
    """What numbers name: the trials' keys, their NCT ids, and whether nothing else was typed."""

    trial_ids: tuple[int, ...] = ()
    nct_ids: tuple[str, ...] = ()
    is_all: bool = False
    unknown: str = ""


def trial_of(q: str) -> str:
    """Return the NCT id of the one public trial that a text names by a number, or nothing."""
    named = named_by(q)
    return named.nct_ids[0] if named.is_all and len(named.nct_ids) == 1 else ""


def named_by(q: str) -> Named:
    """Return the public trials that a text names; `unknown` is an NCT id of none."""
    text = " ".join(q[:2_000].replace("\x00", " ").split())
    if not _LIKE_A_NUMBER.search(text):
        return Named()
    asked = list(dict.fromkeys(_canonical(match[1]) for match in _NCT.finditer(text)))[:_MOST]
    asked = [nct_id for nct_id in asked if nct_id]
    if asked:
        return _by_nct_ids(asked, is_all=not _rest(_NCT.sub(" ", text)))
    return _by_other_number(text) if len(text) <= _LONGEST else Named()


def _canonical(digits: str) -> str:
    try:
        return canonical_nct_id("NCT" + re.sub(r"[^0-9]", "", digits))
    except ValueError:
        return ""


def _rest(text: str) -> list[str]:
    """Return the words of a text that are no labels of numbers."""
    return [word for word in folded(text).split() if word not in _LABELS]


def _by_nct_ids(asked: list[str], *, is_all: bool) -> Named:
    former = dict(
        IdRedirect.objects.filter(nct_id__in=asked).values_list("nct_id", "trial__nct_id")
    )
    current = [former.get(nct_id, nct_id) for nct_id in asked]
    known = dict(Trial.public.filter(nct_id__in=current).values_list("nct_id", "pk"))
    found = [nct_id for nct_id in dict.fromkeys(current) if nct_id in known]
    missing = next((one for one, now in zip(asked, current, strict=True) if now not in known), "")
    return Named(tuple(known[nct_id] for nct_id in found), tuple(found), is_all, missing)


def _by_other_number(text: str) -> Named:
    """Look the whole text up as an organisation's, EudraCT, CTIS … number."""
    bare = {_bare(text), _bare(" ".join(_rest(text)))}
    bare = {one for one in bare if len(one) >= _SHORTEST and any(map(str.isdigit, one))}
    if not bare or len(_rest(text)) > _MOST_PIECES or _is_word(text):
        return Named()
    rows = dict(
        Trial.public.filter(
            pk__in=SecondaryId.objects.alias(bare=BARE_VALUE).filter(bare__in=bare).values("trial")
        ).values_list("nct_id", "pk")[:_MOST]
    )
    return Named(tuple(rows.values()), tuple(rows), is_all=bool(rows))


def _bare(text: str) -> str:
    return _NOT_BARE.sub("", text).upper()


def _is_word(text: str) -> bool:
    """Whether a text is a word of several trials, however much it looks like a number."""
    joined = folded(text).replace(" ", "")
    return SearchWord.objects.filter(word=joined, trials__gt=_MOST_TRIALS).exists()
