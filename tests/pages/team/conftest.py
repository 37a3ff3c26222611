"""A coordinator with a site, and her browser."""

import html

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.coordinators.rows import fresh, make_open_site
from trials.coordinators import sign_in, teams
from trials.coordinators.accepted import seen_at
from trials.models import Coordinator, Site, SiteCoordinator
from trials.terms.corrections import Field

JOY = "joy@team.example"
SITES = "/coordinators/sites/"


@pytest.fixture
def site(db: None) -> Site:
    return make_open_site()


@pytest.fixture
def place(site: Site, ada: User) -> SiteCoordinator:
    return teams.give(site=site, address=JOY, name="Joy Otieno", by=ada)


@pytest.fixture
def joy(place: SiteCoordinator) -> Coordinator:
    return place.coordinator


def signed_in(coordinator: Coordinator) -> Client:
    """Return a browser that used a coordinator's key."""
    client = Client()
    answer = client.post("/coordinators/enter/", {"key": sign_in.new_key(coordinator)})
    assert answer.status_code == 303
    return client


@pytest.fixture
def joy_client(joy: Coordinator) -> Client:
    return signed_in(joy)


def token(site: Site) -> str:
    """Return what the button of a site sends: which site, and what was shown of it."""
    return f"{site.pk}-{seen_at(fresh(site), ())}"


def address(site: Site) -> str:
    return f"{SITES}{site.pk}/"


def press(client: Client, site: Site, verb: str, **more: object) -> str:
    """Press a button on the page of a site, and return what the next page says."""
    seen = seen_at(fresh(site), ())
    answer = client.post(address(site), {"verb": verb, "seen": seen, **more}, follow=True)
    return html.unescape(answer.content.decode())


def about(field: Field, name: str = "", *, value: str = "", note: str = "") -> dict[str, object]:
    """Return one filled-in row of the correction form."""
    return {
        "c-TOTAL_FORMS": 1,
        "c-INITIAL_FORMS": 0,
        "c-0-about": f"{field}|{name}",
        "c-0-new_value": value,
        "c-0-note": note,
    }


@pytest.fixture
def contact(site: Site) -> str:
    """Return the name of the site's only contact."""
    return site.contacts.get().name
