"""Texts for the desk's pages to show."""

import pytest
from django.contrib.auth.models import User

from tests.editorial.ready import make_draft, make_live, make_sleep_trial
from trials.models import EditorialText, Trial


@pytest.fixture
def trial(db: None) -> Trial:
    return make_sleep_trial()


@pytest.fixture
def draft(trial: Trial, ada: User) -> EditorialText:
    """A text that Ada is writing."""
    return make_draft(trial, ada)


@pytest.fixture
def live(trial: Trial, ada: User, ben: User, cleo: User) -> EditorialText:
    """A text that patients see."""
    return make_live(trial, ada, ben, cleo)
