"""How addresses are written, and which of them the registry's cells hold."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_central_contact, make_site, make_site_contact, make_trial
from trials.coordinators import addresses
from trials.models import CentralContact, SiteContact

pytestmark = pytest.mark.django_db

LONG = "".join(chr(0x4E00 + 97 * number) for number in range(50))


@pytest.mark.parametrize(
    "typed",
    [
        f"x@{LONG}.example",
        f"x@{'é' * 63}.example",
        "x@a..example",
        "x@.example",
        "x@example",
        "x",
        "",
        "x@y.example\nBcc: z@y.example",
        f"{'x' * 250}@y.example",
    ],
)
def test_what_cannot_be_written_to_is_no_address(typed: str) -> None:
    with pytest.raises(ValueError, match="is not an email address"):
        addresses.normal(typed)


def test_address_has_one_form() -> None:
    assert addresses.normal(" Joy@Clinic.example ") == "joy@clinic.example"
    forms = {addresses.normal(f"x@{domain}.example") for domain in ("Käse", "xn--kse-qla", "KÄSE")}
    assert forms == {"x@xn--kse-qla.example"}


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("joy@x.example", ["joy"]),
        (" JOY@X.example", ["joy"]),
        ("joy@x.example; sam@x.example", ["joy", "sam"]),
        ("joy@x.example, sam@x.example", ["joy", "sam"]),
        ("joy@x.example/sam@x.example", ["joy", "sam"]),
        ("joy@x.example or sam@x.example", ["joy", "sam"]),
        ("joy@x.example sam@x.example", ["joy", "sam"]),
        ("joy@x.examplesam", []),
        ("mailto:joy@x.example", ["joy"]),
        ("mailto:joy@x.example?subject=Trial", ["joy"]),
        ("<joy@x.example>", ["joy"]),
        ("Joy <joy@x.example>", ["joy"]),
        ('"joy@x.example"', ["joy"]),
        ("'joy@x.example'", ["joy"]),
        ("“joy@x.example”", ["joy"]),
        ("joy@x.example (preferred)", ["joy"]),
        ("(joy@x.example)", ["joy"]),
        ("Email: joy@x.example", ["joy"]),
        ("Email:joy@x.example", ["joy"]),
        ("e-mail=joy@x.example", ["joy"]),
        ("joy@x.example.", ["joy"]),
        ("joy@x.example;", ["joy"]),
        ("joy@x.example-", ["joy"]),
        ("joy @x.example", ["joy"]),
        ("joy@ x.example", ["joy"]),
        ("joy @ x.example", ["joy"]),
        ("joy\u200b@x.example", ["joy"]),
        ("joy@x.example\ufeff", ["joy"]),
        ("\u202ajoy@x.example\u202c", ["joy"]),
        ("jo\u00ady@x.example", ["joy"]),
        ("joy@x.example\u00a0", ["joy"]),
        ("joy＠x.example", ["joy"]),
        ("ｊｏｙ@x.example", ["joy"]),
        ("joy@x。example", ["joy"]),
        ("joy(at)x.example", ["joy"]),
        ("joy [at] x.example", ["joy"]),
        ("joy@x.example\nsam@x.example", ["joy", "sam"]),
        ("o'neil@x.example", ["o'neil"]),
        ("no address", []),
        ("joy@@x.example", ["joy"]),
    ],
)
@pytest.mark.parametrize("where", ["site", "study"])
def test_each_address_of_a_cell_is_known(cell: str, found: list[str], where: str) -> None:
    if where == "site":
        make_site_contact(make_site(make_trial()), email=cell)
    else:
        make_central_contact(make_trial(), email=cell)
    make_site_contact(make_site(make_trial()), email="another@x.example; third@x.example")
    asked = [f"{name}@x.example" for name in ("joy", "sam", "o'neil", "ann", "oy", "neil")]
    listed = [f"{name}@x.example" for name in found]
    assert addresses.registered_among(asked) == set(listed)


@pytest.mark.parametrize(
    "cell", ["x@KÄSE.example", "x@xn--kse-qla.example", "a@b.example; x@käse.example"]
)
def test_domain_is_known_in_any_form(cell: str) -> None:
    make_site_contact(make_site(make_trial()), email=cell)
    for domain in ("Käse", "xn--kse-qla"):
        asked = addresses.normal(f"x@{domain}.example")
        assert addresses.registered_among([asked]) == {asked}


def test_looking_reads_by_index_alone() -> None:
    """Plain cells are found by their hash, odd ones by an index of these alone."""
    site = make_site(make_trial())
    for model, where in ((SiteContact, {"site": site}), (CentralContact, {"trial": site.trial})):
        model.objects.bulk_create(
            model(**where, role="CONTACT", position=number, email=f"c{number}@x.example")
            for number in range(2_000)
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE trials_sitecontact, trials_centralcontact")
        cursor.execute("SET LOCAL enable_seqscan = off")
    with CaptureQueriesContext(connection) as queries:
        addresses.registered_among(["joy@x.example"])
    assert len(queries) == 2
    for query in queries:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {query['sql'].replace('%', '%%')}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
        assert "Seq Scan" not in plan
        assert "contact_email " in plan
        assert "contact_email_odd " in plan


def test_nobody_is_looked_for_without_a_question() -> None:
    assert addresses.registered_among([]) == set()
