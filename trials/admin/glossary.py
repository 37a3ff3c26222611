"""Words that pages explain: proposing, approving and retiring them, and where they are used."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.dateparse import parse_datetime

from trials.admin.acts import acts_on
from trials.admin.readonly import EstimatedPaginator
from trials.editorial import glossary
from trials.editorial.actions import can
from trials.editorial.checks import reading
from trials.editorial.errors import NotAllowedError
from trials.editorial.term_words import (
    LONGEST_MEANING,
    LONGEST_SPELLING,
    TermWords,
    live_words,
    proposed_words,
)
from trials.models import GlossaryTerm, TermUse
from trials.terms.desk import Part
from trials.terms.difference import Line, compare_text

USES_SHOWN = 100
_Terms = QuerySet[GlossaryTerm]
_AIM = reading.THRESHOLDS[Part.WHAT_IT_STUDIES]


class Seen(forms.Form):
    """Which proposal the person had before them: its time to the microsecond, empty for none."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_seen(self) -> datetime | None:
        """Return the time of the proposal."""
        typed = self.cleaned_data["seen"]
        if not typed:
            return None
        try:
            seen = parse_datetime(typed)
        except ValueError:
            seen = None
        if seen is None or seen.tzinfo is None:
            raise forms.ValidationError("Open the page again.")
        return seen


class Reason(forms.Form):
    """Why something is taken away."""

    reason = forms.CharField(max_length=glossary.LONGEST_REASON)


class SeenReason(Reason, Seen):
    """Why a proposal that the person has read is declined."""


class WordsForm(Seen):
    """Words for a term. The rules for them are the action's own."""

    name = forms.CharField(
        max_length=LONGEST_SPELLING,
        help_text="As the note shows it.",
        widget=forms.TextInput({"size": 60}),
    )
    meaning = forms.CharField(
        widget=forms.Textarea({"rows": 3, "cols": 90}),
        help_text=f"One or two short sentences, up to {LONGEST_MEANING} characters. They follow "
        "the name and a colon, so start with a small letter.",
    )
    variants = forms.CharField(
        label="Other spellings",
        required=False,
        widget=forms.Textarea({"rows": 5, "cols": 60}),
        help_text="One on each line. A spelling in capitals, or with a digit, is found as "
        "written; others in any case.",
    )

    def clean_variants(self) -> list[str]:
        """Return the spellings; blank lines are none."""
        lines = self.cleaned_data["variants"].splitlines()
        return [line for line in lines if line.strip()]


