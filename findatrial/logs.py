"""Log lines. Query strings (what people search for) and addresses stay out of every log."""

import logging
import re

_QUERY = re.compile(r"\?[^\s\"'<>]+")
# PostgreSQL shows the place of an error in a statement, and with it what was searched for.
_STATEMENT = re.compile(r"^LINE \d+:.*(?:\n\s*\^)?", re.MULTILINE)
# It also shows the values that a row or a key would have had: names, mail addresses, words.
_VALUES = re.compile(
    r"^(?P<about>DETAIL|CONTEXT):.*?(?=\n\n(?:The above|During handling)|\Z)", re.M | re.DOTALL
)
_ADDRESS = re.compile(r"\bip=\S+")  # gunicorn's words on a request that it can't read


class PrivateLine(logging.Formatter):
    """Cuts query strings and addresses out of a finished line, its traceback included."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line that is written."""
        line = _STATEMENT.sub("LINE …", super().format(record))
        line = _VALUES.sub(r"\g<about>: …", line)
        return _ADDRESS.sub("ip=…", _QUERY.sub("?…", line))
