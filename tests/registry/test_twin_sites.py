"""Two sites at one place keep their keys apart: no clinic takes what another one said."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.database import Importer, contents
from registry.records import Json, sites_of, whole
from tests.coordinators.rows import make_answer
from trials import models
from trials.registry.match import Matched, match
from trials.registry.parsers.values import Row
from trials.registry.tables import TABLES
from trials.terms.contacts import Answer

SITES = next(table for table in TABLES if table.model is models.Site)


def contact(name: str = "", phone: str = "", email: str = "", ext: str = "") -> Row:
    return {"name": name, "phone": phone, "phone_ext": ext, "email": email}


def twin(
    *contacts: Row | str, status: str = "RECRUITING", place: int = 1, name: str = "", zip_: str = ""
) -> Row:
    """Return one of several sites at a place; a text is the address of a contact."""
    facility = {"name": name or f"Research Site {place}", "city": "Springfield", "zip": zip_}
    facility |= {"state": "Illinois", "country": "United States"}
    return {
        "trial_id": 1,
        "facility_id": place,
        "recruitment_status": status,
        "facility": facility,
        "contacts": [contact(email=one) if isinstance(one, str) else one for one in contacts],
    }


def matched(old: list[Row], new: list[Row]) -> Matched:
    """Match the sites of one trial; the old ones are numbered from 1."""
    return match(SITES, [{**row, "id": number} for number, row in enumerate(old, 1)], new)


def kept(old: list[Row], new: list[Row]) -> list[int | None]:
    """Return for each new site the number of the old one whose key it was given."""
    after = [dict(row) for row in new]
    matched(old, after)
    return [row.get("id") for row in after]


ONE, TWO, THREE = twin("1@a.example"), twin("2@b.example"), twin("3@c.example")


def test_twin_keeps_its_row_when_the_first_one_goes() -> None:
    assert kept([ONE, TWO], [TWO]) == [2]
    assert kept([ONE, TWO, THREE], [THREE, TWO]) == [3, 2]


def test_twins_that_swap_places_keep_their_rows() -> None:
    assert kept([ONE, TWO, THREE], [THREE, ONE, TWO]) == [3, 1, 2]


def test_contacts_outrank_the_status() -> None:
    old = [twin("1@a.example", status="RECRUITING"), twin("2@b.example", status="COMPLETED")]
    new = [twin("2@b.example", status="RECRUITING"), twin("1@a.example", status="COMPLETED")]

    assert kept(old, new) == [2, 1]
    assert kept(old, new[:1]) == [2]


def test_single_site_of_a_place_goes_on_whoever_is_asked_there() -> None:
    assert kept([ONE], [twin("9@z.example", status="COMPLETED")]) == [1]
    assert kept([ONE], [twin()]) == [1]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (contact("Bo", "1", "BO@a.example "), contact("Cy", "2", "bo@A.example")),
        (contact("Bo", "+1 (555) 555-0111"), contact("Cy", "555 555 0111")),
        (contact("Bo", "555-0111", "old@a.example"), contact("Cy", "5550111", "new@a.example")),
        (contact("Bo  Núrse,", "1", "old@a.example"), contact("bo nurse", "2", "new@a.example")),
    ],
)
def test_twin_is_known_by_an_address_a_number_or_a_name(before: Row, now: Row) -> None:
    other = twin(contact("Di", "555-0999", "di@d.example"))

    assert kept([other, twin(before)], [twin(now)]) == [2]
    assert kept([other, twin(before)], [twin(now), other]) == [2, 1]


def test_address_outranks_number_and_number_name() -> None:
    bo, cy = contact("Bo", "1111", "bo@a.example"), contact("Cy", "2222", "cy@b.example")
    number_moved = contact("Ann", "2222", "bo@a.example")
    name_moved = contact("Cy", "1111")

    assert kept([twin(bo), twin(cy)], [twin(number_moved)]) == [1]
    assert kept([twin(bo), twin(cy)], [twin(name_moved)]) == [1]


def test_extension_tells_twins_with_one_switchboard_apart() -> None:
    one, two = (twin(contact("", "555-0100", ext=ext)) for ext in ("1", "2"))

    assert kept([one, two], [two]) == [2]
    assert kept([one, two], [two, one]) == [2, 1]


def test_call_centre_that_all_have_tells_nothing() -> None:
    """Nor does it hide what their own people tell."""
    centre = contact("Call Centre", "800", "call@sponsor.example")
    moved = contact("Call Centre", "900", "call@sponsor.example")
    old = [twin(centre, contact(name)) for name in ("Bo", "Cy", "Di")]

    assert kept(old, [twin(moved, contact(name)) for name in ("Di", "Bo", "Ed")]) == [3, 1, 2]
    assert kept(old, [twin(moved, contact("Di"))]) == [3]
    assert kept(old, [twin(moved, contact("Ed"))]) == [None]
    assert kept([twin(centre)] * 3, [twin(moved)] * 3) == [1, 2, 3]


def test_twins_that_nothing_tells_apart_go_when_one_is_gone() -> None:
    assert kept([twin(), twin()], [twin()]) == [None]
    assert kept([ONE, ONE, TWO], [TWO, ONE]) == [3, None]
    assert kept([ONE, TWO], [THREE]) == [None]
    assert kept([twin()], [twin(), twin()]) == [None, None]


def test_what_is_left_keeps_its_order_if_as_many_are_left() -> None:
    changed = [twin("8@x.example"), twin("9@y.example")]

    assert kept([ONE, TWO, THREE], [THREE, *changed]) == [3, 1, 2]
    assert kept([ONE, TWO, THREE], [changed[0], TWO, changed[1]]) == [1, 2, 3]
    assert kept([twin(), twin()], [twin(status="COMPLETED"), twin(status="UNKNOWN")]) == [1, 2]


def test_status_tells_apart_what_contacts_do_not() -> None:
    open_, done = twin(status="RECRUITING"), twin(status="COMPLETED")

    assert kept([open_, done], [done, open_]) == [2, 1]
    assert kept([open_, done], [done]) == [2]
    assert kept([open_, open_, done], [done, open_]) == [3, None]


def test_statuses_that_all_move_on_keep_the_order() -> None:
    old = [twin(status="NOT_YET_RECRUITING"), twin(status="RECRUITING")]
    new = [twin(status="RECRUITING"), twin(status="COMPLETED")]

    assert kept(old, new) == [1, 2]


def test_order_never_gives_a_site_the_contact_of_another() -> None:
    """One clinic's people are at two sites now, and the other clinic's are nowhere."""
    old = [twin("1@a.example", "2@a.example"), twin("3@c.example")]

    assert kept(old, [twin("1@a.example"), twin("2@a.example")]) == [None, None]


def test_of_two_respelled_places_contacts_tell_which_one_it_is() -> None:
    old = twin("1@a.example", name="Mercy Hospital")
    here = twin("1@a.example", name="Mercy Hospital", zip_="62701", place=2)
    there = twin("2@b.example", name="Mercy Hospital", zip_="62999", place=3)

    assert kept([old], [there, here]) == [None, 1]
    assert kept([old], [there, twin(name="Mercy Hospital", zip_="62701", place=2)]) == [None, None]
    assert kept([old], [there]) == [1]


def test_respelled_twins_keep_their_rows() -> None:
    def respelled(*contacts: str) -> Row:
        return twin(*contacts, name="Research Site 1", zip_="62701", place=2)

    one, two = respelled("1@a.example"), respelled("2@b.example")

    assert kept([ONE, TWO], [two, one]) == [2, 1]
    assert kept([ONE, TWO], [two]) == [2]
    assert kept([ONE, TWO], [TWO, one]) == [2, 1]
    assert kept([twin(), twin()], [respelled()]) == [None]
    assert kept([twin(), twin()], [respelled(), respelled()]) == [1, 2]


def test_contact_never_moves_a_row_to_another_postal_code() -> None:
    """The two are compared only because a third one without a code may be either of them."""
    old = [twin("1@a.example", place=2), twin("2@b.example", place=3, zip_="62701")]
    new = [twin("2@b.example", place=4, zip_="62999"), twin(place=5, zip_="62701-0509")]
    for site in (*old, *new):
        site["facility"]["name"] = "Research Site"

    assert kept(old, new) == [None, None]


def test_one_that_has_a_namesake_is_not_given_to_one_that_is_nearly_so() -> None:
    old = twin(name="Mercy Hospital")
    namesakes = [twin(name="Mercy Hospital", zip_=f"6270{n}", place=2 + n) for n in (1, 2)]

    assert kept([old], [*namesakes, twin(name="Mercy Hospitel", place=9)]) == [None, None, None]


@pytest.mark.parametrize("tells", ["address", "nothing"])
def test_a_thousand_twins_are_told_apart_in_a_moment(tells: str) -> None:
    def sites(place: int) -> list[Row]:
        own = [f"{n}@a.example" if tells == "address" else "all@a.example" for n in range(1000)]
        where = {"name": "Research Site", "zip_": "" if place == 1 else "62701", "place": place}
        return [twin("call@sponsor.example", one, **where) for one in own]

    in_order = list(range(1, 1001))
    assert kept(sites(1), sites(1)) == in_order
    assert kept(sites(1), sites(2)) == in_order
    assert kept(sites(1), sites(1)[1:]) == (in_order[1:] if tells == "address" else [None] * 999)


ADDRESSES = st.lists(st.sampled_from([f"{n}@a.example" for n in range(5)]), max_size=3, unique=True)
TWINS = st.lists(
    st.builds(
        lambda addresses, number, status: twin(
            *(contact("Site Desk", number, address) for address in addresses), status=status
        ),
        ADDRESSES,
        st.sampled_from(["", "111", "222"]),
        st.sampled_from(["RECRUITING", "COMPLETED"]),
    ),
    max_size=6,
)


def addresses_of(site: Row) -> set[str]:
    return {one["email"] for one in site["contacts"]}


@settings(max_examples=400)
@given(old=TWINS, order=st.randoms(use_true_random=False))
def test_another_order_moves_no_address(old: list[Row], order: Any) -> None:
    found = matched(old, [dict(site) for site in order.sample(old, len(old))])

    assert len(found.kept) == len(old)
    assert all(addresses_of(before) == addresses_of(after) for before, after in found.kept)


@settings(max_examples=400)
@given(old=TWINS, new=TWINS)
def test_no_change_moves_an_address_from_one_row_to_another(old: list[Row], new: list[Row]) -> None:
    """Where one is at a site that did not have it, the site that had it goes on as well."""
    if len(old) == len(new) == 1:
        return
    found = matched(old, new)

    known = {address for site in found.gone for address in addresses_of(site)}
    going_on = {address for site, _ in found.kept for address in addresses_of(site)}
    for before, after in found.kept:
        assert addresses_of(after) & (known - going_on) <= addresses_of(before)


def twins(*who: str, change: Callable[[list[Json]], object] = lambda _: None) -> Json:
    """Return a study with one more site for each address, all of them at one place."""
    locations = [
        {
            "facility": "Research Site",
            "status": "RECRUITING",
            "city": "Springfield",
            "country": "United States",
            "contacts": [{"name": "Site Desk", "role": "CONTACT", "email": address}],
        }
        for address in who
    ]
    change(locations)
    return whole(1, lambda protocol: sites_of(protocol).extend(locations))


def keys() -> dict[str, int]:
    """Return the key of the site where one asks at each address."""
    contacts = models.SiteContact.objects.filter(site__facility__name="Research Site")
    return dict(contacts.values_list("email", "site_id"))


def test_what_was_said_of_a_twin_goes_with_it(take: Importer) -> None:
    take(twins("1@a.example", "2@b.example"))
    before = keys()
    make_answer(models.Site.everything.get(pk=before["1@a.example"]), Answer.RIGHT)

    take(twins("2@b.example"))

    assert keys() == {"2@b.example": before["2@b.example"]}
    assert not models.Site.everything.filter(pk=before["1@a.example"]).exists()
    assert not models.Confirmation.objects.filter(site_id__in=keys().values()).exists()


def test_twins_keep_their_keys_when_they_swap_places(take: Importer) -> None:
    take(twins("1@a.example", "2@b.example"))
    before = keys()

    take(twins("2@b.example", "1@a.example"))

    assert keys() == before


def test_twins_keep_their_keys_when_their_statuses_change(take: Importer) -> None:
    take(twins("1@a.example", "2@b.example"))
    before = keys()

    def turn(locations: list[Json]) -> None:
        locations[0]["status"], locations[1]["status"] = "COMPLETED", "WITHDRAWN"

    take(twins("1@a.example", "2@b.example", change=turn))

    assert keys() == before
    statuses = models.Site.everything.in_bulk(before.values())
    assert statuses[before["1@a.example"]].recruitment_status == "COMPLETED"
    assert statuses[before["2@b.example"]].recruitment_status == "WITHDRAWN"


def test_only_site_of_a_place_keeps_its_key_when_its_contact_changes(take: Importer) -> None:
    take(twins("1@a.example"))
    before = keys()

    take(twins("9@z.example"))

    assert keys() == {"9@z.example": before["1@a.example"]}


@pytest.mark.django_db
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations([f"{n}@a.example" for n in range(6)]))
def test_any_order_of_a_record_keeps_every_key(take: Importer, order: list[str]) -> None:
    take(twins(*sorted(order)))
    before = keys()

    take(twins(*order))

    assert keys() == before


def test_real_records_with_twins_keep_every_key(take: Importer, registry_sample: Path) -> None:
    path = registry_sample / "registry" / "studies.jsonl.gz"
    wanted = (b"NCT05701787", b"NCT06989112")
    with gzip.open(path) as lines:
        studies = [json.loads(line) for line in lines if any(nct in line for nct in wanted)]
    take(*studies)
    before = contents()

    for study in studies:
        sites_of(study["protocolSection"]).reverse()
    take(*studies)

    after = contents()
    assert {row["id"] for row in before["Site"]} == {row["id"] for row in after["Site"]}
    whom = [
        {row["id"]: row["site_id"] for row in state["SiteContact"]} for state in (before, after)
    ]
    assert whom[0] == whom[1]
