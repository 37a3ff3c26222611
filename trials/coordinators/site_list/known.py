"""What the tables know of the trials, sites and addresses that a list names, in few queries."""

import re
from collections.abc import Iterable, Mapping, Sequence

from trials.coordinators import addresses
from trials.coordinators.letters import switch
from trials.coordinators.site_list.places import Found, Place, PlaceIndex
from trials.coordinators.site_list.read import ListLine
from trials.models import IdRedirect, Site, SuppressedAddress, Trial
from trials.models.querysets import TrialQuerySet
from trials.terms.letters import SuppressedFor
from trials.terms.values import canonical_nct_id

# All eight digits: with one too few, leading zeros would make it another trial's number.
_TRIAL = re.compile(r"(?:nct[\s:#-]*)?([0-9]{8})", re.IGNORECASE | re.ASCII)
_NUMBER = re.compile(r"#?([0-9]{1,18})", re.ASCII)
_SHOWN = 60


class KnownTrials:
    """The trials that a list names, by their numbers and their former ones: three queries."""

    def __init__(self, lines: Sequence[ListLine]) -> None:
        named = {number for line in lines if (number := _trial_number(line.trial))}
        self._by_number = {row.nct_id: row for row in _trials(nct_id__in=named)}
        former = IdRedirect.objects.filter(nct_id__in=named - self._by_number.keys())
        trials = dict(former.values_list("nct_id", "trial"))
        by_pk = {row.pk: row for row in _trials(pk__in=set(trials.values()))}
        self._by_number |= {number: by_pk[pk] for number, pk in trials.items() if pk in by_pk}

    def of(self, line: ListLine) -> Trial:
        """Return the trial of a line; raise ValueError with a sentence."""
        if not line.trial:
            raise ValueError("There is no trial number here.")
        number = _trial_number(line.trial)
        if not number:
            raise ValueError(f"“{line.trial[:_SHOWN]}” is no trial number: NCT and eight digits.")
        trial = self._by_number.get(number)
        if trial is None:
            raise ValueError(f"There is no trial {number} here.")
        if trial.left_registry_on is not None:
            raise ValueError(f"The registry no longer lists {trial.nct_id}.")
        if trial.hidden_at is not None:
            raise ValueError(f"{trial.nct_id} is hidden: readers don’t see it.")
        return trial

    def warnings(self, line: ListLine, trial: Trial) -> tuple[str, ...]:
        """Return what to know of a line's trial."""
        number = _trial_number(line.trial)
        if number == trial.nct_id:
            return ()
        return (f"{number} is a former number of {trial.nct_id}.",)

    def all(self) -> Mapping[str, Trial]:
        """Return the trials by the numbers in the list."""
        return self._by_number


class KnownSites:
    """The sites that a list may mean: those it numbers, and all of trials where it names one."""

    def __init__(self, lines: Sequence[ListLine], trials: KnownTrials) -> None:
        known = trials.all()
        numbers = {number for line in lines if (number := _site_number(line.site)) is not None}
        self._by_number = {place.pk: place for place in _places(pk__in=numbers)}
        of_trial: dict[int, list[Place]] = {}
        named = {_trial_number(line.trial) for line in lines if not self._is_numbered(line)}
        by_name = {trial.pk for number, trial in known.items() if number in named}
        for place in _places(trial__in=by_name):
            of_trial.setdefault(place.trial, []).append(place)
        self._of_trial = {pk: PlaceIndex(places) for pk, places in of_trial.items()}

    def of(self, line: ListLine, trial: Trial) -> Found:
        """Return the site of a line, by its number here or by its name or city."""
        number = _site_number(line.site)
        numbered = self._by_number.get(number) if number is not None else None
        if numbered is not None and numbered.trial == trial.pk:
            return Found(numbered, is_exact=True)
        of_trial = self._of_trial.get(trial.pk)
        found = of_trial.find(line.site) if of_trial else Found(None)
        # A number is no misspelt name.
        return found if number is None or found.is_exact else Found(None)

    def why_not(self, line: ListLine, trial: Trial, found: Found) -> str:
        """Say why a line has no site."""
        if not line.site:
            return "There is no site here."
        if found.possible:
            return (
                f"“{line.site[:_SHOWN]}” is not clearly one site of {trial.nct_id}. If it is one "
                "of these, give its number instead."
            )
        if (number := _site_number(line.site)) is None:
            return f"No site of {trial.nct_id} has the name or city “{line.site[:_SHOWN]}”."
        if number in self._by_number:
            return f"Site {number} belongs to another trial than {trial.nct_id}."
        return f"{trial.nct_id} has no site {number}; the registry may have removed it."

    def _is_numbered(self, line: ListLine) -> bool:
        return _site_number(line.site) in self._by_number


def _places(**wanted: object) -> list[Place]:
    parts = ("name", "city", "state", "country")
    rows = Site.everything.filter(**wanted).order_by("trial", "position")
    columns = [f"facility__{part}" for part in parts]
    return [Place(*row) for row in rows.values_list("pk", "trial", *columns)]


class KnownPeople:
    """What is known of the addresses in a list: four queries."""

    def __init__(self, lines: Sequence[ListLine]) -> None:
        typed = {address for line in lines if (address := _address(line.email))}
        digests = {addresses.digest_of(address): address for address in typed}
        rows = SuppressedAddress.objects.filter(address_digest__in=digests)
        self._suppressed = {
            digests[digest]: SuppressedFor(why)
            for digest, why in rows.values_list("address_digest", "why")
        }
        self._unasked = set() if switch.is_on() else addresses.registered_among(typed)

    def warnings(self, address: str) -> Iterable[str]:
        """Yield why no letter would get to an address."""
        if address in self._suppressed:
            why = self._suppressed[address].label.lower()
            yield f"No letters go to this address: {why}."
        if address in self._unasked:
            yield (
                "The registry lists this address, and letters to such addresses are switched off: "
                "no letter will go there."
            )


def _address(typed: str) -> str:
    try:
        return addresses.normal(typed)
    except ValueError:
        return ""


def _trials(**wanted: object) -> Iterable[Trial]:
    rows: TrialQuerySet = Trial.everything.filter(**wanted)
    return rows.only("nct_id", "hidden_at", "left_registry_on")


def _trial_number(typed: str) -> str:
    """Return a trial's number as the table has it; empty for what is none."""
    read = _TRIAL.fullmatch(typed.strip())
    try:
        return canonical_nct_id(f"NCT{read[1]}") if read else ""
    except ValueError:
        return ""


def _site_number(typed: str) -> int | None:
    read = _NUMBER.fullmatch(typed.strip())
    return int(read[1]) if read else None
