"""Synthetic studies in the registry's shape and proportions, to try the portal at its full size.

Everything in them is invented from word lists of our own, except cities and the names of common
conditions and treatments. Not for readers: no face of the portal makes or shows them by itself.
"""

from collections.abc import Iterator

import msgspec

from trials.registry.synthetic.study import Studies

# The registry gives its numbers in order and stood at about NCT074 in 2026: at 40,000 a year it
# reaches NCT9 in two thousand years. NCT999… is left to the demonstration's fixtures.
FIRST_NUMBER = 90_000_001
MOST = 9_000_000


def studies(count: int, seed: int) -> Iterator[bytes]:
    """Yield so many studies (1 to 9,000,000), each as JSON without a line break.

    The same seed gives the same studies, and a smaller count the first of them.
    """
    made, encoder = Studies(seed), msgspec.json.Encoder()
    for number in range(FIRST_NUMBER, FIRST_NUMBER + count):
        yield encoder.encode(made.make(f"NCT{number}"))
