"""The lines of a list → which site and whom each means, or why not; in a fixed number of queries.

Nothing is written here.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from trials.coordinators import addresses
from trials.coordinators.site_list.known import KnownPeople, KnownSites, KnownTrials
from trials.coordinators.site_list.places import Place
from trials.coordinators.site_list.read import ListLine
from trials.models import Coordinator, SiteCoordinator

_LONGEST_NAME: int = Coordinator._meta.get_field("name").max_length or 0


class Verdict(StrEnum):
    """What is to be done with a line; values are for editors."""

    GIVE = "Will be given"
    THEIRS = "Theirs already"
    TWICE = "Twice in the file"
    NOBODY = "No address"
    NO_MATCH = "Does not match"


@dataclass(frozen=True, slots=True)
class MatchedLine:
    """One line with its verdict; `why` says why not, `warnings` what to know before giving.

    `possible` are the sites that may have been meant.
    """

    line: ListLine
    verdict: Verdict
    nct_id: str = ""
    place: Place | None = None
    address: str = ""
    why: str = ""
    warnings: tuple[str, ...] = ()
    possible: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class MatchedList:
    """The lines of a list with their verdicts."""

    lines: tuple[MatchedLine, ...]

    @property
    def to_give(self) -> list[MatchedLine]:
        """The lines that can be written down."""
        return [each for each in self.lines if each.verdict == Verdict.GIVE]

    @property
    def not_given(self) -> list[MatchedLine]:
        """The lines that name somebody and can't be written down as they stand.

        A line with a site alone, as the export has them, asks for nothing; what another line or
        our own table says is done by that.
        """
        return [
            each
            for each in self.lines
            if each.verdict == Verdict.NO_MATCH
            or (each.verdict == Verdict.NOBODY and each.line.name)
        ]

    @property
    def digest(self) -> str:
        """What the lines to give are known again by: sites, addresses and names."""
        given = sorted(
            f"{each.place.pk} {each.address} {each.line.name}"
            for each in self.to_give
            if each.place
        )
        return sha256("\n".join(given).encode()).hexdigest()

    def count(self, verdict: Verdict) -> int:
        """Return how many lines have a verdict."""
        return sum(each.verdict == verdict for each in self.lines)


def match(lines: Sequence[ListLine]) -> MatchedList:
    """Return what each line of a list means, in order."""
    trials = KnownTrials(lines)
    sites = KnownSites(lines, trials)
    people = KnownPeople(lines)
    found = [_line(line, trials, sites, people) for line in lines]
    theirs = _theirs(found)
    return MatchedList(tuple(_settled(found, theirs)))


def _line(
    line: ListLine, trials: KnownTrials, sites: KnownSites, people: KnownPeople
) -> MatchedLine:
    """Return a line as far as it can be told without the others."""
    try:
        if line.problem:
            raise ValueError(line.problem)
        if not line.email:
            return MatchedLine(line, Verdict.NOBODY, why="There is no email address here.")
        trial = trials.of(line)
        address = addresses.normal(line.email)
        if len(line.name) > _LONGEST_NAME:
            raise ValueError(f"The name is longer than {_LONGEST_NAME} characters.")
    except ValueError as error:
        return MatchedLine(line, Verdict.NO_MATCH, why=str(error))
    found = sites.of(line, trial)
    if found.place is None:
        return MatchedLine(
            line,
            Verdict.NO_MATCH,
            trial.nct_id,
            why=sites.why_not(line, trial, found),
            possible=found.possible,
        )
    similar = () if found.is_exact else ("The name is written differently: is it this site?",)
    warnings = (*similar, *trials.warnings(line, trial), *people.warnings(address))
    return MatchedLine(line, Verdict.GIVE, trial.nct_id, found.place, address, warnings=warnings)


def _theirs(found: Sequence[MatchedLine]) -> set[tuple[int, str]]:
    """Return which sites are in whose hands already."""
    rows = SiteCoordinator.objects.filter(
        ended_on=None,
        taken_on__isnull=False,
        site__in={each.place.pk for each in found if each.place},
        coordinator__address__in={each.address for each in found if each.place},
    )
    return set(rows.values_list("site_id", "coordinator__address"))


def _settled(
    found: Iterable[MatchedLine], theirs: Collection[tuple[int, str]]
) -> Iterable[MatchedLine]:
    """Yield the lines, those apart that say what another line or our own table says."""
    before: dict[tuple[int, str], int] = {}
    for each in found:
        pair = (each.place.pk, each.address) if each.place else None
        if pair is None:
            yield each
        elif pair in theirs:
            yield _instead(each, Verdict.THEIRS, "This site is in their hands.")
        elif pair in before:
            yield _instead(each, Verdict.TWICE, f"Line {before[pair]} says the same.")
        else:
            before[pair] = each.line.number
            yield each


def _instead(each: MatchedLine, verdict: Verdict, why: str) -> MatchedLine:
    return MatchedLine(each.line, verdict, each.nct_id, each.place, each.address, why)
