"""Invented sponsors, officials and contacts; addresses and numbers that are nobody's."""

from random import Random

from trials.registry.synthetic import coinage, lists, proportions
from trials.registry.synthetic.chance import Draw, pick, zipf

# How many sponsors of a class there are; the first ones have most of the studies.
_SPONSORS = {"INDUSTRY": 6000, "OTHER": 8000}
_FEWER_SPONSORS = 150

Row = dict[str, object]


class People:
    """Sponsors by class, and people by name."""

    def __init__(self, random: Random, cities: list[str]) -> None:
        self._family = coinage.family_names()
        self._given = coinage.given_names()
        patterns = lists.sentences()
        self._sponsors: dict[str, Draw[str]] = {}
        for name in proportions.SPONSOR_CLASS.values:
            found = [
                pick(random, patterns[f"sponsor {name}"]).format(
                    name=pick(random, self._family), city=pick(random, cities)
                )
                for _ in range(_SPONSORS.get(name, _FEWER_SPONSORS))
            ]
            self._sponsors[name] = zipf(list(dict.fromkeys(found)), 0.9)

    def sponsor(self, random: Random) -> Row:
        """Return a lead sponsor or collaborator."""
        name = proportions.SPONSOR_CLASS(random)
        return {"name": self._sponsors[name](random), "class": name}

    def person(self, random: Random) -> str:
        """Return a person's name with a degree."""
        return f"{pick(random, self._given)} {pick(random, self._family)}, MD"

    def contact(self, random: Random, role: str = "CONTACT") -> Row:
        """Return a contact: numbers kept for fiction, a domain kept for examples."""
        given, family = pick(random, self._given), pick(random, self._family)
        return {
            "name": f"{given} {family}",
            "role": role,
            "phone": f"{int(random.random() * 800) + 200}-555-01{int(random.random() * 100):02d}",
            "email": f"{given.lower()}.{family.lower()}@example.org",
        }
