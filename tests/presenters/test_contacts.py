"""Contacts in words: the study team's value first, the registry's beside it, and none lost."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st

from tests.coordinators.correcting import JOY, make_correction, phone
from tests.coordinators.rows import fresh, make_open_site
from tests.factories import make_site, make_site_contact, make_trial
from trials.coordinators import corrections
from trials.coordinators.accepted import AcceptedValue
from trials.coordinators.corrections import Proposed
from trials.models import Site, SiteContact
from trials.pages.presenters.contacts import at_site, contact, status_at
from trials.pages.presenters.page import Person
from trials.pages.presenters.study_teams import Heard, heard, told
from trials.terms.contacts import ContactStanding
from trials.terms.corrections import Field
from trials.terms.plain.contacts import UNDIALABLE_NUMBER, contact_state

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 3)
SOURCE = "From the study team, 3 May 2026."


def said(field: Field, value: str, name: str = JOY) -> AcceptedValue:
    return AcceptedValue(field, name, value, DAY, answer=1)


def worded(site: Site, *values: AcceptedValue) -> tuple[Person, ...]:
    site = fresh(site)
    return at_site(site, Heard({site.pk: ContactStanding()}, {site.pk: values}))


def ways(person: Person) -> list[tuple[str, str, str]]:
    return [(way.words, way.href, way.remark) for way in person.ways]


def test_accepted_phone_stands_first_and_is_the_link() -> None:
    (person,) = worded(make_open_site(), said(Field.PHONE, "020 2724999"))

    assert ways(person) == [
        ("020 2724999", "tel:+254202724999", f"{SOURCE} The registry says: +254 20 2724000"),
        ("joy@clinic.example", "mailto:joy@clinic.example", ""),
    ]
    assert str(person.name) == JOY
    assert not person.name_remark


def test_accepted_name_and_address_keep_the_registrys() -> None:
    values = said(Field.NAME, "Omar Diallo"), said(Field.EMAIL, "omar@clinic.example")
    (person,) = worded(make_open_site(), *values)

    assert str(person.name) == "Omar Diallo"
    assert person.name_remark == f"{SOURCE} The registry says: {JOY}"
    assert ways(person)[1] == (
        "omar@clinic.example",
        "mailto:omar@clinic.example",
        f"{SOURCE} The registry says: joy@clinic.example",
    )


def test_accepted_number_that_can_not_be_dialled_is_no_link_and_says_so() -> None:
    (person,) = worded(make_open_site(), said(Field.PHONE, "12"))

    assert (person.ways[0].href, person.ways[0].note) == ("", UNDIALABLE_NUMBER)
    assert "The registry says: +254 20 2724000" in person.ways[0].remark


def test_accepted_value_where_the_registry_has_none_says_so() -> None:
    site = make_site(make_trial())
    make_site_contact(site)

    (person,) = worded(site, said(Field.EMAIL, "joy@clinic.example"))

    assert person.ways[0].remark == f"{SOURCE} The registry lists none."


def test_accepted_extension_is_dialled_with_the_registrys_number() -> None:
    (person,) = worded(make_open_site(), said(Field.PHONE_EXT, "12"))

    assert person.ways[0].href == "tel:+254202724000;ext=12"
    assert person.ways[0].remark == f"{SOURCE} The registry says: +254 20 2724000"


def test_accepted_number_with_an_extension_is_dialled_without_the_registrys() -> None:
    site = make_open_site()
    site.contacts.update(phone_ext="5")

    (person,) = worded(site, said(Field.PHONE, "+254 20 2724999 ext 7"))

    assert person.ways[0].words == "+254 20 2724999 ext 7"
    assert person.ways[0].href == "tel:+254202724999;ext=7"
    assert person.ways[0].remark == f"{SOURCE} The registry says: +254 20 2724000 ext. 5"


def test_site_without_a_contact_in_the_registry_shows_the_study_teams() -> None:
    site = make_site(make_trial())
    values = (
        said(Field.NAME, "Omar Diallo", ""),
        said(Field.PHONE, "020 2724999", ""),
        said(Field.STATUS, "COMPLETED", ""),
    )

    (person,) = worded(site, *values)

    assert (str(person.name), person.name_remark) == ("Omar Diallo", SOURCE)
    assert ways(person) == [("020 2724999", "tel:+254202724999", SOURCE)]
    assert person.state == contact_state(ContactStanding())


def test_status_alone_makes_no_contact() -> None:
    assert worded(make_site(make_trial()), said(Field.STATUS, "COMPLETED", "")) == ()


def test_value_of_one_of_two_who_share_a_name_changes_neither() -> None:
    site = make_open_site()
    make_site_contact(site, phone="+254 20 2724001")

    people = worded(site, said(Field.PHONE, "020 2724999"))

    assert [ways(person)[0][0] for person in people] == [
        "+254 20 2724000",
        "+254 20 2724001",
        "020 2724999",
    ]


def test_accepted_status_stands_beside_the_registrys() -> None:
    site = fresh(make_open_site())
    known = Heard({}, {site.pk: [said(Field.STATUS, "COMPLETED", "")]})

    status, remark = status_at(site, "RECRUITING", known)

    assert status.words == "Finished"
    assert remark == f"{SOURCE} The registry says: Open to new participants"
    assert "The study team gives another status for 1 site." in told([site], known)


def test_accepted_correction_is_read_and_the_registry_may_follow(ada: User) -> None:
    site = make_open_site()
    corrections.accept(correction=make_correction(site, phone("+254 20 2724999")), by=ada)
    now = fresh(site)

    (person,) = at_site(now, heard([now], reported=()))
    assert person.ways[0].href == "tel:+254202724999"
    assert person.state is not None
    assert person.state.words.startswith("Confirmed by the study team on ")

    SiteContact.objects.update(phone="+254 20 2724999")
    now = fresh(site)
    (person,) = at_site(now, heard([now], reported=()))
    assert (person.ways[0].href, person.ways[0].remark) == ("tel:+254202724999", "")


def test_waiting_correction_is_not_read() -> None:
    site = make_open_site()
    make_correction(site, Proposed(Field.PHONE, JOY, "+254 20 2724999", ""))
    now = fresh(site)

    (person,) = at_site(now, heard([now], reported=()))

    assert person.ways[0].words == "+254 20 2724000"


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
fields = st.sampled_from([Field.NAME, Field.PHONE, Field.PHONE_EXT, Field.EMAIL])


@given(texts, texts, texts, st.dictionaries(fields, texts))
def test_nothing_that_the_registry_says_is_lost(
    name: str, number: str, address: str, values: dict[Field, str]
) -> None:
    person = SiteContact(name=name, phone=number, email=address)
    accepted = {field: said(field, value, name) for field, value in values.items()}

    shown = contact(person, None, "Kenya", said=accepted)

    words = [str(shown.name), shown.name_remark]
    words += [part for way in shown.ways for part in (way.words, way.remark)]
    everything = " ".join(" ".join(words).split())
    for text in (name, number, address):
        assert " ".join(text.split()) in everything
