"""States and provinces by the names people give them."""

import pytest

from trials.terms.areas import all_areas, area_key, area_of_code, areas_meant, is_area


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Texas", ["Texas"]),
        ("tx", ["Texas"]),
        ("D.C.", ["District of Columbia"]),
        ("WA", ["Washington", "Western Australia"]),
        ("ON", ["Ontario"]),
        ("NSW", ["New South Wales"]),
        ("Québec", ["Quebec"]),
        ("Bayern", ["Bavaria"]),
        ("ile de france", ["Île-de-France"]),
        ("Beijing Municipality", ["Beijing"]),
        ("Scotland", ["Scotland"]),
        ("Atlantis", []),
        ("", []),
    ],
)
def test_areas_meant_by_a_text(text: str, named: list[str]) -> None:
    assert [area.name for area in areas_meant(text)] == named


@pytest.mark.parametrize(
    ("country", "state", "key"),
    [
        ("DE", "Bayern", "bavaria"),
        ("DE", "Bavaria", "bavaria"),
        ("US", "Texas", "texas"),
        ("CN", "Shanghai Municipality", "shanghai"),
        ("AU", "WA", "western australia"),  # not Washington
        ("FR", "Gironde", "gironde"),  # no area known here: its folded text
        ("Atlantis", "Île Haute", "ile haute"),
        ("GB", "", ""),
    ],
)
def test_area_key_is_one_for_all_spellings(country: str, state: str, key: str) -> None:
    assert area_key(country, state) == key


def test_area_of_a_code_within_its_country() -> None:
    ontario, california = area_of_code("CA", "08"), area_of_code("US", "CA")
    assert ontario is not None
    assert california is not None
    assert (ontario.name, california.name) == ("Ontario", "California")
    assert area_of_code("CA", "99") is None


def test_areas_of_one_country_have_names_of_their_own() -> None:
    names = [(area.country_code, area.key) for area in all_areas()]
    assert len(names) == len(set(names))
    assert all(is_area(*name) for name in names)
    assert not is_area("DE", "texas")


def test_every_area_is_found_by_its_own_name() -> None:
    assert [area for area in all_areas() if area not in areas_meant(area.name)] == []
