"""Words to explain in the admin: proposed by one person, approved by another."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests import factories as make
from trials.editorial import glossary
from trials.editorial.live_terms import fresh_glossary
from trials.editorial.term_uses import refresh_all_uses
from trials.models import GlossaryTerm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

LIST = "admin:trials_glossaryterm_changelist"
ADD = "admin:trials_glossaryterm_add"
SENT = {
    "verb": "propose",
    "name": "Biopsy",
    "meaning": "a doctor takes out a small piece of the body.",
    "variants": "biopsies\n\ntissue sample\n",
    "seen": "",
}


@pytest.fixture
def biopsy(db: None) -> GlossaryTerm:
    return GlossaryTerm.objects.get(slug="biopsy")


def page_of(client: Client, term: GlossaryTerm) -> str:
    return client.get(address_of(term)).content.decode()


def address_of(term: GlossaryTerm) -> str:
    return reverse("admin:trials_glossaryterm_change", args=[term.pk])


def send(client: Client, term: GlossaryTerm, verb: str, **more: str) -> str:
    """Press a button of the page as it is now."""
    seen = re.search(r'name="seen"(?: value="([^"]*)")?', page_of(client, term))
    data = {"verb": verb, "seen": (seen[1] or "") if seen else ""} | more
    return client.post(address_of(term), data, follow=True).content.decode()


def buttons(page: str) -> set[str]:
    return set(re.findall(r'name="verb" value="(\w+)"', page))


def test_glossary_list_works(ada_client: Client) -> None:
    page = ada_client.get(reverse(LIST)).content.decode()
    assert "a dummy treatment with no medicine in it." in page
    assert "Explained" in page


def test_glossary_list_is_narrowed_to_what_waits_and_what_is_retired(
    ada_client: Client, ada: User, ben: User, biopsy: GlossaryTerm
) -> None:
    ada_client.post(address_of(biopsy), SENT)
    glossary.retire(term=GlossaryTerm.objects.get(slug="mri"), reason="No", by=ben)

    def found(stands: str) -> list[str]:
        page = ada_client.get(reverse(LIST), {"stands": stands})
        return [term.slug for term in page.context["cl"].result_list]

    assert found("waits") == ["biopsy"]
    assert found("retired") == ["mri"]
    assert "biopsy" in found("live")
    assert "mri" not in found("live")


@pytest.mark.parametrize("typed", ["metastas", "METASTATIC", "cancer has spread"])
def test_glossary_search_finds_names_spellings_and_meanings(ada_client: Client, typed: str) -> None:
    page = ada_client.get(reverse(LIST), {"q": typed})
    assert [term.slug for term in page.context["cl"].result_list] == ["metastatic"]


def test_term_goes_from_proposal_to_page(
    ada_client: Client, ben_client: Client, ada: User, ben: User
) -> None:
    sent = SENT | {"name": "Sea sickness", "variants": "seasickness"}
    page = ada_client.post(reverse(ADD), sent, follow=True).content.decode()
    assert "Somebody else approves it" in page
    term = GlossaryTerm.objects.get(slug="sea-sickness")

    assert "Only a reviewer or a publisher can approve" in page_of(ada_client, term)
    assert "pages show them now" in send(ben_client, term, "approve")
    term.refresh_from_db()
    assert (term.approved_by, term.variants) == (ben, ["seasickness"])
    assert "sea-sickness" in fresh_glossary().terms
    history = page_of(ada_client, term)
    assert history.index("approved it") < history.index("proposed words")


def test_term_page_shows_the_proposal_word_by_word(
    ada_client: Client, ben_client: Client, biopsy: GlossaryTerm
) -> None:
    ada_client.post(address_of(biopsy), SENT)
    page = page_of(ben_client, biopsy)

    assert "Proposed by ada" in page
    assert "<del>" in page
    assert "<ins>" in page
    assert "Reading grade:" in page
    assert buttons(page) == {"approve", "decline", "propose"}


@pytest.mark.parametrize(
    ("who", "shown"),
    [
        ("ada_client", {"propose"}),
        ("ben_client", {"propose", "retire"}),
        ("cleo_client", {"propose", "retire"}),
        ("sam_client", {"propose", "retire"}),
    ],
)
def test_term_page_has_the_buttons_that_work(
    request: pytest.FixtureRequest, biopsy: GlossaryTerm, who: str, shown: set[str]
) -> None:
    assert buttons(page_of(request.getfixturevalue(who), biopsy)) == shown


def test_reviewer_reads_why_they_can_t_approve_their_own_words(
    ben_client: Client, biopsy: GlossaryTerm
) -> None:
    ben_client.post(address_of(biopsy), SENT)
    page = page_of(ben_client, biopsy)

    assert "somebody else has to approve it" in page
    assert buttons(page) == {"decline", "propose"}


@pytest.mark.parametrize("verb", ["approve", "decline", "retire", "revive"])
def test_button_that_is_not_there_does_nothing_when_sent(
    ada_client: Client, ben: User, biopsy: GlossaryTerm, verb: str
) -> None:
    mri = GlossaryTerm.objects.get(slug="mri")
    words = {"name": "MRI", "meaning": "a scan.", "variants": []}
    glossary.propose(term=mri, by=ben, **words)  # type: ignore[arg-type]  # words of several kinds
    glossary.retire(term=biopsy, reason="No", by=ben)
    term = {"approve": mri, "decline": mri, "revive": biopsy}.get(
        verb, GlossaryTerm.objects.get(slug="placebo")
    )
    before = GlossaryTerm.objects.filter(pk=term.pk).values().get()

    assert "Only a reviewer or a publisher can" in send(ada_client, term, verb, reason="I say so")
    assert GlossaryTerm.objects.filter(pk=term.pk).values().get() == before


def test_half_filled_proposal_keeps_what_was_typed(
    ada_client: Client, biopsy: GlossaryTerm
) -> None:
    page = ada_client.post(address_of(biopsy), SENT | {"name": ""}).content.decode()
    assert "This field is required" in page
    assert "a doctor takes out" in page
    assert "tissue sample" in page
    page = ada_client.post(address_of(biopsy), SENT | {"meaning": "No end"}).content.decode()
    assert "End the meaning with a full stop" in page
    assert "tissue sample" in page
    biopsy.refresh_from_db()
    assert biopsy.proposed_at is None


def test_proposal_beside_another_shows_it_and_keeps_the_words(
    ada_client: Client, cleo_client: Client, biopsy: GlossaryTerm, ada: User
) -> None:
    """Two people have the page open; the second one sees the first one's words."""
    ada_client.post(address_of(biopsy), SENT)
    mine = SENT | {"meaning": "my own words."}
    page = cleo_client.post(address_of(biopsy), mine).content.decode()

    assert "changed while you had the page open" in page
    assert "Proposed by ada" in page
    assert "my own words." in page
    biopsy.refresh_from_db()
    assert biopsy.proposed_by == ada
    seen = re.findall(r'name="seen" value="([^"]+)"', page)[-1]
    cleo_client.post(address_of(biopsy), mine | {"seen": seen})
    biopsy.refresh_from_db()
    assert biopsy.proposed_meaning == "my own words."


