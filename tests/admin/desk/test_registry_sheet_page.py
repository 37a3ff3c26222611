"""The registry correction sheet on the desk."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.coordinators.rows import make_answer, make_open_site
from trials.coordinators import corrections
from trials.coordinators.corrections import Proposed
from trials.models import Site
from trials.terms.contacts import Answer
from trials.terms.corrections import Field
from trials.terms.plain.registry_sheet import AGREES, NOTHING_TOLD

pytestmark = pytest.mark.django_db

QUERIES = 12


@pytest.fixture
def site() -> Site:
    return make_open_site()


def address(site: Site) -> str:
    return reverse("admin:desk-registry-sheet", args=[site.pk])


def html_of(client: Client, site: Site) -> str:
    return client.get(address(site)).content.decode()


def test_registry_sheet_works(ada_client: Client, ada: User, site: Site) -> None:
    answer = make_answer(site, Answer.CHANGE)
    proposed = [Proposed(Field.PHONE, "Joy Achieng", "+254 20 2724999")]
    (row,) = corrections.propose(confirmation=answer, proposed=proposed)
    corrections.accept(correction=row, by=ada)
    html = html_of(ada_client, site)
    assert "Facility Contact: Phone<br>" in html
    assert "<b>+254 20 2724999</b>" in html
    assert "Should say: +254 20 2724999" in html
    assert "readonly>Corrections for ClinicalTrials.gov" in html
    assert "42 CFR 11.64" in html
    assert "30 days" in html
    assert "no-store" in ada_client.get(address(site))["Cache-Control"]


def test_empty_sheet_says_that_there_is_nothing_to_change(ada_client: Client, site: Site) -> None:
    assert NOTHING_TOLD in html_of(ada_client, site)
    make_answer(site)
    html = html_of(ada_client, site)
    assert AGREES in html
    assert "<textarea" not in html


def test_text_of_the_record_is_escaped(ada_client: Client) -> None:
    site = make_open_site(name="</textarea><script>alert(1)</script>")
    make_answer(site, Answer.NOT_RECRUITING)
    assert "<script>alert" not in html_of(ada_client, site)


def test_registry_sheet_is_the_desks_alone(
    ada_client: Client, uma_client: Client, pat: Client, site: Site
) -> None:
    for client, status in ((uma_client, 404), (pat, 302), (ada_client, 200)):
        assert client.get(address(site)).status_code == status
    assert ada_client.post(address(site)).status_code == 405
    assert ada_client.get("/admin/desk/sites/0/registry-sheet/").status_code == 404


def test_query_count_is_fixed(ada_client: Client, site: Site) -> None:
    for _ in range(3):
        make_answer(site, Answer.NOT_RECRUITING)
    with CaptureQueriesContext(connection) as queries:
        ada_client.get(address(site))
    assert len(queries) == QUERIES
