"""Log lines. Query strings (what people search for) and addresses stay out of every log."""

import logging
import re

_QUERY = re.compile(r"\?[^\s\"'<>]+")
_ADDRESS = re.compile(r"\bip=\S+")  # gunicorn's words on a request that it can't read


class PrivateLine(logging.Formatter):
    """Cuts query strings and addresses out of a finished line, its traceback included."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line that is written."""
        return _ADDRESS.sub("ip=…", _QUERY.sub("?…", super().format(record)))
