"""What the checks say of one field while it is written."""

from django import forms
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from trials.admin.desk.access import text_view
from trials.admin.desk.forms import LONGEST
from trials.editorial import locks, readiness
from trials.editorial.checks.reading import THRESHOLDS
from trials.editorial.revisions import passages_of, sources_of
from trials.models import EditorialText
from trials.terms.desk import Part
from trials.terms.sources import Source


class CheckForm(forms.Form):
    """One field as it stands in the form."""

    part = forms.ChoiceField(choices=Part.choices)
    words = forms.CharField(required=False, strip=False, max_length=LONGEST)
    sources = forms.MultipleChoiceField(choices=Source.choices, required=False)


@require_POST
@text_view
def check(request: HttpRequest, text: EditorialText, by: User) -> HttpResponse:
    """Answer with grade and findings of a field, and renew the writer's lock."""
    form = CheckForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"error": "Send a field and its words."}, status=400)
    if text.pk is not None and locks.holder(text) == by:
        locks.take(text=text, by=by)
    part = Part(form.cleaned_data["part"])
    saved = sources_of(passages_of(text.head).get(part), part)
    sources = form.cleaned_data["sources"] or saved
    trial = readiness.loaded(text.trial)
    found = readiness.check_part(trial, part, form.cleaned_data["words"], sources)
    return JsonResponse(
        {
            "grade": found.reading.grade_words,
            "grade_value": min(found.reading.grade or 0.0, 16.0),
            "low": THRESHOLDS[part],
            "findings": [
                {
                    "key": finding.key,
                    "level": finding.level.value,
                    "quote": finding.quote[:80],
                    "message": finding.message,
                    "source": finding.source[:300],
                }
                for finding in found.findings
            ],
        }
    )
