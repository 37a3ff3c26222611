import pytest

from trials.terms.countries import country_code
from trials.terms.language import direction_of, language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("北京协和医院", "zh"),
        ("東京のがんセンター", "ja"),
        ("서울대학교병원", "ko"),
        ("Городская больница № 7", "ru"),
        ("مستشفى الجامعة", "ar"),
        ("Νοσοκομείο Αθηνών", "el"),
        ("Los pacientes con diabetes que acuden a la consulta por primera vez", "es"),
        ("Les patients avec une infection sont suivis dans le service", "fr"),
        ("Die Patienten werden mit der Therapie behandelt und nicht operiert", "de"),
        ("Os pacientes com dor não são tratados em casa", "pt"),
        ("I pazienti con dolore sono seguiti nel reparto per una settimana e non oltre", "it"),
        ("Patients with type 2 diabetes who are treated at the clinic", ""),
        ("TNF-α and IL-6 in adults with de novo disease, in vitro et al.", ""),
        ("Charité Universitätsmedizin Berlin", ""),
        ("", ""),
    ],
)
def test_language_is_told_by_script_or_common_words(text: str, language: str) -> None:
    assert language_of(text) == language


def test_direction_is_right_to_left_for_arabic_alone() -> None:
    assert (direction_of("ar"), direction_of("ru"), direction_of("")) == ("rtl", "", "")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("China", "CN"),
        ("Korea, Republic of", "KR"),
        ("south korea", "KR"),
        ("Turkey (Türkiye)", "TR"),
        ("Atlantis", ""),
        ("", ""),
    ],
)
def test_country_code_of_a_registry_name(name: str, code: str) -> None:
    assert country_code(name) == code
