"""Rows keep their primary keys while they stand for the same thing, and only then."""

from typing import Any

from registry.database import Importer, physical
from registry.records import Json, criteria_of, nct, sites_of, whole
from trials import models
from trials.registry.tables import TABLES


def ids(model: Any, **where: object) -> list[int]:
    return list(
        model._default_manager.filter(**where)
        .order_by("position", "id")
        .values_list("id", flat=True)
    )


def trial(number: int = 1) -> models.Trial:
    return models.Trial.everything.get(nct_id=nct(number))


def test_site_keeps_its_key_when_it_moves_in_the_list(take: Importer) -> None:
    take(whole())
    first, second, third = ids(models.Site)

    take(whole(1, lambda p: sites_of(p).reverse()))

    assert ids(models.Site) == [third, second, first]


def test_site_keeps_its_key_when_its_status_changes_and_others_are_not_written(
    take: Importer,
) -> None:
    take(whole())
    before, rows = ids(models.Site), physical()["Site"]

    take(whole(1, lambda p: sites_of(p)[1].update(status="RECRUITING")))

    assert ids(models.Site) == before
    assert models.Site.everything.get(id=before[1]).recruitment_status == "RECRUITING"
    after = physical()["Site"]
    assert {number for number in rows if after[number] != rows[number]} == {before[1]}


def test_site_keeps_its_key_and_people_when_its_place_is_respelled(take: Importer) -> None:
    take(whole())
    before, people = ids(models.Site), physical()["SiteContact"]

    take(whole(1, lambda p: sites_of(p)[0].update(facility="Northfield General Hosp.", state="MN")))

    assert ids(models.Site) == before
    assert models.Site.everything.get(id=before[0]).facility.name == "Northfield General Hosp."
    assert physical()["SiteContact"] == people


def test_another_hospital_in_the_city_gets_a_row_of_its_own(take: Importer) -> None:
    take(whole())
    before = ids(models.Site)

    take(whole(1, lambda p: sites_of(p)[0].update(facility="Northfield Children's Hospital")))

    first, *others = ids(models.Site)
    assert others == before[1:]
    assert first not in before


def test_site_that_is_gone_goes_with_its_people(take: Importer) -> None:
    take(whole())
    before = ids(models.Site)

    take(whole(1, lambda p: sites_of(p).pop(0)))

    assert ids(models.Site) == before[1:]
    assert [contact.name for contact in models.SiteContact.objects.all()] == ["Di Study"]
    assert not models.SiteInvestigator.objects.exists()


def test_contact_keeps_its_key_when_its_phone_changes(take: Importer) -> None:
    take(whole())
    before = ids(models.SiteContact)

    take(whole(1, lambda p: sites_of(p)[0]["contacts"][0].update(phone="555-0999")))

    assert ids(models.SiteContact) == before
    assert models.SiteContact.objects.get(phone="555-0999").name == "Bo Nurse"


def test_central_contact_that_is_another_gets_a_row_of_its_own(take: Importer) -> None:
    take(
        whole(
            1,
            lambda p: p["contactsLocationsModule"].update(
                centralContacts=[{"name": "A", "phone": "1"}]
            ),
        )
    )
    before = ids(models.CentralContact)

    take(
        whole(
            1,
            lambda p: p["contactsLocationsModule"].update(
                centralContacts=[{"name": "B", "phone": "2"}]
            ),
        )
    )

    assert set(ids(models.CentralContact)).isdisjoint(before)


def test_criterion_keeps_its_key_when_its_wording_changes_a_little(take: Importer) -> None:
    take(whole())
    before = ids(models.Criterion)

    take(whole(1, lambda p: criteria_of(p, ("Likes milk", "Likes warm milk"))))

    assert ids(models.Criterion) == before
    assert models.Criterion.objects.get(text="Likes warm milk").id == before[2]


def test_criteria_keep_their_keys_when_one_is_put_in_front(take: Importer) -> None:
    take(whole())
    before = ids(models.Criterion)

    take(whole(1, lambda p: criteria_of(p, ("* Sleeps", "* Speaks French\n* Sleeps"))))

    after = ids(models.Criterion)
    assert [number for number in after if number in before] == before
    assert models.Criterion.objects.exclude(id__in=before).get().text == "Speaks French"


def test_criteria_that_get_another_heading_point_to_it(take: Importer) -> None:
    take(whole())
    before = ids(models.Criterion)

    take(whole(1, lambda p: criteria_of(p, ("Exclusion Criteria:", "Key Exclusion Criteria:"))))

    allergy = models.Criterion.objects.get(text="Milk allergy")
    assert allergy.id in before
    assert allergy.parent.text.startswith("Key Exclusion Criteria")


def test_everything_may_change_at_once(take: Importer) -> None:
    """No constraint stands in the way of any order of change, and nothing is left behind."""
    take(whole())

    def turn(protocol: Json) -> None:
        module = protocol["sponsorCollaboratorsModule"]
        module["leadSponsor"], module["collaborators"] = (
            module["collaborators"][0],
            [module["leadSponsor"]],
        )
        arms = protocol["armsInterventionsModule"]
        for entries in (arms["armGroups"], arms["interventions"], sites_of(protocol)):
            entries.reverse()
        protocol["conditionsModule"]["conditions"] = ["Restless sleep", "Snoring", "INSOMNIA"]
        criteria_of(protocol, ("Inclusion", "X"), ("Exclusion", "Inclusion"), ("X", "Exclusion"))

    take(whole(1, turn))
    take(whole(2, turn))

    assert trial().trial_sponsors.get(role="LEAD").sponsor.name == "Dairy Council of Nowhere"
    for table in TABLES:
        owner = (
            "trial" if table.owner == "trial_id" else f"{table.owner.removesuffix('_id')}__trial"
        )
        rows = table.model._default_manager
        assert rows.filter(**{owner: trial(1)}).count() == rows.filter(**{owner: trial(2)}).count()


def test_study_may_lose_everything_and_get_it_back(take: Importer) -> None:
    take(whole())
    bare = {"protocolSection": {"identificationModule": {"nctId": nct(1)}}}

    take(bare)
    assert {t.model.__name__ for t in TABLES if t.model._default_manager.exists()} == {
        "Eligibility"
    }
    assert trial().brief_title == ""

    take(whole())
    assert trial().sites.count() == 3
    assert trial().record_version == 3
