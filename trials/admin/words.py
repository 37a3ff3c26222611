"""Everyday words and medical words, and our introductions to conditions."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse

from trials import models
from trials.admin.acts import acts_on
from trials.admin.readonly import EstimatedPaginator
from trials.editorial import words
from trials.editorial.errors import NotAllowedError
from trials.editorial.short_words import check_claims
from trials.terms.words import phrase_key

_Synonyms = QuerySet[models.Synonym]


class SynonymForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """A pair of wordings; a pair that is there already is told, not doubled."""

    class Meta:
        model = models.Synonym
        fields = ("words", "also", "one_way", "note")
        widgets = {name: forms.TextInput({"size": 60}) for name in ("words", "also", "note")}

    def clean(self) -> dict[str, Any] | None:
        """Fold a new pair into its keys; the wordings of one that is there don't change."""
        data = super().clean() or {}
        if data.get("words") and data.get("also"):
            try:
                keys = words.check_new(data["words"], data["also"])
            except NotAllowedError as error:
                raise forms.ValidationError(str(error)) from None
            self.instance.words_key, self.instance.also_key = keys
        return data


@admin.register(models.Synonym)
class SynonymAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """Pairs of wordings. One that does harm is struck in the list, never deleted.

    Its wordings stay as they are: the project's pairs are added again where they are missing.
    """

    form = SynonymForm
    paginator = EstimatedPaginator
    show_full_result_count = False
    # Both would read half a million pairs.
    sortable_by = ()
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    list_display = ("words", "also", "both_ways", "origin", "trials", "counts", "note")
    list_filter = ("origin", ("struck_at", admin.EmptyFieldListFilter))
    search_fields = ("words",)
    search_help_text = "One wording of the pair in full, as heart attack."
    ordering = ("words_key", "also_key")
    actions = ("strike_pairs", "restore_pairs")
    fields = ("words", "also", "one_way", "note")
    _only_shown = ("searches", "origin", "trials", "struck_at", "struck_by")

    @admin.display(description="Both ways", boolean=True)
    def both_ways(self, pair: models.Synonym) -> bool:
        """Whether a search for the second wording also looks for the first."""
        return pair.origin == models.Synonym.Origin.EDITOR and not pair.one_way

    @admin.display(description="Counts", boolean=True)
    def counts(self, pair: models.Synonym) -> bool:
        """Whether searches use the pair: nobody struck it."""
        return pair.struck_at is None

    @admin.display(description="What searches do")
    def searches(self, pair: models.Synonym) -> str:
        """Say which searches the pair changes, and how."""
        if pair.struck_at:
            return "Nothing: the pair is struck."
        return " ".join(words.searches_of(pair))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Return the fields of the form; where a pair comes from only once it is there."""
        return (*self.fields, *self._only_shown) if obj else self.fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Return what can't be changed: the wordings, and all of a learned pair but its note."""
        if obj is None:
            return ()
        learned = obj.origin != models.Synonym.Origin.EDITOR
        return ("words", "also", *(("one_way",) if learned else ()), *self._only_shown)

    def get_search_results(
        self, request: HttpRequest, queryset: _Synonyms, search_term: str
    ) -> tuple[_Synonyms, bool]:
        """Find pairs by a whole wording, as a search does: there may be half a million."""
        key = phrase_key(search_term)
        if not key:
            return queryset, False
        return queryset.filter(Q(words_key=key) | Q(also_key=key)), False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes a pair: it would be learned or loaded again."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Add a pair, or save what may change of one."""
        (words.change if change else words.add)(pair=obj, by=_person(request))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show a pair's history with its form."""
        pair = self.get_object(request, object_id)
        done = {"acts": acts_on(words.subject_of(pair))} if pair else {}
        return super().change_view(request, object_id, form_url, done | (extra_context or {}))

    @admin.action(description="Strike the chosen pairs", permissions=["change"])
    def strike_pairs(self, request: HttpRequest, chosen: _Synonyms) -> None:
        """Let pairs count no longer."""
        for pair in chosen.filter(struck_at=None):
            words.strike(pair=pair, by=_person(request))
        self.message_user(request, "The chosen pairs are struck: searches don't use them any more.")

    @admin.action(description="Restore the chosen pairs", permissions=["change"])
    def restore_pairs(self, request: HttpRequest, chosen: _Synonyms) -> None:
        """Let pairs count again."""
        for pair in chosen.exclude(struck_at=None):
            words.restore(pair=pair, by=_person(request))
        self.message_user(request, "The chosen pairs are restored: searches use them again.")


class IntroductionForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """Our words about a condition; they promise nothing."""

    class Meta:
        model = models.ConditionIntroduction
        fields = ("condition", "text", "reviewed_on")

    def clean_text(self) -> str:
        """Return the words as typed."""
        text: str = self.cleaned_data["text"]
        try:
            check_claims(text)
        except NotAllowedError as error:
            raise forms.ValidationError(str(error)) from None
        return text


@admin.register(models.ConditionIntroduction)
class ConditionIntroductionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """Our plain words on top of a condition's page."""

    form = IntroductionForm
    paginator = EstimatedPaginator
    show_full_result_count = False
    list_display = ("condition", "reviewed_on", "text")
    list_select_related = ("condition",)
    search_fields = ("condition__slug__startswith",)
    search_help_text = "How the address of the condition starts, such as lupus."
    autocomplete_fields = ("condition",)
    ordering = ("-id",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Return what can't be changed: an introduction never moves to another condition."""
        return ("condition",) if obj else ()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save our words; the condition's page shows them at once."""
        words.save_introduction(introduction=obj, by=_person(request))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Take our words off the condition's page."""
        words.delete_introduction(introduction=obj, by=_person(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Take introductions off one by one: each is an act of its own."""
        for introduction in queryset.select_related("condition"):
            words.delete_introduction(introduction=introduction, by=_person(request))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show an introduction's history with its form."""
        introduction = self.get_object(request, object_id)
        done = {"acts": acts_on(words.introduction_subject(introduction))} if introduction else {}
        return super().change_view(request, object_id, form_url, done | (extra_context or {}))


def _person(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]  # staff alone come here
