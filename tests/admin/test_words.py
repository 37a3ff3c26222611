"""Everyday words and introductions to conditions in the admin."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from trials import audit
from trials.models import Condition, ConditionIntroduction, Synonym, Trial

pytestmark = pytest.mark.usefixtures("reference_data")

LIST = "admin:trials_synonym_changelist"
ADD = "admin:trials_synonym_add"


@pytest.fixture
def pair(db: None) -> Synonym:
    return Synonym.objects.get(words_key="hive", also_key="urticaria")


@pytest.fixture
def learned(db: None) -> Synonym:
    return Synonym.objects.create(
        words="zonks",
        also="Zonkitis",
        words_key="zonk",
        also_key="zonkitis",
        origin=Synonym.Origin.CONDITION,
        trials=17,
    )


def acts_on(subject: str) -> list[tuple[str, str, dict[str, object], dict[str, object]]]:
    return [
        (event.verb, event.done_by.username, event.before, event.after)
        for event in audit.history(subject=subject)
    ]


def _act(client: Client, action: str, *pairs: Synonym) -> str:
    response = client.post(
        reverse(LIST),
        {"action": action, "_selected_action": [pair.pk for pair in pairs]},
        follow=True,
    )
    return response.content.decode()


def _add(client: Client, words: str, also: str, **more: str) -> str:
    data = {"words": words, "also": also, "note": ""} | more
    return client.post(reverse(ADD), data, follow=True).content.decode()


def test_synonym_list_works(ada_client: Client, learned: Synonym) -> None:
    page = ada_client.get(reverse(LIST), {"origin__exact": "CONDITION"}).content.decode()
    assert "Zonkitis" in page
    assert "17" in page
    assert "hives" not in page


def test_synonym_list_shows_which_pairs_are_struck(ada_client: Client, pair: Synonym) -> None:
    _act(ada_client, "strike_pairs", pair)
    page = ada_client.get(reverse(LIST), {"struck_at__isempty": "0"})
    assert [row.pk for row in page.context["cl"].result_list] == [pair.pk]


@pytest.mark.parametrize("typed", ["Hives", "urticaria", " hive ", "URTICARIA"])
def test_synonym_search_finds_a_wording_on_either_side(
    ada_client: Client, pair: Synonym, typed: str
) -> None:
    page = ada_client.get(reverse(LIST), {"q": typed})
    assert pair in page.context["cl"].result_list
    assert len(page.context["cl"].result_list) < 5


def test_synonym_search_for_signs_only_shows_all(ada_client: Client, pair: Synonym) -> None:
    assert ada_client.get(reverse(LIST), {"q": "…"}).context["cl"].result_count > 300


def test_struck_pair_says_who_and_when_and_can_come_back(
    ada_client: Client, ada: User, pair: Synonym
) -> None:
    assert "searches don&#x27;t use them" in _act(ada_client, "strike_pairs", pair)
    pair.refresh_from_db()
    assert (pair.struck_by, pair.struck_at is None) == (ada, False)
    assert "searches use them again" in _act(ada_client, "restore_pairs", pair)
    pair.refresh_from_db()
    assert (pair.struck_by, pair.struck_at) == (None, None)


def test_pair_struck_again_keeps_who_struck_it_first(
    ada_client: Client, sam_client: Client, ada: User, pair: Synonym
) -> None:
    _act(ada_client, "strike_pairs", pair)
    _act(sam_client, "strike_pairs", pair)
    pair.refresh_from_db()
    assert pair.struck_by == ada


def test_added_pair_is_found_by_its_keys(ada_client: Client) -> None:
    _add(ada_client, "Zonks", "Zonkitis", one_way="on", note="Heard in a clinic")
    added = Synonym.objects.get(words_key="zonk", also_key="zonkitis")
    assert (added.origin, added.one_way, added.note) == ("EDITOR", True, "Heard in a clinic")


@pytest.mark.parametrize(
    ("words", "also", "sentence"),
    [
        ("Hives", "urticaria", "are a pair already. Change that one instead"),
        ("urticaria", "HIVES", "are a pair already. Change that one instead"),
        ("melanoma", "skin cancer", "It works one way: open it and take the tick away"),
        ("zonk", "zonkitis", "It was learned from 17 trials and counts without you"),
        ("Leukaemia", "leukemia", "are the same to a search already"),
        ("the", "urticaria", "“the” has no word that a search could look for"),
    ],
)
def test_pair_that_can_t_be_added_says_why(
    ada_client: Client, learned: Synonym, words: str, also: str, sentence: str
) -> None:
    before = Synonym.objects.count()
    assert sentence in _add(ada_client, words, also)
    assert Synonym.objects.count() == before


def test_pair_that_was_struck_is_restored_not_added(ada_client: Client, pair: Synonym) -> None:
    _act(ada_client, "strike_pairs", pair)
    assert "restore it in the list" in _add(ada_client, "hives", "urticaria")


def test_half_a_pair_asks_for_the_other_half(ada_client: Client, db: None) -> None:
    assert "This field is required" in _add(ada_client, "zonks", " ")


def test_change_keeps_the_wordings(ada_client: Client, pair: Synonym) -> None:
    address = reverse("admin:trials_synonym_change", args=[pair.pk])
    ada_client.post(address, {"words": "x", "also": "y", "one_way": "on", "note": "Mine"})
    pair.refresh_from_db()
    assert (pair.words, pair.also_key, pair.one_way) == ("hives", "urticaria", True)
    assert pair.note == "Mine"


def test_learned_pair_stays_one_way(ada_client: Client, learned: Synonym) -> None:
    address = reverse("admin:trials_synonym_change", args=[learned.pk])
    fields = ada_client.get(address).context["adminform"].form.fields
    assert list(fields) == ["note"]


def test_pair_is_never_deleted(sam_client: Client, pair: Synonym) -> None:
    address = reverse("admin:trials_synonym_delete", args=[pair.pk])
    assert sam_client.post(address, {"post": "yes"}).status_code == 403


def test_reader_of_pairs_may_not_strike_them(client: Client, pair: Synonym) -> None:
    client.force_login(User.objects.create_user("eve", is_staff=True))
    assert client.get(reverse(LIST)).status_code == 403


def test_acts_on_a_pair_are_written_down_once(
    ada_client: Client, sam_client: Client, pair: Synonym
) -> None:
    for _ in range(2):
        _act(ada_client, "strike_pairs", pair)
    for _ in range(2):
        _act(sam_client, "restore_pairs", pair)
    assert acts_on("pair: hive → urticaria") == [
        ("restore", "sam", {"counts": False}, {"counts": True}),
        ("strike", "ada", {"counts": True}, {"counts": False}),
    ]


def test_added_pair_is_written_down(ada_client: Client, db: None) -> None:
    _add(ada_client, "Zonks", "Zonkitis", one_way="on", note="Heard in a clinic")
    after = {"words": "Zonks", "also": "Zonkitis", "one_way": True, "note": "Heard in a clinic"}
    assert acts_on("pair: zonk → zonkitis") == [("add", "ada", {}, after)]


def test_change_of_a_pair_is_written_down_where_it_is_one(
    ada_client: Client, pair: Synonym
) -> None:
    address = reverse("admin:trials_synonym_change", args=[pair.pk])
    for _ in range(2):
        ada_client.post(address, {"note": "Mine"})
    assert acts_on("pair: hive → urticaria") == [
        ("change", "ada", {"note": pair.note}, {"note": "Mine"})
    ]


def test_pair_says_what_searches_do_and_what_was_done(ada_client: Client, pair: Synonym) -> None:
    address = reverse("admin:trials_synonym_change", args=[pair.pk])
    page = ada_client.get(address).content.decode()
    assert "A search for “hives” also looks for “urticaria”." in page
    assert "A search for “urticaria” also looks for “hives”." in page
    assert "Nobody has changed it here" in page
    _act(ada_client, "strike_pairs", pair)
    page = ada_client.get(address).content.decode()
    assert "Nothing: the pair is struck." in page
    assert "struck it" in page


def test_learned_pair_leads_one_way(ada_client: Client, learned: Synonym) -> None:
    address = reverse("admin:trials_synonym_change", args=[learned.pk])
    page = ada_client.get(address).content.decode()
    assert "A search for “zonks” also looks for “Zonkitis”." in page
    assert "A search for “Zonkitis”" not in page


def test_introduction_list_and_form_work(ada_client: Client, trial: Trial) -> None:
    condition = Condition.objects.get(slug="lupus")
    address = reverse("admin:trials_conditionintroduction_add")
    data = {"condition": condition.pk, "text": "In plain words.", "reviewed_on": "2026-11-01"}
    ada_client.post(address, data)
    added = ConditionIntroduction.objects.get(condition=condition)
    assert (added.text, added.reviewed_on) == ("In plain words.", date(2026, 11, 1))
    page = ada_client.get(reverse("admin:trials_conditionintroduction_changelist"), {"q": "lup"})
    assert "In plain words." in page.content.decode()


def test_introduction_offers_conditions_by_search_not_as_one_long_list(
    ada_client: Client, trial: Trial
) -> None:
    page = ada_client.get(reverse("admin:trials_conditionintroduction_add")).content.decode()
    assert "admin-autocomplete" in page
    assert 'value="Lupus"' not in page


def test_introduction_does_not_move_to_another_condition(ada_client: Client, trial: Trial) -> None:
    added = ConditionIntroduction.objects.create(
        condition=Condition.objects.get(slug="lupus"), text="Plain.", reviewed_on=date(2026, 11, 1)
    )
    page = ada_client.get(reverse("admin:trials_conditionintroduction_change", args=[added.pk]))
    assert "condition" not in page.context["adminform"].form.fields


def test_acts_on_an_introduction_are_written_down(sam_client: Client, trial: Trial) -> None:
    condition = Condition.objects.get(slug="lupus")
    data = {"condition": condition.pk, "text": "In plain words.", "reviewed_on": "2026-11-01"}
    sam_client.post(reverse("admin:trials_conditionintroduction_add"), data)
    added = ConditionIntroduction.objects.get()
    address = reverse("admin:trials_conditionintroduction_change", args=[added.pk])
    sam_client.post(address, data | {"text": "In plainer words."})
    assert "In plain words." in sam_client.get(address).content.decode()
    sam_client.post(
        reverse("admin:trials_conditionintroduction_delete", args=[added.pk]), {"post": "yes"}
    )

    first = {"text": "In plain words.", "reviewed_on": "2026-11-01"}
    second = first | {"text": "In plainer words."}
    assert acts_on("introduction: lupus") == [
        ("delete", "sam", second, {}),
        ("change", "sam", first, second),
        ("add", "sam", {}, first),
    ]
    assert not ConditionIntroduction.objects.exists()


def test_introduction_promises_nothing(ada_client: Client, trial: Trial) -> None:
    condition = Condition.objects.get(slug="lupus")
    data = {"condition": condition.pk, "text": "A safe cure.", "reviewed_on": "2026-11-01"}
    page = ada_client.post(reverse("admin:trials_conditionintroduction_add"), data).content.decode()
    assert "“safe” says that something is safe" in page
    assert "A safe cure." in page
    assert not ConditionIntroduction.objects.exists()
