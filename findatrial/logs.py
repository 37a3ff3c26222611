"""Log lines. Query strings hold what people search for: they stay out of every log."""

import logging
import re

_QUERY = re.compile(r"\?[^\s\"'<>]+")


class WithoutQuery(logging.Formatter):
    """Cuts query strings out of a finished line, its traceback included."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line that is written."""
        return _QUERY.sub("?…", super().format(record))
