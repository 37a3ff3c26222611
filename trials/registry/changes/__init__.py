"""What differs between two states of a record, in the fields that editors know.

`fields` tells which fields differ, `wording` how each reads, `terms.difference` what differs in a
wording; `kept` reads the states from the database.
"""

from trials.registry.changes.differences import Difference, differences
from trials.registry.changes.fields import changed
from trials.registry.changes.kept import between, changed_since

__all__ = ["Difference", "between", "changed", "changed_since", "differences"]
