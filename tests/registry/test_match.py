"""Knowing rows again across two states of a record."""

import pytest

from trials import models
from trials.registry.likeness import share_in_common, words
from trials.registry.match import match
from trials.registry.parsers.values import Row
from trials.registry.tables import TABLES, Table


def table(model: type) -> Table:
    return next(entry for entry in TABLES if entry.model is model)


def kept(model: type, old: list[Row], new: list[Row]) -> list[int | None]:
    """Return for each new row the id that it was given."""
    owner = table(model).owner
    before = [{"id": number, owner: 1, **row} for number, row in enumerate(old, 1)]
    after = [{owner: 1, **row} for row in new]
    match(table(model), before, after)
    return [row.get("id") for row in after]


def contact(name: str = "", phone: str = "", email: str = "") -> Row:
    return {"name": name, "phone": phone, "email": email}


def test_contact_keeps_its_row_when_its_phone_changes() -> None:
    assert kept(models.SiteContact, [contact("Bo", "1")], [contact("Bo", "2")]) == [1]


def test_contact_keeps_its_row_when_its_name_is_respelled() -> None:
    old, new = contact("Bo Nurse", "1", "bo@x"), contact("Bo A. Nurse", "2", "bo@x")

    assert kept(models.SiteContact, [old], [new]) == [1]


def test_contact_without_mail_never_takes_the_row_of_another_without_mail() -> None:
    assert kept(models.SiteContact, [contact("Bo", "1")], [contact("Cy", "2")]) == [None]
    assert kept(models.SiteContact, [contact("", "1")], [contact("", "2")]) == [None]


def test_contacts_that_swap_places_keep_their_rows() -> None:
    bo, cy = contact("Site Contact", "1"), contact("Site Contact", "2")

    assert kept(models.SiteContact, [bo, cy], [cy, bo]) == [2, 1]


def test_rows_of_another_owner_are_never_taken() -> None:
    old = [{"id": 1, "site_id": 1, **contact("Bo", "1")}]
    new = [{"site_id": 2, **contact("Bo", "1")}]

    found = match(table(models.SiteContact), old, new)

    assert (found.kept, found.added, found.gone) == ([], new, old)


def site(
    name: str,
    city: str = "Berlin",
    zip_: str = "",
    status: str = "",
    number: int = 0,
    contacts: tuple[Row, ...] = (),
    state: str = "",
) -> Row:
    number = number or hash((name.casefold(), city, zip_, state)) % 10_000
    return {
        "facility_id": number,
        "recruitment_status": status,
        "facility": {"name": name, "city": city, "state": state, "country": "", "zip": zip_},
        "contacts": contacts,
    }


def test_site_keeps_its_row_when_it_moves_in_the_list() -> None:
    one, two, three = site("A", "X"), site("B", "Y"), site("C", "Z")

    assert kept(models.Site, [one, two], [three, two, one]) == [None, 2, 1]


def test_site_keeps_its_row_when_its_status_changes() -> None:
    old, new = site("A", status="RECRUITING"), site("A", status="COMPLETED")

    assert kept(models.Site, [old], [new]) == [1]


@pytest.mark.parametrize(("state", "keys"), [("Ohio", [None]), ("Maine", [1]), ("", [1])])
def test_town_of_another_state_is_another_town(state: str, keys: list[int | None]) -> None:
    old, new = site("City Hospital", "Bath", state="Maine"), site("City Hospitals", "Bath")
    new["facility"]["state"] = state

    assert kept(models.Site, [old], [new]) == keys


def test_two_sites_at_one_place_keep_their_order() -> None:
    open_, done = site("A", status="RECRUITING"), site("A", status="COMPLETED")

    assert kept(models.Site, [open_, done], [done, done]) == [1, 2]


def test_of_two_sites_at_one_place_the_one_with_its_status_stays() -> None:
    open_, done = site("A", status="RECRUITING"), site("A", status="COMPLETED")

    assert kept(models.Site, [open_, done], [done]) == [2]


SAME_PLACE = [
    (("City Memorial Hospital", "Bath", "55057"), ("City Memoral Hospital", "Bath", "55057")),
    (("Hôpital Saint-Louis", "Paris", "75010"), ("Hopital Saint Louis", "Paris", "75010")),
    (("Univ. Hospital of Lund", "Lund", ""), ("University Hospital of Lund", "Lund", "22185")),
    (("St. Mary's Clinic", "York", "YO1"), ("St Marys Clinic", "York", "YO1")),
    (("Mayo Clinic", "Rochester", "55905"), ("Mayo Clinic", "Rochester", "55902")),
    (("Beijing Cancer Hospital", "Beijing", "100142"), ("Beijing Cancer Hospital", "Beijing", "")),
    (("Xi An Hospital", "Xi'an", "´710061"), ("Xi An Hospital", "Xian", "710061")),
    (("Research Site", "Lichtenberg", "10365"), ("Research Site", "Berlin", "10365")),
    (("Westside Medical Center", "Bath", ""), ("Wetsside Medical Center", "Bath", "")),
    (("Children's Center", "Ohio City", "43210-1234"), ("Childrens Center", "Ohio City", "43210")),
]  # fmt: skip
OTHER_PLACE = [
    (("St. Mary's Hospital", "Berlin", ""), ("St. Anna's Hospital", "Berlin", "")),
    (("Northern General Hospital", "Berlin", ""), ("Southern General Hospital", "Berlin", "")),
    (("Research Site", "Berlin", "10117"), ("Research Site", "Berlin", "13353")),
    (("Investigative Site 101", "Berlin", ""), ("Investigative Site 102", "Berlin", "")),
    (("Medical Center ( Site 11)", "Berlin", "1"), ("Medical Center ( Site 12)", "Berlin", "1")),
    (("Park Hospital", "Berlin", ""), ("Parkview Hospital", "Berlin", "")),
    (("Royal Hospital", "Melbourne", "3000"), ("Royal Children's Hospital", "Melbourne", "3000")),
    (("General Hospital", "Berlin", ""), ("General Hospital", "Hamburg", "")),
    (("City Hospital", "Berlin", "10117"), ("City Hospitals", "Berlin", "20095")),
    (("", "Berlin", ""), ("Charité", "Berlin", "")),
    (("Westside Medical Center", "Bath", ""), ("Eastside Medical Center", "Bath", "")),
    (("Northeast Clinic", "Bath", ""), ("Northwest Clinic", "Bath", "")),
    (("Eastern Clinic", "Bath", ""), ("Western Clinic", "Bath", "")),
    (("Hospital del Noreste", "Bath", ""), ("Hospital del Noroeste", "Bath", "")),
    (("Hospital do Nordeste", "Bath", ""), ("Hospital do Noroeste", "Bath", "")),
    (("Harrington Clinic", "Bath", ""), ("Herringtons Clinic", "Bath", "")),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), SAME_PLACE)
