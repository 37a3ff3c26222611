"""Differences as tests write them down."""

from trials.terms.difference import Line, Op

_MARKS = {Op.EQUAL: "{}", Op.TAKEN_OUT: "[-{}-]", Op.PUT_IN: "{{+{}+}}"}


def shown(lines: tuple[Line, ...]) -> list[str]:
    """Return lines as [-taken out-] {+put in+}."""
    return [" ".join(_MARKS[part.op].format(part.text) for part in line) for line in lines]
