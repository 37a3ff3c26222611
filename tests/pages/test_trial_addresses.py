"""The addresses of a trial's pages: canonical ones, others that lead there, and no public trial."""

import pytest
from django.test import Client

from tests import factories as make
from trials.models import IdRedirect

pytestmark = pytest.mark.django_db

PAGES = ["", "doctor/", "sites/"]


@pytest.mark.parametrize("rest", PAGES)
@pytest.mark.parametrize("written", ["nct20999999", "NCT020999999", "Nct20999999"])
def test_other_spelling_of_an_id_leads_to_the_canonical_page(
    pat: Client, written: str, rest: str
) -> None:
    make.make_trial(nct_id="NCT20999999")

    response = pat.get(f"/trials/{written}/{rest}")

    assert response.status_code == 301
    assert response["Location"] == f"/trials/NCT20999999/{rest}"


def test_id_without_its_zeros_leads_to_the_canonical_page(pat: Client) -> None:
    make.make_trial(nct_id="NCT00000042")

    assert pat.get("/trials/nct42/")["Location"] == "/trials/NCT00000042/"


@pytest.mark.parametrize("rest", PAGES)
@pytest.mark.parametrize("written", ["NCT00000042", "nct42"])
def test_former_id_leads_to_the_trial(pat: Client, written: str, rest: str) -> None:
    trial = make.make_trial()
    IdRedirect.objects.create(nct_id="NCT00000042", trial=trial)

    response = pat.get(f"/trials/{written}/{rest}")

    assert response.status_code == 301
    assert response["Location"] == f"/trials/{trial.nct_id}/{rest}"


@pytest.mark.parametrize("rest", PAGES)
def test_unknown_number_is_404_with_the_registry_as_a_way_on(pat: Client, rest: str) -> None:
    response = pat.get(f"/trials/nct1/{rest}")

    assert response.status_code == 404
    assert "We have no trial with this number" in response.content.decode()
    assert "https://clinicaltrials.gov/study/NCT00000001" in response.content.decode()


@pytest.mark.parametrize("written", ["lupus", "NCT123456789", "NCT00000000", "%00"])
def test_what_is_no_number_is_404_without_a_link(pat: Client, written: str) -> None:
    response = pat.get(f"/trials/{written}/")

    assert response.status_code == 404
    assert "clinicaltrials.gov/study" not in response.content.decode()


@pytest.mark.parametrize("rest", PAGES)
def test_hidden_trial_is_403_and_says_nothing_of_it(pat: Client, rest: str) -> None:
    trial = make.hide(make.make_trial(brief_title="Zwischenzeug"))

    response = pat.get(f"/trials/{trial.nct_id}/{rest}")

    assert response.status_code == 403
    assert "This trial page is not public now" in response.content.decode()
    assert "Zwischenzeug" not in response.content.decode()


@pytest.mark.parametrize("rest", PAGES)
def test_trial_that_left_the_registry_is_410_and_says_since_when(pat: Client, rest: str) -> None:
    trial = make.leave_registry(make.make_trial())

    response = pat.get(f"/trials/{trial.nct_id}/{rest}")

    assert response.status_code == 410
    assert "1 October 2026" in response.content.decode()


def test_trial_that_left_points_to_a_condition_that_others_have(pat: Client) -> None:
    gone, other = make.leave_registry(make.make_trial()), make.make_trial()
    for name, trials in (("Rare thing", [gone]), ("Insomnia", [gone, other])):
        for trial in trials:
            make.make_condition(trial, name)

    html = pat.get(f"/trials/{gone.nct_id}/").content.decode()

    assert 'href="/conditions/insomnia/">See similar trials' in html


@pytest.mark.parametrize("rest", PAGES)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_trial_pages_answer_get_and_head_alone(pat: Client, method: str, rest: str) -> None:
    trial = make.make_trial()

    response = getattr(pat, method)(f"/trials/{trial.nct_id}/{rest}")

    assert response.status_code == 405
    assert pat.head(f"/trials/{trial.nct_id}/{rest}").status_code == 200
