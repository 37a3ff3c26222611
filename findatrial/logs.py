"""Log filters. Query strings hold what people search for: they stay out of every log."""

import logging
import re

_QUERY = re.compile(r"\?[^\s\"']+")


class WithoutQuery(logging.Filter):
    """Cut query strings out of a record's message and arguments."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place and let it pass."""
        record.msg = _QUERY.sub("?…", record.getMessage())
        record.args = ()
        return True
