"""What studies are about: their conditions and treatments, and the MeSH headings of both."""

from dataclasses import dataclass
from itertools import count
from random import Random

from trials.registry.synthetic import coinage, lists
from trials.registry.synthetic.chance import Draw, pick, zipf
from trials.registry.synthetic.proportions import INTERVENTION_TYPE

# Of the conditions that records name, and of the names of drugs: the rest is coined.
_COMMON_CONDITION = 0.78
_COMMON_TREATMENT = 0.55
_CODE = 0.1
_HEADING_OF_RARE = 0.5
_NEIGHBOUR = 0.7
_COINED_KINDS = ("DRUG", "BIOLOGICAL", "DIETARY_SUPPLEMENT")
# Headings that stand high above many others; each subject has some of them.
_GENERAL = (
    "Pathologic Processes",
    "Pathological Conditions, Signs and Symptoms",
    "Disease Attributes",
    "Genetic Diseases, Inborn",
    "Inflammation",
    "Chronic Disease",
    "Immune System Diseases",
    "Metabolic Diseases",
    "Congenital, Hereditary, and Neonatal Diseases and Abnormalities",
    "Neurologic Manifestations",
    "Nervous System Diseases",
    "Cardiovascular Diseases",
    "Vascular Diseases",
    "Skin and Connective Tissue Diseases",
    "Digestive System Diseases",
    "Respiratory Tract Diseases",
    "Urogenital Diseases",
    "Endocrine System Diseases",
    "Musculoskeletal Diseases",
    "Mental Disorders",
    "Infections",
    "Wounds and Injuries",
    "Hemic and Lymphatic Diseases",
    "Nutritional and Metabolic Diseases",
    "Behavioral Symptoms",
    "Syndrome",
)
_CHEMICAL = (
    "Organic Chemicals",
    "Heterocyclic Compounds",
    "Heterocyclic Compounds, 1-Ring",
    "Amino Acids, Peptides, and Proteins",
    "Proteins",
    "Hydrocarbons",
    "Polycyclic Compounds",
    "Carboxylic Acids",
    "Amines",
    "Inorganic Chemicals",
)
_GENERAL_COUNT = 4

Mesh = dict[str, str]


@dataclass(frozen=True, slots=True)
class Subject:
    """A condition or a treatment: how it is written, its headings, what stands above them."""

    names: tuple[str, ...]
    meshes: tuple[Mesh, ...] = ()
    ancestors: tuple[Mesh, ...] = ()


class Subjects:
    """Conditions and treatments, common ones by weight and rare ones by Zipf's law."""

    def __init__(self, random: Random, terms: Draw[str]) -> None:
        self._numbers = count(1)
        self._headings: dict[str, Mesh] = {}
        self._terms = terms
        common = lists.conditions()
        self._common = Draw(
            [self._subject(random, e, _GENERAL) for e in common], [e.weight for e in common]
        )
        self._of_area = {
            area: [
                subject
                for subject, e in zip(self._common.values, common, strict=True)
                if e.above == area
                for _ in range(int(e.weight) + 1)
            ]
            for area in {e.above for e in common if e.above}
        }
        self._area = {s.names: e.above for s, e in zip(self._common.values, common, strict=True)}
        areas = sorted({entry.above for entry in common if "Neoplasms" not in entry.above})
        self._rare = zipf(
            [self._rare_condition(random, name, areas) for name in coinage.rare_conditions()],
            after=len(common),
        )
        self._treatments = {
            kind: Draw([self._treatment(random, e) for e in entries], [e.weight for e in entries])
            for kind, entries in lists.treatments().items()
        }
        self._drugs = zipf([self._drug(random, name) for name in coinage.drugs()], 0.8, after=50)

    def conditions(self, random: Random, count: int) -> list[Subject]:
        """Return the conditions of a study: often neighbours of the first."""
        first = self._condition(random)
        neighbours = self._of_area.get(self._area.get(first.names, ()))
        found = [first]
        for _ in range(count - 1):
            near = neighbours and random.random() < _NEIGHBOUR
            found.append(
                pick(random, neighbours) if neighbours and near else self._condition(random)
            )
        return found

    def _condition(self, random: Random) -> Subject:
        common = random.random() < _COMMON_CONDITION
        return self._common(random) if common else self._rare(random)

    def treatment(self, random: Random) -> tuple[str, Subject]:
        """Return the registry's kind of a treatment and the treatment."""
        kind = INTERVENTION_TYPE(random)
        if random.random() < _COMMON_TREATMENT:
            return kind, self._treatments[kind](random)
        if random.random() < _CODE:
            return kind, Subject((coinage.code(random),))
        if kind in _COINED_KINDS:
            return kind, self._drugs(random)
        return kind, Subject((f"{self._terms(random).capitalize()} {kind.split('_')[0].lower()}",))

    def _subject(self, random: Random, entry: lists.Entry, general: tuple[str, ...]) -> Subject:
        if not entry.heading:
            return Subject(entry.names)
        above = dict.fromkeys(entry.above)
        above |= dict.fromkeys(pick(random, general) for _ in range(_GENERAL_COUNT))
        return Subject(entry.names, (self._mesh(entry.heading),), tuple(map(self._mesh, above)))

    def _treatment(self, random: Random, entry: lists.Entry) -> Subject:
        return self._subject(random, entry, _CHEMICAL) if entry.above else Subject(entry.names)

    def _drug(self, random: Random, name: str) -> Subject:
        heading = name if random.random() < _HEADING_OF_RARE else ""
        names = (name, coinage.code(random), pick(random, coinage.family_names()) + "ol")
        return self._subject(random, lists.Entry(0, heading, names, ()), _CHEMICAL)

    def _rare_condition(self, random: Random, name: str, areas: list[tuple[str, ...]]) -> Subject:
        heading = name if random.random() < _HEADING_OF_RARE else ""
        entry = lists.Entry(0, heading, (name,), pick(random, areas))
        return self._subject(random, entry, _GENERAL)

    def _mesh(self, term: str) -> Mesh:
        """Return a heading; its number is ours, above those that the vocabulary uses."""
        if term not in self._headings:
            self._headings[term] = {"id": f"D9{next(self._numbers):05d}", "term": term}
        return self._headings[term]


def browse(subjects: list[Subject]) -> dict[str, list[Mesh]]:
    """Return the registry's derived module for some subjects, empty where none has a heading."""
    meshes = {mesh["id"]: mesh for subject in subjects for mesh in subject.meshes}
    above = {mesh["id"]: mesh for subject in subjects for mesh in subject.ancestors}
    if not meshes:
        return {}
    ancestors = [mesh for number, mesh in above.items() if number not in meshes]
    return {"meshes": list(meshes.values()), "ancestors": ancestors}