class StandsFilter(admin.SimpleListFilter):
    """What a term waits for, or whether pages explain it."""

    title = "where it stands"
    parameter_name = "stands"
    _CHOICES = (("live", "Explained"), ("waits", "Waits for approval"), ("retired", "Retired"))

    def lookups(self, request: HttpRequest, model_admin: Any) -> tuple[tuple[str, str], ...]:
        """Return the choices."""
        return self._CHOICES

    def queryset(self, request: HttpRequest, queryset: _Terms) -> _Terms:
        """Narrow the list."""
        if self.value() == "waits":
            return queryset.filter(proposed_at__isnull=False)
        if self.value() == "retired":
            return queryset.filter(retired_at__isnull=False)
        if self.value() == "live":
            return queryset.filter(retired_at=None).exclude(meaning="")
        return queryset


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """Terms. Nothing is typed over: words are proposed, and a second person approves them."""

    paginator = EstimatedPaginator
    show_full_result_count = False
    list_per_page = 50
    list_display = ("name", "shown_meaning", "stands", "proposed_by")
    list_select_related = ("proposed_by",)
    list_filter = (StandsFilter,)
    search_fields = ("name", "variants", "meaning", "proposed_name")
    search_help_text = "Part of a word, of another spelling, or of a meaning."
    ordering = ("slug",)
    actions = None

    @admin.display(description="Meaning")
    def shown_meaning(self, term: GlossaryTerm) -> str:
        """Return what pages say, or would say."""
        return term.meaning or term.proposed_meaning

    @admin.display(description="Where it stands")
    def stands(self, term: GlossaryTerm) -> str:
        """Say whether pages explain the term, and what waits."""
        return stands_words(term)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes a term: it is retired, so that its history stays."""
        return False

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show the form for a new term, or propose one."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = WordsForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                term = glossary.propose(by=_person(request), **form.cleaned_data)
            except NotAllowedError as error:
                form.add_error(None, str(error))
            else:
                return self._done(request, term, "The term is proposed. Somebody else approves it.")
        return self._page(request, "A new word to explain", {"form": form})

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """Show a term, or do to it what a button says."""
        term = self.get_object(request, object_id)
        if term is None:
            raise Http404("There is no such term.")
        if not self.has_view_or_change_permission(request, term):
            raise PermissionDenied
        if request.method != "POST":
            return self._term(request, term, _words_form(term))
        if request.POST.get("verb") == "propose":
            return self._propose(request, term)
        return self._act(request, term)

    def _propose(self, request: HttpRequest, term: GlossaryTerm) -> HttpResponse:
        """Propose other words; what breaks a rule stays in the form."""
        form = WordsForm(request.POST)
        if form.is_valid():
            try:
                glossary.propose(term=term, by=_person(request), **form.cleaned_data)
            except NotAllowedError as error:
                form.add_error(None, str(error))
            else:
                return self._done(request, term, "Your words wait for somebody’s approval.")
        term.refresh_from_db()
        # The page shows what waits now: sent again, the words replace it knowingly.
        form.data = request.POST.dict() | {"seen": _stamp(term)}
        return self._term(request, term, form)

    def _act(self, request: HttpRequest, term: GlossaryTerm) -> HttpResponse:
        """Do what a button other than “Propose” says."""
        if (verb := request.POST.get("verb", "")) not in _ACTS:
            raise Http404("There is no such button.")
        form_of, act, said = _ACTS[verb]
        form = form_of(request.POST)
        if not form.is_valid():
            return self._done(request, term, "Say why, in a few words.", messages.ERROR)
        try:
            act(term=term, by=_person(request), **form.cleaned_data)
        except NotAllowedError as error:
            return self._done(request, term, str(error), messages.ERROR)
        return self._done(request, term, said)

    def _done(
        self, request: HttpRequest, term: GlossaryTerm, said: str, level: int = messages.SUCCESS
    ) -> HttpResponse:
        self.message_user(request, said, level)
        return redirect("admin:trials_glossaryterm_change", term.pk)

    def _term(self, request: HttpRequest, term: GlossaryTerm, form: WordsForm) -> HttpResponse:
        context = {
            "term": term,
            "stands": stands_words(term),
            "live": live_words(term) if term.meaning else None,
            "proposed": proposed_words(term) if term.proposed_at else None,
            "grade": _grade(term.meaning),
            "differences": _differences(term),
            "proposed_grade": _grade(term.proposed_meaning),
            "seen": _stamp(term),
            "form": form,
            "acts": acts_on(glossary.subject_of(term)),
        }
        context |= _buttons(term, _person(request)) | _uses(term)
        return self._page(request, f"“{term.name}”", context)

    def _page(self, request: HttpRequest, title: str, context: dict[str, Any]) -> HttpResponse:
        shared = self.admin_site.each_context(request)
        own = {"title": title, "opts": self.opts, "aim": _AIM}
        return TemplateResponse(
            request, "admin/trials/glossaryterm/term.html", shared | own | context
        )


# --- What the buttons do ----------------------------------------------------------------------

# Each verb: the form that it sends, what does it, and what its page says then.
_ACTS: dict[str, tuple[type[forms.Form], Callable[..., None], str]] = {
    "approve": (Seen, glossary.approve, "The words are approved: pages show them now."),
    "decline": (SeenReason, glossary.decline, "The proposal is declined."),
    "retire": (Reason, glossary.retire, "The term is retired: no page explains it any more."),
    "revive": (forms.Form, glossary.revive, "The term is back: pages explain it again."),
}


# --- What the page shows ----------------------------------------------------------------------


def stands_words(term: GlossaryTerm) -> str:
    """Say where a term stands."""
    if term.retired_at:
        return "Retired"
    if term.proposed_at:
        return "Explained; other words wait for approval" if term.meaning else "Waits for approval"
    return "Explained" if term.meaning else "Declined"


def _buttons(term: GlossaryTerm, by: User) -> dict[str, Any]:
    """Return which buttons a person gets, and why they can't approve what waits."""
    why_not = ""
    if term.proposed_at:
        try:
            glossary.check_approve(term=term, by=by)
        except NotAllowedError as error:
            why_not = str(error)
    return {
        "can_propose": can(glossary.check_propose, term=term, by=by),
        "can_approve": bool(term.proposed_at) and not why_not,
        "why_not_approve": why_not,
        "can_decline": can(glossary.check_decline, term=term, by=by),
        "can_retire": can(glossary.check_retire, term=term, by=by),
        "can_revive": can(glossary.check_revive, term=term, by=by),
    }


def _uses(term: GlossaryTerm) -> dict[str, Any]:
    uses = TermUse.objects.filter(term=term)
    shown = uses.select_related("text__trial").order_by("-text_id")[:USES_SHOWN]
    return {"uses": [use.text for use in shown], "uses_count": uses.count()}


def _differences(term: GlossaryTerm) -> list[tuple[str, tuple[Line, ...]]]:
    """Return what a proposal changes, field by field and word by word."""
    if not term.proposed_at:
        return []
    old, new = _fields(live_words(term)), _fields(proposed_words(term))
    return [
        (label, compare_text([old[label]], [new[label]]))
        for label in old
        if old[label] != new[label]
    ]


def _fields(words: TermWords) -> dict[str, str]:
    return {
        "Name": words.name,
        "Meaning": words.meaning,
        "Other spellings": ", ".join(words.variants),
    }


def _grade(meaning: str) -> str:
    value = reading.grade(meaning)
    return "" if value is None else f"{value:.1f}"


def _words_form(term: GlossaryTerm) -> WordsForm:
    """Return the form with the words that wait, or else those that pages show."""
    words = proposed_words(term) if term.proposed_at else live_words(term)
    return WordsForm(
        initial=words.as_json | {"variants": "\n".join(words.variants), "seen": _stamp(term)}
    )


def _stamp(term: GlossaryTerm) -> str:
    return term.proposed_at.isoformat() if term.proposed_at else ""


def _person(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]  # staff alone come here
