"""Our own texts, to write and publish."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from trials import models
from trials.admin.readonly import EstimatedPaginator
from trials.editorial import actions


@admin.register(models.EditorialText)
class EditorialTextAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """One trial's text. Publishing is an action of the list, so that nobody does it by a slip."""

    paginator = EstimatedPaginator
    show_full_result_count = False
    list_display = ("trial", "plain_title", "state", "reviewed_on", "based_on_version")
    list_filter = ("state",)
    list_select_related = ("trial",)
    search_fields = ("=trial__nct_id", "plain_title")
    search_help_text = "A trial number, or words of the plain title."
    autocomplete_fields = ("trial",)
    readonly_fields = ("state", "based_on_version", "published_at", "published_by")
    ordering = ("-id",)
    actions = ("publish_texts", "unpublish_texts")
    fieldsets = (
        (None, {"fields": ("trial", "state", "based_on_version", "published_at", "published_by")}),
        ("About the trial", {"fields": ("plain_title", "plain_summary", "what_it_studies")}),
        ("Who should consider it", {"fields": ("good_fit", "not_a_fit")}),
        ("Why it matters", {"fields": ("potential_benefit", "similar_studies")}),
        ("Taking part", {"fields": ("taking_part",)}),
        (
            "Review",
            {
                "fields": ("reviewed_on",),
                "description": "Saving a published text changes the public page at once.",
            },
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Return the fields that a form shows only; a text never moves to another trial."""
        return (*self.readonly_fields, "trial") if obj else self.readonly_fields

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save a text, and what searches find of it."""
        actions.save(text=obj)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete a text, and what searches find of it."""
        actions.delete(text=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Delete texts one by one: bulk deletion would leave what searches find."""
        for text in queryset:
            actions.delete(text=text)

    @admin.action(description="Publish the chosen texts", permissions=["change"])
    def publish_texts(self, request: HttpRequest, chosen: QuerySet[models.EditorialText]) -> None:
        """Publish texts; one that is not ready says why."""
        for text in chosen.select_related("trial"):
            try:
                actions.publish(text=text, by=request.user)  # type: ignore[arg-type]
            except actions.NotAllowedError as error:
                self.message_user(request, f"{text.trial.nct_id}: {error}", messages.ERROR)
            else:
                self.message_user(request, f"{text.trial.nct_id}: published.")

    @admin.action(description="Take the chosen texts back", permissions=["change"])
    def unpublish_texts(self, request: HttpRequest, chosen: QuerySet[models.EditorialText]) -> None:
        """Unpublish texts."""
        for text in chosen:
            actions.unpublish(text=text)
        self.message_user(request, "The chosen texts are drafts again.")
