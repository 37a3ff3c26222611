"""Eligibility text → a lossless tree of criteria. Pure Python; knows no tables and no pages."""

from trials.eligibility.nodes import Node, Role, Section
from trials.eligibility.parse import parse_criteria

__all__ = ["Node", "Role", "Section", "parse_criteria"]
