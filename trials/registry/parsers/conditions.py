"""`conditionsModule` and the browse modules of `derivedSection`: what the study is about."""

from trials.models import TrialMeshTerm
from trials.registry.parsers.values import Reader, Row, numbered
from trials.registry.study import BrowseModule, ConditionsModule, DerivedSection, MeshTerm
from trials.terms.values import condition_slug

_LONGEST_UI = 64


def conditions(module: ConditionsModule) -> list[Row]:
    """Return the conditions in order, two spellings of one once."""
    names = (name.strip() for name in module.conditions)
    by_slug: dict[str, str] = {}
    for name in names:
        if name:
            by_slug.setdefault(condition_slug(name), name)
    return numbered(
        {"condition": {"slug": slug, "name": name}, "name": name} for slug, name in by_slug.items()
    )


def keywords(module: ConditionsModule) -> list[str]:
    """Return the keywords, each once."""
    return list(dict.fromkeys(word.strip() for word in module.keywords if word.strip()))


def mesh_terms(section: DerivedSection, reader: Reader) -> list[Row]:
    """Return headings and their ancestors."""
    about = TrialMeshTerm.About
    return [
        *_of_module(section.condition_browse_module, about.CONDITION, "condition", reader),
        *_of_module(section.intervention_browse_module, about.INTERVENTION, "intervention", reader),
    ]


def _of_module(module: BrowseModule, about: str, name: str, reader: Reader) -> list[Row]:
    path = f"derivedSection.{name}BrowseModule"
    rows = []
    for headings, is_ancestor in ((module.meshes, False), (module.ancestors, True)):
        for heading in _known(headings, path, reader):
            rows.append(
                {
                    "mesh_term": {"ui": heading.id, "term": heading.term},
                    "about": about,
                    "is_ancestor": is_ancestor,
                }
            )
    return rows


def _known(headings: list[MeshTerm], path: str, reader: Reader) -> list[MeshTerm]:
    found: dict[str, MeshTerm] = {}
    for heading in headings:
        if not heading.id or len(heading.id) > _LONGEST_UI:
            reader.slip(path, f"{heading.id} {heading.term}", "Not a MeSH heading; left out.")
        else:
            found.setdefault(heading.id, heading)
    return list(found.values())
