"""Who a line speaks of: the reader, the reader's child, or somebody else who would join."""

from trials.models import Trial
from trials.wording import limits


class Voice(dict[str, str]):
    """The words for a person in a template; a verb that isn't listed gets its ending here."""

    def __missing__(self, verb: str) -> str:
        if self.is_reader:
            return verb
        return f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "o")) else f"{verb}s"

    @property
    def is_reader(self) -> bool:
        """Whether lines say “you”."""
        return self["you"] == "you"


SELF = Voice(you="you", your="your", are="are", have="have", were="were", do="do")


def _third(person: str) -> Voice:
    return Voice(you=person, your=f"{person}’s", are="is", have="has", were="was", do="does")


def voice_of(trial: Trial) -> Voice:
    """Return how a trial's lines name the person, as its page does."""
    person = limits.joiner(trial).you_are.removesuffix(" is").removesuffix(" are")
    return SELF if person == "you" else _third(person)
