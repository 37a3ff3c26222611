"""A site is handed over to whom we may not write: what is said is what helps."""

import html

import pytest
from django.core.cache import cache
from django.test import Client, override_settings

from tests.coordinators.letters.rows import turn_on
from tests.factories import make_site, make_site_contact, make_trial
from tests.pages.team.conftest import press
from trials.coordinators.letters import suppression
from trials.models import Letter, Site
from trials.terms.letters import LetterKind, LetterState, SuppressedFor

pytestmark = pytest.mark.django_db
KIM = "kim@team.example"
SIGN_IN = "tell them to sign in here with that address"
NO_WAY_IN = "not even a link to sign in"


def hand_over(client: Client, site: Site) -> str:
    return html.unescape(press(client, site, "hand-over", address=KIM))


def test_colleague_who_unsubscribed_can_sign_in(joy_client: Client, site: Site) -> None:
    suppression.suppress(address=KIM, why=SuppressedFor.UNSUBSCRIBED)
    said = hand_over(joy_client, site)
    assert SIGN_IN in said
    assert NO_WAY_IN not in said


@pytest.mark.parametrize("why", ["listed", "bounced", "desk", "copy"])
def test_colleague_who_gets_no_link_to_sign_in_is_not_told_to(
    joy_client: Client, site: Site, why: str
) -> None:
    cache.clear()
    if why == "listed":
        make_site_contact(make_site(make_trial()), email=f"Kim <{KIM}>")
    elif why == "copy":
        turn_on().__class__.objects.update(installation="another")
    else:
        suppression.suppress(address=KIM, why=SuppressedFor[why.upper()])
    with override_settings(HELP_EMAIL="help@portal.example"):
        said = hand_over(joy_client, site)
    assert NO_WAY_IN in said
    assert "an editor can make a link" in said
    assert "help@portal.example" in said
    assert SIGN_IN not in said
    assert f"You asked {KIM}" in said, "it can be taken back"
    answer = Client().post("/coordinators/", {"address": KIM})
    assert answer.status_code == 200
    letter = Letter.objects.filter(kind=LetterKind.SIGN_IN).get()
    assert (letter.state, letter.address) == (LetterState.DROPPED, "")
    assert letter.problem
