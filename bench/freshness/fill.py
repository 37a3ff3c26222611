"""What a registry of the desk's bench has not: answers of study teams, corrections, reports.

Every third open site was answered for in the last 120 days; the registry has since changed one in
twenty of those. One answer in fifteen says that the site takes nobody, and one in forty brought
another status, which an editor accepted.
"""

import json
from dataclasses import replace

from desk.tables import fill, run
from django.contrib.auth.models import User
from django.db import connection

from trials import models
from trials.coordinators.details import kept
from trials.coordinators.freshness import listed_as_open
from trials.terms.contacts import ContactDetails, Details

# The only contact that the desk's bench writes.
_WARD_DESK = ContactDetails("Ward desk", "", "", "")


def fill_answers(trials: int) -> None:
    """Write answers, a correction to each tenth of them, and reports on each fiftieth trial."""
    person = User.objects.order_by("pk")[0].pk
    team = models.Coordinator.objects.create(address="team@study.example").pk
    _open_sites()
    answers = fill(
        models.Confirmation,
        "bench_open_site s WHERE number % 3 = 0 ORDER BY number",
        trial_id="trial_id",
        site_id="id",
        site_label="'Ward'",
        digests=f"CASE WHEN number % 60 = 0 THEN '{_digests('COMPLETED')}' "
        f"WHEN has_contact THEN '{_digests('RECRUITING', _WARD_DESK)}' "
        f"ELSE '{_digests('RECRUITING')}' END::jsonb",
        answer="CASE WHEN number % 45 = 0 THEN 'NOT_RECRUITING' ELSE 'RIGHT' END",
        confirmed_at="now() - number % 120 * interval '1 day'",
        coordinator_id=str(team),
    )
    fill(
        models.Correction,
        "trials_confirmation c WHERE c.id % 10 = 0",
        trial_id="trial_id",
        site_id="site_id",
        site_label="site_label",
        confirmation_id="c.id",
        field="'PHONE'",
        fate="(ARRAY['ACCEPTED', 'DECLINED', 'AGREED', 'WAITING'])[1 + c.id / 10 % 4]",
        decided_at="CASE WHEN c.id / 10 % 4 < 3 THEN now() END",
        decided_by_id=f"CASE WHEN c.id / 10 % 4 < 3 THEN {person} END",
        ended_on="CASE WHEN c.id / 10 % 4 = 2 THEN current_date END",
    )
    fill(
        models.Correction,
        "trials_confirmation c WHERE c.id % 40 = 7",
        trial_id="trial_id",
        site_id="site_id",
        site_label="site_label",
        confirmation_id="c.id",
        field="'STATUS'",
        registry_value="'RECRUITING'",
        new_value="'COMPLETED'",
        fate="'ACCEPTED'",
        decided_at="confirmed_at",
        decided_by_id=str(person),
    )
    fill(
        models.ReaderReport,
        f"generate_series(1, {trials // 50}) i",
        trial_id="i",
        kind="'WRONG'",
        reported_on="current_date - i % 300",
        closed_at="CASE WHEN i % 4 > 0 THEN now() - i % 300 * random() * interval '1 day' END",
        closed_by_id=f"CASE WHEN i % 4 > 0 THEN {person} END",
        outcome="CASE WHEN i % 4 > 0 THEN 'CORRECTED' ELSE '' END",
    )
    run("VACUUM (ANALYZE) trials_confirmation")
    if not answers:
        raise ValueError("no site is open")


def _open_sites() -> None:
    """Number the sites that are counted, each with whether it has a contact."""
    sites, parameters = listed_as_open().order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE bench_open_site AS "  # noqa: S608  (a statement of the portal)
            "SELECT site.id, site.trial_id, row_number() OVER (ORDER BY site.id) AS number, "
            "EXISTS (SELECT FROM trials_sitecontact WHERE site_id = site.id) AS has_contact "
            f"FROM trials_site site WHERE site.id IN ({sites})",
            parameters,
        )


def _digests(status: str, *people: ContactDetails) -> str:
    digests = Details(people, status, "RECRUITING").digests
    # As answers are that were given before places were looked at: every site has one of its own.
    return json.dumps(kept(replace(digests, place="")))
