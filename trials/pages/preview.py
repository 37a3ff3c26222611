"""A text as patients will see it before it is published: a private address of the desk."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from trials.editorial.permissions import is_at_desk
from trials.models import Revision, Trial
from trials.pages.presenters.rows import with_rows
from trials.pages.presenters.trial import present
from trials.terms.desk import Part
from trials.terms.values import canonical_nct_id


@never_cache
@require_GET
def trial_preview(request: HttpRequest, nct: str) -> HttpResponse:
    """Show a trial's leaflet with the newest revision in the place of the live words."""
    if not is_at_desk(request.user):  # type: ignore[arg-type]  # staff alone come here
        raise Http404("Previews are for the editorial desk.")
    try:
        nct_id = canonical_nct_id(nct)
    except ValueError:
        raise Http404("That is no trial number.") from None
    trial = with_rows(Trial.everything.all()).filter(nct_id=nct_id).first()
    revision = _newest(trial)
    if trial is None or revision is None:
        raise Http404("Nobody has written about this trial yet.")
    _as_if_published(trial, revision)
    context = {"page": present(trial), "preview": revision}
    return render(request, "trials/preview.html", context)


def _newest(trial: Trial | None) -> Revision | None:
    text = getattr(trial, "editorial", None)
    return text.head if text else None


def _as_if_published(trial: Trial, revision: Revision) -> None:
    """Put a revision's words in the place of the live ones, in memory only."""
    text = trial.editorial
    for part in Part:
        setattr(text, part.value, getattr(revision, part.value))
    text.is_live, text.live = True, revision
    text.reviewed_on = timezone.now().date()
    text.based_on_version = trial.record_version
