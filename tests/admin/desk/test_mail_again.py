"""Letters that were refused, and the list of those who get nothing, by the desk's buttons."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.coordinators.letters.rows import age, make_coordinator, states
from tests.coordinators.rows import make_open_site
from trials.coordinators import letters
from trials.coordinators.letters import suppression
from trials.models import Coordinator, Letter, SuppressedAddress
from trials.terms.letters import LetterState, SuppressedFor

pytestmark = pytest.mark.django_db

PAGE = "/admin/desk/mail/"
RUTH = "ruth@team.example"


def post(client: Client, **sent: object) -> str:
    return client.post(PAGE, sent, follow=True).content.decode()


@pytest.fixture
def refused(ada: User) -> Letter:
    """An invitation that no mail server took."""
    site = make_open_site()
    make_coordinator(site)
    (letter,) = letters.invite(site=site, by=ada)
    age(letter, hours=1)
    Letter.objects.update(
        state=LetterState.REFUSED, address="", tries=5, problem="554 5.7.1 <Relay> denied"
    )
    return letter


def test_refused_letter_is_sent_again_by_a_button(ada_client: Client, refused: Letter) -> None:
    html = ada_client.get(PAGE).content.decode()
    assert "Refused in the last 30 days" in html
    assert "554 5.7.1 &lt;Relay&gt; denied" in html
    assert "Cut off while" not in html
    html = post(ada_client, verb="again", letter=refused.pk)
    assert "waits to be sent again" in html
    assert "Refused in the last" not in html
    assert states() == [LetterState.WAITING]
    assert Letter.objects.get().address == RUTH


def test_button_says_why_it_did_nothing(ada_client: Client, refused: Letter) -> None:
    Coordinator.objects.update(address="lea@team.example")
    html = post(ada_client, verb="again", letter=refused.pk)
    assert "address is no longer known here" in html
    assert states() == [LetterState.REFUSED]


def test_who_unsubscribed_stays_on_the_list(ada_client: Client) -> None:
    suppression.suppress(address=RUTH, why=SuppressedFor.UNSUBSCRIBED)
    post(ada_client, verb="suppress", address=RUTH, reason="Phoned")
    row = SuppressedAddress.objects.get()
    html = post(ada_client, verb="lift", row=row.pk)
    assert "The reader unsubscribed besides: the address stays on the list for that." in html
    assert "…@team.example: The reader unsubscribed" in html
    html = post(ada_client, verb="lift", row=row.pk)
    assert "Letters may go to that address at team.example again." in html
