"""What a person's words mean, as values: what to match, how to rank it, what to tell the person.

Only values live here. `understand` builds them, `search.statement` turns a plan into SQL, and the
results page words the rest.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Plan:
    """One way to look for the words.

    `match` and the second half of each score are tsquery texts over a search row's vector, always
    valid, every lexeme quoted; an empty `match` takes every trial. A trial's score is the sum of
    the points of the scores whose tsquery its vector matches. `estimate` guesses how many trials
    of the whole registry match (0: unknown). `in_texts` says that a trial also counts whose
    longer words (`SearchText`) match. `trial_ids` (keys of trials), where given, replaces `match`:
    exactly these trials. With `enough` hits the looser plans are not needed. `loosened` is the
    sentence for what the plan left out; empty for the words as they are.
    """

    match: str
    scores: tuple[tuple[float, str], ...] = ()
    estimate: int = 0
    in_texts: bool = False
    trial_ids: tuple[int, ...] = ()
    enough: int = 3
    loosened: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """That a typed word was read as another."""

    typed: str
    used: str


@dataclass(frozen=True, slots=True)
class Offers:
    """What the words say about the person, to be offered as filters and never applied silently.

    `age` is in `age_unit` ("years", "months", "weeks" or "days"); `sex` is the registry's FEMALE
    or MALE; `place` is as typed and may be no place at all: the caller looks it up.
    """

    age: float | None = None
    age_unit: str = ""
    place: str = ""
    sex: str = ""

    def __bool__(self) -> bool:
        return self.age is not None or bool(self.place or self.sex)


@dataclass(frozen=True, slots=True)
class Understanding:
    """All that was made of what a person typed.

    `plans` go from strict to loose and are never empty. `also` are wordings that are looked for
    besides the typed ones, `ignored` are typed words that were left out, `stems` are what to
    highlight, `problem` is a sentence for the person about what could not be read.
    """

    plans: tuple[Plan, ...] = (Plan(""),)
    corrections: tuple[Correction, ...] = ()
    also: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    offers: Offers = field(default_factory=Offers)
    stems: frozenset[str] = frozenset()
    problem: str = ""
