"""Addresses of the desk, below the admin's."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from trials.admin.desk import (
    act,
    answer,
    bulk,
    check,
    contacts,
    coordinators,
    history,
    mail,
    registry_sheet,
    site,
    site_list,
    take_away,
    write,
)


def desk_urls(guarded: Callable[[Any], Any]) -> list[URLPattern]:
    """Return the desk's routes; `guarded` keeps everybody but staff out."""
    return [
        path("desk/bulk/", guarded(bulk.bulk), name="desk-bulk"),
        path("desk/export.csv", guarded(bulk.export), name="desk-export"),
        path("desk/contacts.csv", guarded(contacts.contacts), name="desk-contacts"),
        path("desk/answers/<int:answer>/", guarded(answer.answer), name="desk-answer"),
        path("desk/coordinators/", guarded(coordinators.coordinators), name="desk-coordinators"),
        path("desk/coordinators/list/", guarded(site_list.site_list), name="desk-site-list"),
        path(
            "desk/coordinators/list/not-given.csv",
            guarded(site_list.not_given),
            name="desk-not-given",
        ),
        path(
            "desk/coordinators/<int:row>/take-away/",
            guarded(take_away.take_away),
            name="desk-take-away",
        ),
        path("desk/mail/", guarded(mail.mail), name="desk-mail"),
        path("desk/sites/<int:site>/", guarded(site.site_contact), name="desk-site"),
        path(
            "desk/sites/<int:site>/coordinators/",
            guarded(coordinators.site_coordinators),
            name="desk-site-coordinators",
        ),
        path(
            "desk/sites/<int:site>/registry-sheet/",
            guarded(registry_sheet.registry_sheet),
            name="desk-registry-sheet",
        ),
        path("desk/<nct>/", guarded(write.write), name="desk-text"),
        path("desk/<nct>/act/", guarded(act.act), name="desk-act"),
        path("desk/<nct>/check/", guarded(check.check), name="desk-check"),
        path("desk/<nct>/history/", guarded(history.history), name="desk-history"),
    ]
