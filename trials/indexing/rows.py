"""A trial's facts → its search row: which words with which weight, its signature, its countries.

Weights: A conditions, brief title, acronym, our editors' title and summary; B treatments with
their other names, keywords; C MeSH headings, official title, sponsors; D the headings above those,
and headings that nothing in the record speaks for. The longer text has the row's words, and those
of summary, description and outcomes.
"""

from collections.abc import Set

from trials.indexing.facts import Facts, SiteFacts
from trials.indexing.generic import telling
from trials.models import TrialSponsor
from trials.terms.countries import country_code
from trials.terms.facets import FACETS, OPEN_OR_SOON, YES
from trials.terms.registry import Sex, StandardAge
from trials.terms.words import chunks, phrase_key

# The last that PostgreSQL tells from others
_LAST_POSITION = 16_383
# The longer text has the row's words too: its own come after the last that a row may have.
_ROW_POSITIONS = 8_000
# A longer key is of a sentence, which nobody types.
_LONGEST_KEY = 250
# Between texts, so that no phrase starts in one and ends in the next
_GAP = 2

_EIGHTEEN, _SIXTY_FIVE = 18 * 12, 65 * 12
_BOTH = (Sex.FEMALE, Sex.MALE)


class Vector:
    """A tsvector in the making: stems with their positions and weights."""

    def __init__(self, first: int = 0, last: int = _ROW_POSITIONS) -> None:
        self.entries: dict[str, list[str]] = {}
        self._position = first
        self._last = last

    def add(self, text: str, weight: str) -> None:
        """Add the words of a text."""
        entries, position = self.entries, self._position
        for words, length in chunks(text):
            if position + length > self._last:
                return
            for word in words:
                at = f"{position + word.position}{weight}"
                if word.stem in entries:
                    entries[word.stem].append(at)
                else:
                    entries[word.stem] = [at]
            position += length
        self._position = position + _GAP

    def add_name(self, name: str, weight: str) -> None:
        """Add the words of a name, and its key as a whole: an exact name is one look-up."""
        self.add(name, weight)
        key = phrase_key(name)
        if key and len(key) <= _LONGEST_KEY:
            self.entries.setdefault(f"={key}", [f"1{weight}"])

    def __str__(self) -> str:
        """Return the vector as PostgreSQL reads it.

        Stems are letters, digits and “_” alone: nothing in them would end the quotes. Of many
        positions PostgreSQL keeps the first; a stem may come twice.
        """
        return " ".join(
            [f"'{stem}':{','.join(positions)}" for stem, positions in self.entries.items()]
        )


def vectors(facts: Facts) -> tuple[str, str]:
    """Return the vectors of a trial's search row and of its longer text, in PostgreSQL's words."""
    row, texts = Vector(), Vector(_ROW_POSITIONS, _LAST_POSITION)
    _add_names(row, facts)
    row.add(facts.official_title, "C")
    for text in (facts.brief_summary, facts.description, *facts.outcomes):
        texts.add(text, "")
    _add_mesh(row, facts, own=row.entries.keys() | texts.entries.keys())
    for organisation in facts.organisations:
        row.add(organisation.name, "C")
    words = str(row)
    return words, f"{words} {texts}"


def _add_names(row: Vector, facts: Facts) -> None:
    for name in (*facts.conditions, facts.acronym):
        row.add_name(name, "A")
    row.add(facts.brief_title, "A")
    if facts.is_reviewed:
        row.add(facts.plain_title or "", "A")
        row.add(facts.plain_summary or "", "A")
    for treatment in facts.treatments:
        row.add(treatment.name, "B")
        for name in treatment.other_names:
            row.add(name, "B")
    for keyword in facts.keywords:
        row.add(keyword, "B")


def _add_mesh(row: Vector, facts: Facts, own: Set[str]) -> None:
    """Add MeSH headings, those that the record itself or other trials speak for above the others.

    The registry derives headings by machine, and takes an abbreviation for another disease.
    """
    for term, is_ancestor in sorted(set(facts.mesh), key=lambda mesh: mesh.is_ancestor):
        holds = not is_ancestor and (
            phrase_key(term) in facts.supported or _speak_for(own, telling(term))
        )
        row.add(term, "C" if holds else "D")


def _speak_for(own: Set[str], stems: Set[str]) -> bool:
    """Say whether more than half of a heading's telling words are among a record's own."""
    return 2 * len(own & stems) > len(stems)


def is_open(facts: Facts) -> bool:
    """Say whether a person can ask to join now or soon."""
    return facts.status in OPEN_OR_SOON


def signature(facts: Facts) -> int:
    """Return the bits of all of a trial's facets."""
    lead = next((o for o in facts.organisations if o.role == TrialSponsor.Role.LEAD), None)
    values = {
        "status": [facts.status],
        "phase": facts.phases,
        "study_type": [facts.study_type],
        "intervention_type": [treatment.type for treatment in facts.treatments],
        "age_group": facts.standard_ages or _standard_ages(facts),
        "sex": [facts.sex] if facts.sex in _BOTH else _BOTH,
        "healthy_volunteers": [YES] if facts.healthy_volunteers else [],
        "sponsor_class": [lead.agency_class] if lead else [],
        "has_results": [YES] if facts.has_results else [],
        "reviewed": [YES] if facts.is_reviewed else [],
    }
    return sum(FACETS[name].bits(value for value in said if value) for name, said in values.items())


def _standard_ages(facts: Facts) -> list[str]:
    """Return the age groups that the limits let in, where the record doesn't name them."""
    least = facts.minimum_age_months or 0
    most = float("inf") if facts.maximum_age_months is None else facts.maximum_age_months
    groups = (
        (StandardAge.CHILD, least < _EIGHTEEN),
        (StandardAge.ADULT, least < _SIXTY_FIVE and most >= _EIGHTEEN),
        (StandardAge.OLDER_ADULT, most >= _SIXTY_FIVE),
    )
    return [group for group, is_let_in in groups if is_let_in]


def counting_sites(facts: Facts) -> list[SiteFacts]:
    """Return the sites that count for a search: `TrialPlace` says which."""
    if not is_open(facts):
        return facts.sites
    return [site for site in facts.sites if site.status in OPEN_OR_SOON or not site.status]


def country_codes(facts: Facts) -> list[str]:
    """Return the countries of the sites that count, by code or else by name, sorted."""
    names = {site.country for site in counting_sites(facts) if site.country}
    return sorted({country_code(name) or name for name in names})
