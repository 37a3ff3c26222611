"""What a leaflet says where the record changed after our editors held the page against it."""

import re
from collections.abc import Sequence
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.record_versions import make_live, make_versions
from trials.models import EditorialText, Trial
from trials.terms.desk import Part
from trials.terms.sources import UNREMARKABLE, Kind, Source, kinds_of

pytestmark = pytest.mark.django_db

TITLE = "The registry record has changed since our last review"
UNCHECKED = "(from the registry, not yet checked by our editors)"
HOLDS = "What our editors wrote does not rest on what changed."


def page_of(client: Client, trial: Trial) -> str:
    response = client.get(f"/trials/{trial.nct_id}/")
    assert response.status_code == 200
    return response.content.decode()


def notice_of(client: Client, trial: Trial) -> str:
    """Return the notice's HTML, empty where there is none."""
    found = re.search(r'<section class="notice warn.+?</section>', page_of(client, trial), re.S)
    return found[0] if found else ""


def words_of(html: str) -> str:
    said = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    return re.sub(r" ([.,])", r"\1", said)


def make_changed(*changes: Sequence[Source], **values: object) -> Trial:
    """Write a trial that changed after its text was written from the criteria."""
    trial = make.make_trial(**values)
    make.make_site(trial)
    make_live(trial, {Part.GOOD_FIT: [Source.CRITERIA], Part.WHAT_IT_STUDIES: [Source.ARMS]})
    make_versions(trial, *changes)
    return trial


def test_notice_names_what_changed_with_links_and_both_days(pat: Client) -> None:
    trial = make_changed(
        [Source.CENTRAL_CONTACTS, Source.RECORD_DATES],
        [Source.OVERALL_STATUS, Source.ENROLLMENT],
        last_update_posted_date=date(2026, 7, 2),
    )

    notice = notice_of(pat, trial)

    assert "What changed: if it is open, contacts, how it is set up." in words_of(notice)
    assert re.findall(r'<a href="(#\w+)">', notice) == ["#main", "#contacts", "#facts"]
    assert (
        "The record last changed on 2 July 2026. We last reviewed this page on 15 June 2026."
        in (words_of(notice))
    )
    assert HOLDS in notice


def test_change_that_the_registry_gave_no_day_has_the_day_of_our_copy(pat: Client) -> None:
    trial = make_changed([Source.OVERALL_STATUS], last_update_posted_date=date(2026, 6, 15))

    said = words_of(notice_of(pat, trial))

    assert "We copied the change on 22 November 2026. We last reviewed this page on" in said


@pytest.mark.parametrize("source", [s for s in Source if s not in UNREMARKABLE])
def test_notice_leads_to_a_place_on_the_page_for_every_field(pat: Client, source: Source) -> None:
    trial = make_changed([source])

    html = page_of(pat, trial)

    (kind,) = kinds_of([source])
    (anchor,) = re.findall(f'<a href="#(\\w+)">{kind.label}</a>', html)
    assert f'id="{anchor}"' in html


def test_status_of_a_place_leads_to_the_places(pat: Client) -> None:
    notice = notice_of(pat, make_changed([Source.SITE_STATUSES]))

    assert f'<a href="#where">{Kind.STATUS.label}</a>' in notice


@pytest.mark.parametrize(
    "changes",
    [[], [[]], [[Source.KEYWORDS, Source.RECORD_DATES], [Source.MESH_TERMS, Source.NUMBERS]]],
    ids=["no version", "nothing read", "bookkeeping"],
)
def test_change_that_no_reader_reads_shows_nothing(
    pat: Client, changes: list[list[Source]]
) -> None:
    trial = make_changed(*changes, last_update_posted_date=date(2026, 7, 2))

    assert notice_of(pat, trial) == ""


def test_change_before_the_review_shows_nothing(pat: Client) -> None:
    trial = make_changed([Source.CRITERIA])
    EditorialText.objects.update(based_on_version=2)

    assert notice_of(pat, trial) == ""


def test_text_that_is_not_live_shows_nothing(pat: Client) -> None:
    trial = make_changed([Source.CRITERIA])
    EditorialText.objects.update(is_live=False, state=EditorialText.State.UNPUBLISHED)

    assert notice_of(pat, trial) == ""


# --- What of ours rests on it -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (Source.CRITERIA, "may be out of date here: section 3, the checklist in section 5."),
        (Source.ARMS, "may be out of date here: section 2."),
        (Source.SITES, HOLDS),
    ],
)
def test_notice_names_our_words_that_rest_on_the_change(
    pat: Client, source: Source, said: str
) -> None:
    assert said in words_of(notice_of(pat, make_changed([source])))


def test_part_that_our_editors_left_empty_rests_on_nothing(pat: Client) -> None:
    trial = make_changed([Source.ARMS])
    EditorialText.objects.update(what_it_studies="")

    assert HOLDS in notice_of(pat, trial)


def test_checklist_is_not_named_where_there_is_none(pat: Client) -> None:
    trial = make_changed([Source.CRITERIA], overall_status="COMPLETED")

    assert "may be out of date here: section 3." in words_of(notice_of(pat, trial))


def test_text_of_unknown_sources_is_said_to_be_out_of_date(pat: Client) -> None:
    trial = make.make_trial()
    make.make_published_text(trial)
    make_versions(trial, [Source.SITES])

    assert "out of date here: the title, the summary, section 2, section 3, section 4" in words_of(
        notice_of(pat, trial)
    )


# --- New values in place ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "sections"),
    [
        (Source.OVERALL_STATUS, ["cover"]),
        (Source.SITE_STATUSES, ["where"]),
        (Source.SITE_CONTACTS, ["where", "contacts"]),
        (Source.CENTRAL_CONTACTS, ["contacts"]),
        (Source.CRITERIA, []),
    ],
)
def test_new_status_and_contacts_are_said_to_be_unchecked_in_place(
    pat: Client, source: Source, sections: list[str]
) -> None:
    html = page_of(pat, make_changed([source]))

    cover = html[html.index('<header class="sheet') : html.index("</header>\n\n<div")]
    places = {"cover": cover} | dict(
        re.findall(r'<section class="sec num stack" id="(\w+)"(.+?)</section>', html, re.S)
    )
    assert [name for name, part in places.items() if UNCHECKED in part] == sections
    assert html.count(UNCHECKED) == len(sections)


# --- Cost -------------------------------------------------------------------------------------


def test_notice_costs_one_query_to_look_and_one_to_tell(pat: Client) -> None:
    plain, steady, changed = make.make_trial(), make_changed(), make_changed([Source.CRITERIA])
    make.make_site(plain)
    costs = []
    for trial in (plain, plain, steady, changed):
        with CaptureQueriesContext(connection) as queries:
            page_of(pat, trial)
        costs.append(len(queries))

    assert [cost - costs[1] for cost in costs[1:]] == [0, 1, 2]
