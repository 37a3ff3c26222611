"""A registry of any size in a few minutes: rows by SQL, as many and as uneven as real ones.

Trials with a higher key are newer, and the newest are the open ones; one in 500 has 800 sites;
words are as frequent as in a language. Trial `BIG` has 1,000 sites, 100 versions, a large record.
"""

import json
import random
from collections.abc import Callable

import zstandard
from django.contrib.auth.models import Group, User
from django.db import connection

from desk import work
from desk.tables import fill, run, without_indexes
from trials import models
from trials.terms.words import stem

Say = Callable[[str], None]

BIG = 77
_WORDS = 20_000
_TEMPLATES = 40_000
_WORDS_A_TRIAL = 24
# The words that are asked for, where they are as frequent as in the registry: cancer in every 7th
# trial, lupus in one of 170
_NAMED = {
    1: "patient",
    17: "cancer",
    30: "diabetes",
    60: "asthma",
    400: "lupus",
    3000: "narcolepsy",
}
_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ki", "lo", "mu", "na", "pi", "ro", "su", "ta", "vo")
_STAFF = 30


def fill_registry(trials: int, say: Say) -> None:
    """Write everything that the desk shows."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; SELECT setseed(0.42)")
    _people()
    with without_indexes():
        for step in _STEPS:
            say(f"  {step.__name__.strip('_').replace('_', ' ')}: {step(trials):,} rows")
        _sequences()
        say("  indexes …")
    run("ANALYZE")


def vacuum() -> None:
    """Bring visibility up to date, as autovacuum does in its own time."""
    run("VACUUM (ANALYZE)")


def _people() -> None:
    groups = list(Group.objects.all())
    for number in range(_STAFF):
        user = User.objects.create_user(f"staff{number}", is_staff=True)
        user.groups.set(groups[number % 3 :][:1])
    User.objects.create_superuser("chief", "chief@findatrial.example")


def _words(_: int) -> int:
    """Write the vocabulary and texts of 24 words each, of which every trial takes one."""
    dice = random.Random(1)  # noqa: S311  (a bench, no secret)
    with connection.cursor() as cursor:
        cursor.execute("CREATE UNLOGGED TABLE bench_word (k int PRIMARY KEY, word text, stem text)")
        with cursor.copy("COPY bench_word FROM STDIN") as copy:
            for k in range(1, _WORDS + 1):
                word = _NAMED.get(k) or "".join(dice.choices(_SYLLABLES, k=dice.randint(2, 4)))
                copy.write_row((k, word, stem(word)))
    run(
        f"""
        CREATE UNLOGGED TABLE bench_text AS
        SELECT t, string_agg(format('''%s'':%sA', stem, at), ' ')::tsvector AS vector,
               string_agg(word, ' ') FILTER (WHERE at <= 9) AS title
        FROM (SELECT t, at, floor({_WORDS}::float ^ random())::int AS k
              FROM generate_series(0, {_TEMPLATES - 1}) t,
                   generate_series(1, {_WORDS_A_TRIAL}) at) drawn
        JOIN bench_word USING (k) GROUP BY t
        """  # noqa: S608  (numbers of ours)
    )
    run("ALTER TABLE bench_text ADD PRIMARY KEY (t)")
    return _TEMPLATES


def _trials(trials: int) -> int:
    new = f"i > {trials} * 0.75"
    status = f"""(CASE WHEN i = {BIG} THEN 'RECRUITING'
        WHEN {new} THEN (ARRAY['RECRUITING', 'RECRUITING', 'RECRUITING', 'RECRUITING',
            'RECRUITING', 'NOT_YET_RECRUITING', 'COMPLETED', 'ACTIVE_NOT_RECRUITING',
            'ENROLLING_BY_INVITATION', 'SUSPENDED'])[1 + floor(random() * 10)::int]
        WHEN random() < 0.01 THEN 'RECRUITING' WHEN random() < 0.002 THEN 'WITHHELD'
        ELSE (ARRAY['COMPLETED', 'COMPLETED', 'COMPLETED', 'COMPLETED', 'COMPLETED', 'UNKNOWN',
            'TERMINATED', 'WITHDRAWN'])[1 + floor(random() * 8)::int] END)"""
    return fill(
        models.Trial,
        f"generate_series(1, {trials}) i JOIN bench_text ON t = i % {_TEMPLATES} ORDER BY i",
        id="i",
        nct_id="'NCT' || lpad(i::text, 8, '0')",
        brief_title="title || ' ' || i",
        official_title="'A study of ' || title",
        brief_summary="repeat(title || ' ', 8)",
        detailed_description="repeat(title || '. ', 12)",
        overall_status=status,
        study_type="(ARRAY['INTERVENTIONAL', 'INTERVENTIONAL', 'INTERVENTIONAL', 'OBSERVATIONAL'])"
        "[1 + i % 4]",
        completion_date="date '2012-01-01' + (i::float / " + f"{trials} * 6000)::int + i % 700",
        completion_date_precision="(ARRAY['day', 'month'])[1 + i % 2]",
        record_version=f"CASE WHEN i = {BIG} THEN 100 WHEN i % 3 = 0 THEN 2 ELSE 1 END",
        imported_at="now() - i % 900 * interval '1 day'",
        hidden_at="CASE WHEN i % 9000 = 1 THEN now() END",
        hidden_by_id="CASE WHEN i % 9000 = 1 THEN (SELECT min(id) FROM auth_user) END",
        left_registry_on="CASE WHEN i % 700 = 2 THEN date '2026-01-01' END",
    )


def _search_rows(_: int) -> int:
    fill(
        models.CountrySet,
        "generate_series(1, 3000) i",
        id="i",
        codes="ARRAY(SELECT DISTINCT c FROM (SELECT (ARRAY['US', 'US', 'CN', 'FR', 'DE', 'GB', "
        "'JP', 'KE', 'IS'])[1 + (i * n) % 9] FROM generate_series(1, 1 + i % 4) n) s(c) "
        "ORDER BY c) || ('X' || i)",
    )
    open_now = "overall_status IN ('RECRUITING', 'NOT_YET_RECRUITING', 'AVAILABLE')"
    return fill(
        models.SearchRow,
        f"trials_trial JOIN bench_text ON t = id % {_TEMPLATES} "
        "WHERE hidden_at IS NULL AND left_registry_on IS NULL ORDER BY id",
        trial_id="id",
        is_open=open_now,
        signature="id % 1000",
        country_set_id="1 + floor(random() * 3000)::int",
        posted_on="date '2008-01-01' + (id / 100)::int",
        changed_on="imported_at::date",
        vector="vector",
        padding=f"CASE WHEN {open_now} THEN '' ELSE repeat(' ', 2100) END",
    )


def _versions(_: int) -> int:
    fill(
        models.ImportRun,
        "generate_series(1, 300) i",
        id="i",
        started_at="now() - (300 - i) * interval '1 day'",
        finished_at="now() - (300 - i) * interval '1 day'",
        sources="'/data/registry-' || i",
        read="2000",
        new="500",
        changed="1000",
        unchanged="500",
    )
    said = {
        "trial_id": "id",
        "run_id": "1 + number % 300",
        "number": "number",
        "content_hash": "decode(md5(id::text || number), 'hex')",
        "imported_at": "imported_at",
        "changed_fields": "CASE WHEN number > 1 THEN (ARRAY['{overall_status}', '{keywords}', "
        "'{criteria,ages}', '{site_contacts}'])[1 + (id + number) % 4]::varchar[] ELSE '{}' END",
    }
    # Where the number of a version is 100 the record is a large one.
    small, large = _record(4), _record(6_000)
    return fill(
        models.RecordVersion,
        "trials_trial, generate_series(1, record_version) number ORDER BY number, id",
        raw=f"decode(CASE WHEN number = 100 THEN '{large}' ELSE '{small}' END, 'hex')",
        **said,
    )


def _record(outcomes: int) -> str:
    """Return the bytes of a record in hexadecimal digits; 6,000 outcomes make two megabytes."""
    measures = [
        {"measure": f"Hours of sleep {n}", "description": "x" * 280} for n in range(outcomes)
    ]
    record = {
        "protocolSection": {
            "identificationModule": {"nctId": f"NCT{BIG:08}", "briefTitle": "Sea air"},
            "outcomesModule": {"primaryOutcomes": measures},
        }
    }
    return zstandard.compress(json.dumps(record).encode()).hex()


def _facts(trials: int) -> int:
    """Write what belongs to a trial, beside its places."""
    every = "trials_trial ORDER BY id"
    several = "trials_trial, generate_series(1, {}) n ORDER BY id"
    fill(models.Sponsor, f"generate_series(1, {trials // 12}) i", id="i", name="'Institute ' || i")
    fill(
        models.Condition,
        f"generate_series(1, {trials // 4}) i JOIN bench_word ON k = 1 + i % {_WORDS}",
        id="i",
        slug="word || '-' || i",
        name="word || ' ' || i",
    )
    written = [
        fill(
            models.Eligibility,
            every,
            trial_id="id",
            criteria_text="repeat(brief_title || E'\\n', 20)",
        ),
        fill(
            models.TrialSponsor,
            every,
            trial_id="id",
            sponsor_id=f"1 + floor(random() * {trials // 12})::int",
            role="'LEAD'",
        ),
        fill(
            models.TrialCondition,
            several.format(2),
            trial_id="id",
            condition_id=f"1 + (id * 7 + n) % {trials // 4}",
            name="brief_title",
            position="n",
        ),
        fill(
            models.Criterion,
            several.format(f"CASE WHEN id = {BIG} THEN 300 ELSE 4 END"),
            trial_id="id",
            position="n",
            section="'inclusion'",
            role="'item'",
            text="brief_title",
        ),
        fill(
            models.OutcomeMeasure,
            several.format(f"CASE WHEN id = {BIG} THEN 300 ELSE 3 END"),
            trial_id="id",
            kind="'PRIMARY'",
            position="n",
            measure="brief_title",
        ),
        fill(models.Arm, several.format(2), trial_id="id", position="n", label="'Arm ' || n"),
        fill(models.Intervention, every, trial_id="id", name="'Drug ' || id % 90000"),
        fill(
            models.Reference, "trials_trial WHERE id % 2 = 0", trial_id="id", citation="brief_title"
        ),
        fill(
            models.IdRedirect,
            "trials_trial WHERE id % 100 = 0",
            trial_id="id",
            nct_id="'NCT9' || lpad(id::text, 7, '0')",
        ),
    ]
    return sum(written)


def _sites(trials: int) -> int:
    """Write places; as in the registry only open trials say how their places stand."""
    facilities = int(trials * 1.2)
    fill(
        models.Facility,
        f"generate_series(1, {facilities}) i",
        id="i",
        name="(ARRAY['University Hospital ', 'Clinic ', 'Research Site '])[1 + i % 3] || i",
        city="'City ' || i % 9000",
        country="(ARRAY['United States', 'United States', 'China', 'France', 'Germany', "
        "'Japan', 'Kenya', 'Iceland'])[1 + (i * 13) % 8]",
        key="md5(i::text)::uuid",
    )
    amount = f"""CASE WHEN id = {BIG} THEN 1000 WHEN id % 500 = 3 THEN 800
        WHEN id % 25 = 4 THEN 50 ELSE 1 + id % 4 END"""
    return fill(
        models.Site,
        f"trials_trial, generate_series(1, {amount}) n ORDER BY trials_trial.id",
        trial_id="trials_trial.id",
        facility_id=f"1 + floor(random() * {facilities})::int",
        position="n",
        recruitment_status="CASE WHEN overall_status = 'RECRUITING' THEN 'RECRUITING' ELSE '' END",
        latitude="CASE WHEN (trials_trial.id * 31 + n * 7) % 67 = 0 THEN NULL ELSE 40 END",
        longitude="CASE WHEN (trials_trial.id * 31 + n * 7) % 67 = 0 THEN NULL ELSE 10 END",
    )


def _contacts(_: int) -> int:
    is_open = "overall_status IN ('RECRUITING', 'NOT_YET_RECRUITING')"
    said = {"name": "'Study desk'", "role": "'CONTACT'", "phone": "'+1 555 0100'", "position": "0"}
    return fill(
        models.CentralContact,
        f"trials_trial WHERE {is_open} AND id % 13 <> 5",
        trial_id="id",
        **said,
    ) + fill(
        models.SiteContact,
        "trials_site s JOIN trials_trial t ON t.id = s.trial_id "
        f"WHERE {is_open} AND (s.trial_id + s.position) % 5 < 3",
        site_id="s.id",
        name="'Ward desk'",
        role="'CONTACT'",
        position="0",
    )


def _sequences() -> None:
    """Let new rows get the keys after those that were given here."""
    for model in (
        models.Trial,
        models.CountrySet,
        models.ImportRun,
        models.Sponsor,
        models.Condition,
        models.Facility,
        models.EditorialText,
        models.Revision,
    ):
        table = model._meta.db_table
        run(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")  # noqa: S608  (our own table)


_STEPS = (
    _words,
    _trials,
    _search_rows,
    _versions,
    _facts,
    _sites,
    _contacts,
    work.texts,
    work.problems,
    work.acts_and_words,
)