def test_approval_of_words_that_changed_since_is_refused(
    ada_client: Client, ben_client: Client, biopsy: GlossaryTerm
) -> None:
    ada_client.post(address_of(biopsy), SENT)
    biopsy.refresh_from_db()
    assert biopsy.proposed_at
    old = biopsy.proposed_at.isoformat()
    send(ada_client, biopsy, "propose", name="Biopsy", meaning="something else.")

    sent = {"verb": "approve", "seen": old}
    page = ben_client.post(address_of(biopsy), sent, follow=True).content.decode()

    assert "Read what it says now" in page
    assert "biopsy" in fresh_glossary().terms
    assert "something else" not in fresh_glossary().terms["biopsy"].meaning


@pytest.mark.parametrize("seen", ["x", "2026-11-01T10:00", "2026-99-01T10:00Z", "\x00", "1" * 999])
def test_odd_stamp_is_refused(ben_client: Client, biopsy: GlossaryTerm, seen: str) -> None:
    for verb in ("approve", "propose"):
        answer = ben_client.post(address_of(biopsy), SENT | {"seen": seen, "verb": verb})
        assert answer.status_code in {200, 302}
    biopsy.refresh_from_db()
    assert biopsy.proposed_at is None


def test_decline_and_retire_want_a_reason(ben_client: Client, biopsy: GlossaryTerm) -> None:
    assert "Say why" in send(ben_client, biopsy, "retire")
    assert "no page explains it any more" in send(ben_client, biopsy, "retire", reason="Too rare")
    assert "Too rare" in page_of(ben_client, biopsy)
    assert "explain it again" in send(ben_client, biopsy, "revive")


def test_unknown_button_and_unknown_term_are_not_found(
    ben_client: Client, biopsy: GlossaryTerm
) -> None:
    assert ben_client.post(address_of(biopsy), {"verb": "delete"}).status_code == 404
    missing = reverse("admin:trials_glossaryterm_change", args=[0])
    assert ben_client.get(missing).status_code == 404


def test_term_page_lists_where_it_is_used(ada_client: Client, biopsy: GlossaryTerm) -> None:
    shown, hidden = make.make_trial(), make.make_trial()
    for trial in (shown, make.hide(hidden)):
        make.make_published_text(trial, plain_title="A <i>biopsy</i> by the sea")
    refresh_all_uses()

    page = page_of(ada_client, biopsy)

    assert "2 live texts use it." in page
    assert f'<a href="/trials/{shown.nct_id}/">{shown.nct_id}</a>: A &lt;i&gt;biopsy' in page
    assert f"{hidden.nct_id} (not shown to the public)" in page
    assert "No live text uses it." in page_of(ada_client, GlossaryTerm.objects.get(slug="inr"))


def test_uses_are_bounded_and_counted_in_full(
    ada_client: Client, biopsy: GlossaryTerm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trials.admin.glossary.USES_SHOWN", 2)
    for _ in range(3):
        make.make_published_text(make.make_trial(), plain_title="A biopsy")
    refresh_all_uses()

    page = page_of(ada_client, biopsy)

    assert "3 live texts use it; the 2 newest are listed." in page
    assert page.count(": A biopsy</li>") == 2


def test_glossary_pages_cost_the_same_for_any_amount(
    ada_client: Client,
    biopsy: GlossaryTerm,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    GlossaryTerm.objects.bulk_create(
        GlossaryTerm(slug=f"word-{number}", name=f"Word {number}", meaning="a word.")
        for number in range(500)
    )
    for _ in range(5):
        make.make_published_text(make.make_trial(), plain_title="A biopsy")
    refresh_all_uses()
    with django_assert_max_num_queries(7):
        ada_client.get(reverse(LIST))
    with django_assert_max_num_queries(9):
        ada_client.get(address_of(biopsy))


def test_staff_without_a_role_see_no_terms(uma_client: Client, biopsy: GlossaryTerm) -> None:
    for address in (reverse(LIST), reverse(ADD), address_of(biopsy)):
        assert uma_client.get(address).status_code == 403
        assert uma_client.post(address, SENT).status_code == 403


def test_term_is_never_deleted(sam_client: Client, biopsy: GlossaryTerm) -> None:
    address = reverse("admin:trials_glossaryterm_delete", args=[biopsy.pk])
    assert sam_client.post(address, {"post": "yes"}).status_code == 403
