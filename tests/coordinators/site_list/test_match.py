"""Lines of a list against the tables: which site and whom each means, or why not."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.coordinators.rows import make_open_site
from tests.factories import make_trial
from trials.coordinators.addresses import digest_of
from trials.coordinators.site_list.match import MatchedLine, Verdict, match
from trials.coordinators.site_list.read import ListLine
from trials.models import (
    Coordinator,
    IdRedirect,
    MailSwitch,
    Site,
    SiteCoordinator,
    SuppressedAddress,
    Trial,
)

pytestmark = pytest.mark.django_db

NUMBER = "NCT20990001"
QUERIES = 10


@pytest.fixture
def trial() -> Trial:
    return make_trial(nct_id=NUMBER)


@pytest.fixture
def site(trial: Trial) -> Site:
    return make_open_site(trial)


def line(number: int = 2, **cells: str) -> ListLine:
    row = {"trial": NUMBER, "site": "Lighthouse Clinic", "name": "Ida", "email": "ida@c.example"}
    return ListLine(number, **(row | cells))


def one(**cells: str) -> MatchedLine:
    (found,) = match([line(**cells)]).lines
    return found


def given(site: Site, ada: User, address: str, *, ended: bool = False, taken: bool = True) -> None:
    person, _ = Coordinator.objects.get_or_create(address=address)
    SiteCoordinator.objects.create(
        trial=site.trial,
        site=site,
        site_label="Ward",
        coordinator=person,
        given_on=date(2026, 5, 1),
        given_by=ada,
        ended_on=date(2026, 6, 1) if ended else None,
        taken_on=date(2026, 5, 1) if taken else None,
    )


@pytest.mark.parametrize(
    "typed", ["NCT20990001", "nct20990001", "20990001", " NCT 20990001", "NCT-20990001"]
)
def test_line_matches_by_site_number_or_name(site: Site, typed: str) -> None:
    for written in (str(site.pk), f"#{site.pk}", "lighthouse clinic", "Kisumu"):
        found = one(trial=typed, site=written)
        assert (found.verdict, found.nct_id) == (Verdict.GIVE, NUMBER)
        assert found.place is not None
        assert (found.place.pk, found.address, found.warnings) == (site.pk, "ida@c.example", ())


@pytest.mark.parametrize(
    "typed", ["", "NCT2099001", "NCT020990001", "NCT00000000", "EUCT 2024", "NCT20990002"]
)
def test_line_without_a_known_trial_says_so(site: Site, typed: str) -> None:
    found = one(trial=typed)
    assert found.verdict == Verdict.NO_MATCH
    assert "trial" in found.why
    assert found.place is None


def test_former_number_leads_to_the_trial_with_a_warning(site: Site) -> None:
    IdRedirect.objects.create(nct_id="NCT20990009", trial=site.trial)
    found = one(trial="NCT20990009")
    assert (found.verdict, found.nct_id) == (Verdict.GIVE, NUMBER)
    assert found.warnings == ("NCT20990009 is a former number of NCT20990001.",)


def test_trial_that_nobody_sees_is_no_match(site: Site, ada: User) -> None:
    Trial.everything.update(hidden_at=timezone.now(), hidden_by=ada, hidden_reason="Twice")
    assert "hidden" in one().why
    Trial.everything.update(left_registry_on=date(2026, 5, 1))
    assert "no longer lists" in one().why


def test_site_number_of_another_trial_is_no_match(site: Site) -> None:
    other = make_open_site(make_trial())
    found = one(site=str(other.pk))
    assert found.verdict == Verdict.NO_MATCH
    assert "belongs to another trial" in found.why
    assert "has no site 999999999999" in one(site="999999999999").why
    assert "no site here" in one(site="").why


def test_facility_that_is_named_by_a_number_is_known_by_it(trial: Trial) -> None:
    site = make_open_site(trial, name="900000104", city="Bonn", country="Germany")
    found = one(site="900000104")
    assert found.place is not None
    assert found.place.pk == site.pk
    assert one(site="900000105").verdict == Verdict.NO_MATCH


def test_ambiguous_name_lists_the_sites_with_their_numbers(trial: Trial, site: Site) -> None:
    twin = make_open_site(trial, city="Nairobi")
    found = one()
    assert found.verdict == Verdict.NO_MATCH
    assert "not clearly one site" in found.why
    assert {place.pk for place in found.possible} == {site.pk, twin.pk}
    exact = one(site="Lighthouse Clinic, Nairobi").place
    assert exact is not None
    assert exact.pk == twin.pk


def test_name_that_is_written_differently_carries_a_warning(site: Site) -> None:
    found = one(site="Lighthause Clinic")
    assert found.verdict == Verdict.GIVE
    assert "is it this site?" in found.warnings[0]
    assert one(site="Harbour Clinic").verdict == Verdict.NO_MATCH


@pytest.mark.parametrize("email", ["ida", "ida@", "a@b.example, c@d.example", "ida@c.example\nx"])
def test_wrong_address_is_no_match(site: Site, email: str) -> None:
    assert "is not an email address" in one(email=email).why


def test_line_without_an_address_is_left_out(site: Site) -> None:
    assert one(email="").verdict == Verdict.NOBODY


def test_long_name_and_line_problem_are_no_match(site: Site) -> None:
    assert "longer than 120" in one(name="x" * 121).why
    assert one(problem="The name holds a line break.").why == "The name holds a line break."


def test_site_that_is_theirs_already_is_not_given_again(site: Site, ada: User) -> None:
    given(site, ada, "ida@c.example")
    assert one(email="IDA@c.example").verdict == Verdict.THEIRS
    assert one(email="bo@c.example").verdict == Verdict.GIVE


def test_site_that_was_theirs_or_waits_to_be_taken_on_is_given(site: Site, ada: User) -> None:
    given(site, ada, "ida@c.example", ended=True)
    given(site, ada, "ida@c.example", taken=False)
    assert one().verdict == Verdict.GIVE


def test_second_line_that_says_the_same_is_left_out(site: Site) -> None:
    found = match(
        [line(2), line(3, site=str(site.pk), email="Ida@C.example"), line(4, email="b@c.example")]
    )
    assert [each.verdict for each in found.lines] == [Verdict.GIVE, Verdict.TWICE, Verdict.GIVE]
    assert found.lines[1].why == "Line 2 says the same."
    assert (len(found.to_give), found.count(Verdict.TWICE)) == (2, 1)


def test_address_that_gets_no_letters_carries_a_warning(site: Site, ada: User) -> None:
    assert "switched off" in one(email="JOY@clinic.example").warnings[0]
    MailSwitch.objects.create(is_on=True, set_at=timezone.now(), set_by=ada, reason="Agreed")
    assert one(email="joy@clinic.example").warnings == ()
    SuppressedAddress.objects.create(
        address_digest=digest_of("ida@c.example"), why="BOUNCED", since=date(2026, 5, 1)
    )
    found = one()
    assert found.verdict == Verdict.GIVE
    assert found.warnings == ("No letters go to this address: mail came back.",)


def test_digest_tells_what_would_be_given_and_nothing_else(site: Site) -> None:
    first = match([line(2), line(3, site="nowhere")])
    assert match([line(7), line(8, email="")]).digest == first.digest
    for other in (line(site="x"), line(email="b@c.example"), line(name="Bo")):
        assert match([other]).digest != first.digest


def test_two_thousand_lines_cost_as_many_queries_as_one(site: Site) -> None:
    IdRedirect.objects.create(nct_id="NCT20990009", trial=site.trial)
    few = [line(2, trial="NCT20990009"), line(3, site=str(site.pk))]
    many = few + [
        line(number, trial=f"NCT{number:08}", site=f"Ward {number}", email=f"{number}@c.example")
        for number in range(4, 2_000)
    ]
    many += [line(number, email=f"{number}@c.example") for number in range(2_000, 2_004)]
    counted = []
    for lines in (few, many):
        with CaptureQueriesContext(connection) as queries:
            found = match(lines)
        assert found.count(Verdict.GIVE) in {1, 5}
        counted.append(len(queries))
    assert counted == [QUERIES, QUERIES]
