"""The bits of facets; what is counted with them is in test_results."""

from trials.terms.facets import FACETS

ALL_BITS = sum(facet.mask for facet in FACETS.values())


def test_bits_of_all_facets_fit_a_database_integer() -> None:
    assert ALL_BITS < 1 << 63
    assert len({bit for facet in FACETS.values() for bit in map(facet.bit, facet.values)}) == sum(
        len(facet.values) for facet in FACETS.values()
    )
