"""Who may open what: every address of the site, for everybody. An address without a row fails.

The columns are pat (no account), uma (staff without a role), ada (writer), ben (reviewer), cleo
(publisher) and sam (superuser). `login` is a redirect to the login, `away` one to another page.
"""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.accounts.steps import PASSWORD
from tests.accounts.who_may import LISTS, ROUTES
from tests.editorial.ready import make_draft, make_sleep_trial
from tests.factories import make_condition
from trials.indexing import count_trials, refresh

pytestmark = pytest.mark.usefixtures("reference_data")
CAST = ("pat", "uma", "ada", "ben", "cleo", "sam")
NUMBER = "NCT20990001"
_GONE = ("away", "404")  # how the admin says that there is no such row
_PAGES_OF_A_TABLE = ("changelist", "add", "history", "delete", "change")


@pytest.fixture
def clients(request: pytest.FixtureRequest) -> dict[str, Client]:
    """Return everybody's browser; who has an account has a password, too."""
    browsers: dict[str, Client] = {"pat": request.getfixturevalue("pat")}
    for name in CAST[1:]:
        person = request.getfixturevalue(name)
        person.set_password(PASSWORD)
        person.save()
        browsers[name] = Client()
        browsers[name].force_login(person)
    return browsers


@pytest.fixture
def _one_trial(ada: User) -> None:
    trial = make_sleep_trial(nct_id=NUMBER)
    make_condition(trial, "Wakefulness")
    make_draft(trial, ada)
    refresh([trial.pk])
    count_trials()


def routes(
    patterns: list[URLPattern | URLResolver] | None = None, within: str = ""
) -> Iterator[str]:
    """Return the names of all routes; those that the admin leaves nameless are its fall-backs."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            space = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from routes(pattern.url_patterns, within + space)
        elif pattern.name:
            yield within + pattern.name


def lists() -> dict[str, str]:
    """Return the tables of the admin: `app_model`, and the path of their list."""
    return {
        f"{model._meta.app_label}_{model._meta.model_name}": (
            f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        )
        for model in admin.site._registry
    }


def answer_of(client: Client, path: str, method: str = "get") -> str:
    """Return how an address answers: a status, `login` or `away`."""
    response = getattr(client, method)(path)
    if response.status_code in (301, 302):
        return "login" if response.url.startswith("/account/login/") else "away"
    return str(response.status_code)


def test_every_route_has_a_row() -> None:
    of_tables = {f"admin:{name}_{page}" for name in lists() for page in _PAGES_OF_A_TABLE}
    assert set(routes()) - of_tables == set(ROUTES)


def test_every_table_of_the_admin_has_a_row() -> None:
    assert set(lists()) == set(LISTS)


@pytest.mark.usefixtures("_one_trial")
def test_routes_answer_everybody_as_the_table_says(clients: dict[str, Client]) -> None:
    found = {
        name: (path, " ".join(answer_of(clients[who], path) for who in CAST))
        for name, (path, _) in ROUTES.items()
    }
    expected = {name: (path, _for_all(answers)) for name, (path, answers) in ROUTES.items()}
    assert found == expected


def test_tables_of_the_admin_answer_everybody_as_the_table_says(
    clients: dict[str, Client],
) -> None:
    paths = lists()
    found = {
        name: " ".join(_rights(clients[who], paths[name]) for who in CAST[1:]) for name in LISTS
    }
    assert found == LISTS


def test_tables_of_the_admin_send_the_public_to_the_login(pat: Client, db: None) -> None:
    for path in lists().values():
        for page in ("", "add/", "0/change/", "0/delete/", "0/history/"):
            assert answer_of(pat, path + page) == "login", path + page


def _for_all(answers: str) -> str:
    return " ".join(answers.split() * (1 if " " in answers else len(CAST)))


def _rights(client: Client, path: str) -> str:
    """Return what the list, an empty form, and the forms of a row that is not there allow.

    The admin looks at the permission first: only who has it is told that the row is not there.
    """
    view = answer_of(client, path) == "200" and answer_of(client, f"{path}0/change/") in _GONE
    add = answer_of(client, f"{path}add/") == "200"
    change = view and answer_of(client, f"{path}0/change/", "post") in _GONE
    delete = answer_of(client, f"{path}0/delete/") in _GONE
    rights = zip("vacd", (view, add, change, delete), strict=True)
    return "".join(letter for letter, has in rights if has) or "-"
