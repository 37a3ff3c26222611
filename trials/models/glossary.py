"""Medical words that pages explain: editorial content, changed by proposal and approval."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from trials.models.editorial import EditorialText
from trials.models.fields import paired


class GlossaryTerm(models.Model):
    """A word and its plain meaning. What is proposed waits for a second person's approval."""

    slug = models.SlugField(max_length=80, unique=True, help_text="The word in addresses")
    name = models.TextField(help_text="As the note shows it")
    meaning = models.TextField(
        blank=True, help_text="One or two short sentences; empty until the first approval"
    )
    variants = ArrayField(
        models.TextField(),
        default=list,
        blank=True,
        help_text="Other spellings that pages explain as well",
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="approved_terms",
    )
    retired_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when no page explains the word any more"
    )
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="retired_terms",
    )
    proposed_name = models.TextField(blank=True)
    proposed_meaning = models.TextField(blank=True)
    proposed_variants = ArrayField(models.TextField(), default=list, blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="proposed_terms",
    )

    class Meta:
        constraints = [
            paired("approved_at", "approved_by", "glossaryterm_approved_pair"),
            paired("retired_at", "retired_by", "glossaryterm_retired_pair"),
            paired("proposed_at", "proposed_by", "glossaryterm_proposed_pair"),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | ~Q(meaning=""),
                name="glossaryterm_approved_has_meaning",
            ),
            models.CheckConstraint(
                condition=Q(proposed_at__isnull=False, proposed_meaning__gt="")
                | Q(proposed_at__isnull=True, proposed_meaning=""),
                name="glossaryterm_proposal_has_meaning",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TermUse(models.Model):
    """That a live text uses a term; written when the text or the term goes live."""

    term = models.ForeignKey(GlossaryTerm, on_delete=models.CASCADE, related_name="uses")
    text = models.ForeignKey(EditorialText, on_delete=models.CASCADE, related_name="term_uses")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["term", "text"], name="termuse_once"),
        ]

    def __str__(self) -> str:
        return f"{self.term_id} in {self.text_id}"
