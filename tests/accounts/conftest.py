"""A colleague with a password, and what every account test starts from."""

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from tests.accounts.steps import PASSWORD, log_in


@pytest.fixture
def vera(db: None) -> User:
    """Return a superuser who logs in with a password; no wrong try is counted yet."""
    cache.clear()
    return User.objects.create_superuser("vera", "vera@findatrial.example", PASSWORD)


@pytest.fixture
def vera_client(vera: User) -> Client:
    """Return Vera's browser, logged in by the form."""
    client = Client()
    log_in(client, "vera")
    return client


@pytest.fixture
def _second_factor(settings) -> None:
    """Demand a second factor, as production does."""
    settings.STAFF_SECOND_FACTOR = True
