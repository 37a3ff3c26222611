"""What every test may use: the cast, the data beside the repository, settings made for tests.

The cast: *Pat* is the public, *Ada* writes, *Ben* reviews, *Cleo* publishes, *Sam* may do
everything, *Uma* is staff without a role.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import caches
from django.test import Client, override_settings
from hypothesis import settings
from pytest_django.plugin import DjangoDbBlocker

from findatrial import demo
from tests.reference_data import restore
from trials.editorial.permissions import ensure_groups
from trials.terms.desk import Role

REPOSITORY = Path(__file__).resolve().parent.parent

# How long an example takes on a busy machine says nothing.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_configure(config: pytest.Config) -> None:
    """Start the embedded database once, before the workers: the last to leave would stop it."""
    if config.getoption("numprocesses", None) and not hasattr(config, "workerinput"):
        demo.hold_database()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database: `.ci/run` runs that part again on a stock server."""
    for item in items:
        if "django_db_setup" in item.fixturenames or item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.database)


@pytest.fixture(scope="session", autouse=True)
def _settings_for_tests(django_test_environment: None) -> Iterator[None]:
    """Hash quickly, and serve static files from their sources instead of a collected folder."""
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        WHITENOISE_AUTOREFRESH=True,
        WHITENOISE_USE_FINDERS=True,
    ):
        yield


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Forget what the process keeps for a minute: it is of another test's rows."""
    caches["process"].clear()


@pytest.fixture(scope="session")
def registry_sample() -> Path:
    """Return the folder of real registry records beside the repository, where it is there."""
    folder = REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the registry records in ../shared/data are not on this machine")
    return folder


@pytest.fixture(scope="module")
def reference_data(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Load gazetteer, lay words and glossary anew where a test emptied all tables."""
    with django_db_blocker.unblock():
        restore()


@pytest.fixture
def pat() -> Client:
    """Return a reader's browser: no account, no cookie."""
    return Client()


@pytest.fixture
def ada(db: None) -> User:
    """Return a writer."""
    return _staff("ada", Role.WRITER)


@pytest.fixture
def ben(db: None) -> User:
    """Return a reviewer."""
    return _staff("ben", Role.REVIEWER)


@pytest.fixture
def cleo(db: None) -> User:
    """Return a publisher."""
    return _staff("cleo", Role.PUBLISHER)


@pytest.fixture
def uma(db: None) -> User:
    """Return a member of staff who has no role at the desk."""
    return _staff("uma")


@pytest.fixture
def sam(db: None) -> User:
    """Return a superuser."""
    return User.objects.create_superuser("sam", "sam@findatrial.example", "sam's long password")


@pytest.fixture
def ada_client(ada: User) -> Client:
    """Return Ada's browser, logged in."""
    return _logged_in(ada)


@pytest.fixture
def ben_client(ben: User) -> Client:
    """Return Ben's browser, logged in."""
    return _logged_in(ben)


@pytest.fixture
def cleo_client(cleo: User) -> Client:
    """Return Cleo's browser, logged in."""
    return _logged_in(cleo)


@pytest.fixture
def uma_client(uma: User) -> Client:
    """Return Uma's browser, logged in."""
    return _logged_in(uma)


@pytest.fixture
def sam_client(sam: User) -> Client:
    """Return Sam's browser, logged in."""
    return _logged_in(sam)


def _staff(name: str, *roles: Role) -> User:
    ensure_groups()
    user = User.objects.create_user(name, f"{name}@findatrial.example", is_staff=True)
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def _logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
