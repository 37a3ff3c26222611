"""Country names: the registry's, and what people say."""

import pytest

from trials.terms.countries import CODES, country_code, country_meant, country_name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("UK", "GB"),
        ("u.k.", "GB"),
        ("Great Britain", "GB"),
        ("USA", "US"),
        ("U.S.", "US"),
        ("America", "US"),
        ("Holland", "NL"),
        ("Korea", "KR"),
        ("Korea, Republic of", "KR"),
        ("Türkiye", "TR"),
        ("turkey", "TR"),
        ("de", "DE"),
        ("Côte d'Ivoire", "CI"),
        ("Atlantis", ""),
        ("", ""),
    ],
)
def test_country_that_people_mean(text: str, code: str) -> None:
    assert country_meant(text) == code


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("TR", "Turkey (Türkiye)"),
        ("KR", "South Korea"),
        ("RU", "Russia"),
        ("US", "United States"),
        ("CZ", "Czechia"),
        ("Atlantis", "Atlantis"),
    ],
)
def test_country_name_is_in_the_registrys_present_words(code: str, name: str) -> None:
    assert country_name(code) == name


@pytest.mark.parametrize("code", CODES)
def test_country_name_leads_back_to_its_code(code: str) -> None:
    assert country_code(country_name(code)) == code
    assert country_meant(country_name(code)) == code