def test_site_keeps_its_row_when_its_place_is_respelled(
    old: tuple[str, ...], new: tuple[str, ...]
) -> None:
    assert kept(models.Site, [site(*old, number=1)], [site(*new, number=2)]) == [1]
    assert kept(models.Site, [site(*new, number=1)], [site(*old, number=2)]) == [1]


@pytest.mark.parametrize(("old", "new"), OTHER_PLACE)
def test_another_place_never_takes_a_row(old: tuple[str, ...], new: tuple[str, ...]) -> None:
    assert kept(models.Site, [site(*old, number=1)], [site(*new, number=2)]) == [None]
    assert kept(models.Site, [site(*new, number=1)], [site(*old, number=2)]) == [None]


def test_thousands_of_respelled_sites_are_matched_in_a_moment() -> None:
    old = [site("General Hospital", f"Town {n}", f"{n:05d}", number=n + 1) for n in range(4000)]
    new = [site("General Hosp.", f"Town {n}", f"{n:05d}", number=n + 5001) for n in range(4000)]

    assert kept(models.Site, old, new) == list(range(1, 4001))


def criterion(text: str, section: str = "inclusion", role: str = "item", marker: str = "*") -> Row:
    return {"section": section, "role": role, "marker": marker, "text": text}


def test_criterion_keeps_its_row_when_its_wording_changes_a_little() -> None:
    old = [criterion("Age of 18 years or older"), criterion("Signed informed consent")]
    new = [criterion("Aged 18 years or older"), criterion("Signed written informed consent")]

    assert kept(models.Criterion, old, new) == [1, 2]


def test_criteria_keep_their_rows_when_one_is_put_in_front() -> None:
    old = [criterion("Asthma for a year", marker="1."), criterion("Age 18 to 65", marker="2.")]
    new = [
        criterion("Body mass index under 30", marker="1."),
        criterion("Asthma for a year", marker="2."),
        criterion("Age 18 to 65", marker="3."),
    ]

    assert kept(models.Criterion, old, new) == [None, 1, 2]


def test_of_two_like_wordings_the_likest_is_taken() -> None:
    old = [criterion("Platelets of at least 100 per ml")]
    new = [
        criterion("Neutrophils of at least 100 per ml"),
        criterion("Platelets of at least 75 per ml"),
    ]

    assert kept(models.Criterion, old, new) == [None, 1]


def test_criterion_never_continues_one_of_the_other_side() -> None:
    old, new = criterion("Pregnant"), criterion("Pregnant", "exclusion")

    assert kept(models.Criterion, [old], [new]) == [None]


def test_another_criterion_gets_a_row_of_its_own() -> None:
    old, new = criterion("History of seizures"), criterion("Allergy to peanuts")

    assert kept(models.Criterion, [old], [new]) == [None]


def test_outcome_keeps_its_row_when_it_changes_kind() -> None:
    old = {"kind": "SECONDARY", "measure": "Pain", "time_frame": "a week"}

    assert kept(models.OutcomeMeasure, [old], [old | {"kind": "PRIMARY"}]) == [1]


def test_gone_rows_are_named() -> None:
    old = [{"id": 5, "trial_id": 1, "url": "a", "label": ""}]

    assert match(table(models.Link), old, []).gone == old


def test_words_are_without_case_accents_and_points() -> None:
    assert words("Hôpital St. Mary’s – ÉCOLE_2") == ("hopital", "st", "marys", "ecole", "2")


@pytest.mark.parametrize(
    ("one", "other", "share"), [("same", "same", 1), ("", "", 0), ("a", "", 0)]
)
def test_share_in_common_at_its_ends(one: str, other: str, share: float) -> None:
    assert share_in_common(one, other) == share


def test_every_table_of_a_trial_is_known_again() -> None:
    """A table that belongs to a trial and is missing from TABLES would never be written."""
    ours = {entry.model for entry in TABLES}
    others = {models.EditorialText, models.RecordVersion, models.ImportProblem, models.IdRedirect}
    # Written by people
    others |= {models.AuditEvent, models.ReaderReport}
    others |= {models.Confirmation, models.ConfirmationLink, models.Correction}
    others |= {models.SiteCoordinator, models.SiteFact, models.LetterTopic, models.ToldStatus}
    others |= {models.SearchRow, models.SearchText, models.TrialPlace}  # written by indexing
    of_trial = {
        relation.related_model
        for owner in (models.Trial, models.Site, models.Arm, models.Intervention)
        for relation in owner._meta.related_objects
    }

    assert of_trial - others == ours
