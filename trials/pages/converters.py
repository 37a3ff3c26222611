"""Path converters: what a part of an address may look like before any view sees it."""


class ConditionSlug:
    """A condition's slug as `terms.values.condition_slug` makes it, in any script.

    The pattern keeps out what the database refuses in a text (NUL) and what no slug can be.
    """

    regex = r"[\w-]{1,100}"

    def to_python(self, value: str) -> str:
        """Return the slug."""
        return value

    def to_url(self, value: str) -> str:
        """Return the slug."""
        return value
