"""`referencesModule`: what to read."""

from trials.registry.parsers.values import Reader, Row, numbered
from trials.registry.study import ReferencesModule
from trials.terms.registry import ReferenceType

_PATH = "protocolSection.referencesModule"


def references(module: ReferencesModule, reader: Reader) -> list[Row]:
    """Return the publications."""
    return numbered(
        {
            "pmid": entry.pmid,
            "type": reader.code(ReferenceType, entry.type, f"{_PATH}.references.type"),
            "citation": entry.citation,
        }
        for entry in module.references
        if entry.citation or entry.pmid
    )


def links(module: ReferencesModule) -> list[Row]:
    """Return the web pages."""
    return numbered(
        {"label": entry.label, "url": entry.url} for entry in module.see_also_links if entry.url
    )
