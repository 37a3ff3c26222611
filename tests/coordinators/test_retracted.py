"""What was shown until an editor stopped it is told apart from what never was."""

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from tests.coordinators.correcting import JOY, make_correction, make_corrections, now, phone
from tests.coordinators.rows import make_open_site
from trials.coordinators import corrections
from trials.coordinators.corrections import Proposed
from trials.coordinators.retracted import retracted
from trials.models import Correction
from trials.terms.corrections import Field

pytestmark = pytest.mark.django_db


def test_only_what_was_stopped_counts_whoever_declined_what_else(ada: User, ben: User) -> None:
    site = make_open_site()
    mail, name = (
        Proposed(Field.EMAIL, JOY, "new@clinic.example"),
        Proposed(Field.NAME, JOY, "Joy A."),
    )
    stopped, declined, waiting, shown = make_corrections(
        site, phone(), mail, name, Proposed(Field.STATUS, "", "SUSPENDED")
    )
    others = make_correction(make_open_site(site.trial))
    elsewhere = make_correction(make_open_site())
    corrections.decline(correction=declined, reason="Another", by=ada)
    corrections.decline(correction=others, reason="No.", by=ben)
    corrections.decline(correction=elsewhere, reason="No.", by=ada)
    corrections.accept(correction=shown, by=ada)
    corrections.accept(correction=stopped, by=ada)
    corrections.retract(correction=stopped, reason="No.", by=ada)
    rows = list(Correction.objects.all())
    assert now(waiting).fate == "WAITING"
    assert retracted(rows) == {stopped.pk}


def test_nothing_is_asked_where_nothing_is_declined(
    ada: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    row = make_correction(make_open_site())
    with django_assert_num_queries(0):
        assert retracted([row]) == set()
    corrections.decline(correction=row, reason="No.", by=ada)
    row = now(row)
    with django_assert_num_queries(1):
        assert retracted([row]) == set()
