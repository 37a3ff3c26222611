"""The trial: what one registry record says of a study as a whole."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse

from trials.models.fields import (
    code_field,
    codes_field,
    paired,
    paired_date,
    partial_date_fields,
)
from trials.models.querysets import TrialQuerySet
from trials.terms import registry

DATES = (
    "start_date",
    "primary_completion_date",
    "completion_date",
    "first_posted_date",
    "results_first_posted_date",
    "last_update_posted_date",
    "status_verified_date",
)


# Whom people can ask to join, now or soon. Sorted: migrations write the statuses down.
OPEN_AND_PUBLIC = models.Q(
    hidden_at__isnull=True,
    left_registry_on__isnull=True,
    overall_status__in=sorted(registry.OPEN_NOW | registry.OPEN_SOON),
)


class PublicTrials(models.Manager.from_queryset(TrialQuerySet)):  # type: ignore[misc]  # a base made at run time
    """Trials that people may see."""

    def get_queryset(self) -> TrialQuerySet:
        """Return what pages, feeds and the API may show."""
        return super().get_queryset().public()  # type: ignore[no-any-return]  # of that base


class Trial(models.Model):
    """One study of the registry, under its canonical NCT id.

    Pages, feeds and the API read through `Trial.public`; the importer and the admin through
    `Trial.everything`. There is no plain `objects`: nobody shows a hidden trial by habit.
    """

    nct_id = models.CharField("NCT id", max_length=11, unique=True)
    brief_title = models.TextField(blank=True)
    official_title = models.TextField(blank=True)
    acronym = models.TextField(blank=True)
    brief_summary = models.TextField(blank=True)
    detailed_description = models.TextField(blank=True)
    keywords = ArrayField(models.TextField(), default=list, blank=True)

    overall_status = code_field(registry.OverallStatus)
    last_known_status = code_field(registry.OverallStatus)
    why_stopped = models.TextField(blank=True)
    has_results = models.BooleanField(default=False)
    expanded_access_nct_id = models.CharField(
        max_length=11,
        blank=True,
        db_default="",
        help_text="The record of the same treatment outside a trial, as this record names it",
    )
    expanded_access_status = code_field(registry.OverallStatus, db_default="")

    study_type = code_field(registry.StudyType)
    phases = codes_field(registry.Phase)
    primary_purpose = code_field(registry.PrimaryPurpose)
    allocation = code_field(registry.Allocation)
    intervention_model = code_field(registry.InterventionModel)
    intervention_model_description = models.TextField(blank=True)
    masking = code_field(registry.Masking)
    who_masked = codes_field(registry.WhoMasked)
    masking_description = models.TextField(blank=True)
    observational_model = code_field(registry.ObservationalModel)
    time_perspective = code_field(registry.TimePerspective)
    target_duration = models.TextField(blank=True)
    expanded_access_types = codes_field(registry.ExpandedAccessType)
    enrollment_count = models.PositiveIntegerField(null=True, blank=True)
    enrollment_type = code_field(registry.EnrollmentType)

    start_date, start_date_precision, start_date_type = partial_date_fields("First person joins")
    (
        primary_completion_date,
        primary_completion_date_precision,
        primary_completion_date_type,
    ) = partial_date_fields("Last measurement of the main outcome")
    completion_date, completion_date_precision, completion_date_type = partial_date_fields(
        "Last visit of the last person"
    )
    first_posted_date, first_posted_date_precision, first_posted_date_type = partial_date_fields(
        "Record first shown by the registry"
    )
    (
        results_first_posted_date,
        results_first_posted_date_precision,
        results_first_posted_date_type,
    ) = partial_date_fields("Results first shown by the registry")
    (
        last_update_posted_date,
        last_update_posted_date_precision,
        last_update_posted_date_type,
    ) = partial_date_fields("Record last changed")
    status_verified_date, status_verified_date_precision, status_verified_date_type = (
        partial_date_fields("Record last verified by the sponsor")
    )

    record_version = models.PositiveIntegerField(
        default=0, help_text="Number of the RecordVersion that these facts come from"
    )
    imported_at = models.DateTimeField(help_text="When these facts were last written")

    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="hidden_trials",
    )
    hidden_reason = models.TextField(blank=True)
    left_registry_on = models.DateField(
        null=True, blank=True, help_text="The day the registry stopped listing the record"
    )

    everything = models.Manager.from_queryset(TrialQuerySet)()
    public = PublicTrials()

    class Meta:
        default_manager_name = "everything"
        indexes = [
            # The trials of one condition, open ones first: TrialQuerySet.public + .open_first
            models.Index(
                fields=["id"],
                include=["overall_status", "last_update_posted_date"],
                condition=models.Q(hidden_at__isnull=True, left_registry_on__isnull=True),
                name="trial_public_state",
            ),
            # The newest trials of a status, of a type: admin.trials
            models.Index(fields=["overall_status", "-id"], name="trial_status"),
            models.Index(fields=["study_type", "-id"], name="trial_type"),
            # The trials that people can't see: admin.trials
            models.Index(
                fields=["-id"],
                condition=models.Q(hidden_at__isnull=False)
                | models.Q(left_registry_on__isnull=False),
                name="trial_not_public",
            ),
            # Trials without contacts, the newest first; whose trial is open: models.problem_lists
            models.Index(fields=["-id"], condition=OPEN_AND_PUBLIC, name="trial_open"),
            # Open trials past their completion date: models.problem_lists
            models.Index(
                fields=["completion_date", "-id"],
                include=["completion_date_precision"],
                condition=OPEN_AND_PUBLIC,
                name="trial_open_completion",
            ),
        ]
        constraints = [
            *(paired_date(name) for name in DATES),
            paired("hidden_at", "hidden_by", "trial_hidden_pair"),
            models.CheckConstraint(
                condition=models.Q(nct_id__regex=r"^NCT[0-9]{8}$"), name="trial_nct_id_canonical"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nct_id} {self.brief_title}"

    def get_absolute_url(self) -> str:
        """Return the address of the trial's page."""
        return reverse("trial-detail", args=[self.nct_id])

    @property
    def is_public(self) -> bool:
        """Whether people may see the trial; the same rule as `TrialQuerySet.public`."""
        return self.hidden_at is None and self.left_registry_on is None
