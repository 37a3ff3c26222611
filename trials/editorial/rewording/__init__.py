"""A criterion in the registry's style → a plain line that finishes “this trial may suit you if”.

Rules are tried in a fixed order, the first that fits words the line. A rule rewrites how a
criterion opens, or a whole criterion of a known form; numbers, units and negations stay as they
are written. Where no rule surely fits, there is no line: the record's own words then stand.
"""

from trials.editorial.rewording.reword import reword
from trials.editorial.rewording.voice import SELF, Voice, voice_of

__all__ = ["SELF", "Voice", "reword", "voice_of"]
