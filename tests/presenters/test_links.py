import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.pages.presenters.links import e164, mail, phone, pubmed, web
from trials.terms.plain.contacts import UNDIALABLE_NUMBER


@pytest.mark.parametrize(
    ("number", "extension", "country", "href"),
    [
        ("04 72 11 73 11", "", "France", "tel:+33472117311"),
        ("+86 24 8328 2888", "", "", "tel:+862483282888"),
        ("(303) 724-2000", "12", "United States", "tel:+13037242000;ext=12"),
        ("303-724-2000 ext. 7", "", "United States", "tel:+13037242000;ext=7"),
        ("(303) 724-2000", "", "", ""),
        ("877-379-3718", "", "Italy", ""),
        ("ask at the desk", "", "France", ""),
        ("12", "", "France", ""),
        ("javascript:alert(1)", "", "France", ""),
    ],
)
def test_phone_is_linked_where_it_can_be_dialled(
    number: str, extension: str, country: str, href: str
) -> None:
    assert phone(number, extension, country).href == href


@pytest.mark.parametrize(
    ("countries", "href", "note"),
    [
        (("United States", "United Kingdom"), "tel:+18005550142", "United States"),
        (("United States", "Canada"), "tel:+18005550142", ""),
        (("United States", "Germany"), "", UNDIALABLE_NUMBER),  # a line of its own in Germany
        (("France", "United Kingdom"), "", UNDIALABLE_NUMBER),
        ((), "", UNDIALABLE_NUMBER),
    ],
)
def test_national_phone_is_linked_where_one_line_is_meant(
    countries: tuple[str, ...], href: str, note: str
) -> None:
    link = phone("1-800-555-0142", "", *countries)

    assert (link.href, link.note) == (href, note)


def test_phone_is_shown_as_typed_with_its_extension() -> None:
    assert phone("04.72.11 73-11", "5", "France").words == "04.72.11 73-11 ext. 5"


@given(st.text(), st.text(), st.sampled_from(["", "France", "United States", "Nowhere"]))
def test_phone_is_a_link_or_says_that_it_could_not_be_checked(
    number: str, extension: str, country: str
) -> None:
    link = phone(number, extension, country)

    assert bool(link.href) != (link.note == UNDIALABLE_NUMBER)
    assert number.strip() in link.words


@pytest.mark.parametrize(
    ("number", "country", "line"),
    [
        ("04 72 11 73 11", "France", "+33472117311"),
        ("+86 24 8328 2888 ext. 5", "Chad", "+862483282888"),
        ("ask at the desk", "France", ""),
        ("(303) 724-2000", "", ""),
    ],
)
def test_e164_is_the_line_alone(number: str, country: str, line: str) -> None:
    assert e164(number, country) == line


@pytest.mark.parametrize(
    ("address", "href"),
    [
        ("desk@example.org", "mailto:desk@example.org"),
        ("a+b@example.org", "mailto:a%2Bb@example.org"),
        ("desk@example.org;", ""),
        ("a@example.org, b@example.org", ""),
        ("desk@example.org?cc=all@example.org", ""),
        ("javascript:alert(1)@example.org", ""),
        ("none", ""),
    ],
)
def test_mail_is_linked_where_it_is_one_address(address: str, href: str) -> None:
    assert mail(address).href == href
    assert mail(address).words == address


@pytest.mark.parametrize(
    ("address", "is_linked"),
    [
        ("https://example.org/a?b=c", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("example.org", False),
        ("https://user@example.org", False),
        ("https://[", False),
        ("https://example.org/a b", False),
    ],
)
def test_web_links_plain_addresses_alone(address: str, is_linked: bool) -> None:
    assert web(address).href == (address if is_linked else "")
    assert web(address).words == address


@given(st.text(), st.text(), st.text())
def test_links_never_lead_elsewhere(first: str, second: str, country: str) -> None:
    links = {"tel:+": phone(first, second, country), "mailto:": mail(first), "http": web(first)}

    assert all(not link.href or link.href.startswith(scheme) for scheme, link in links.items())


@pytest.mark.parametrize(
    ("pmid", "href"), [("12345", "https://pubmed.ncbi.nlm.nih.gov/12345/"), ("x", None)]
)
def test_pubmed_links_numbers_alone(pmid: str, href: str | None) -> None:
    link = pubmed(pmid)

    assert (link.href if link else None) == href
