"""What came from the registry and how: runs, record versions, problems, renamed ids."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import HashIndex
from django.db import models

from trials.models.trial import Trial
from trials.terms.sources import Source


class ImportRun(models.Model):
    """One run of the importer. A run without an end was stopped; the next one finishes its work."""

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    sources = models.TextField(help_text="The paths that were read")
    read = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    read=models.F("new")
                    + models.F("changed")
                    + models.F("unchanged")
                    + models.F("rejected")
                ),
                name="importrun_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"Run {self.pk} of {self.started_at:%Y-%m-%d %H:%M}"


class RecordVersion(models.Model):
    """One state of a trial's record, as received."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="record_versions")
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="record_versions")
    number = models.PositiveIntegerField(help_text="1 for the first state that we saw")
    content_hash = models.BinaryField(
        max_length=32, help_text="SHA-256 of the canonical JSON without versionHolder"
    )
    data_version = models.CharField(
        max_length=10, blank=True, help_text="The registry's versionHolder: the data's date"
    )
    raw = models.BinaryField(help_text="The record's JSON as received, zstandard-compressed")
    imported_at = models.DateTimeField()
    changed_fields = ArrayField(
        models.CharField(max_length=32, choices=Source.choices),
        default=list,
        blank=True,
        help_text="Which fields differ from the version before; none for the first",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trial", "number"], name="recordversion_number_once"),
        ]
        indexes = [
            # What changed since a review: editorial.staleness
            models.Index(
                fields=["trial", "number"],
                include=["changed_fields", "imported_at"],
                condition=~models.Q(changed_fields=[]),
                name="recordversion_changed",
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number} of {self.trial_id}"


class ImportProblem(models.Model):
    """Something in a source that could not be read or believed."""

    class Kind(models.TextChoices):
        """How much was lost."""

        REJECTED = "REJECTED", "Record rejected"
        ODD_VALUE = "ODD_VALUE", "Odd value in a record"
        CUT_OFF = "CUT_OFF", "Source cut off or unreadable"

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="problems")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    trial = models.ForeignKey(
        Trial, null=True, blank=True, on_delete=models.CASCADE, related_name="import_problems"
    )
    record_version = models.PositiveIntegerField(
        null=True, blank=True, help_text="The version of the trial's record that holds the value"
    )
    nct_id = models.CharField("NCT id", max_length=40, blank=True, help_text="As the source has it")
    source = models.TextField(help_text="File, and member of an archive")
    position = models.TextField(help_text="Line or byte in the source")
    path = models.TextField(blank=True, help_text="Where in the record")
    value = models.TextField(blank=True, help_text="What stood there, shortened")
    message = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(trial__isnull=True, record_version__isnull=True)
                | models.Q(trial__isnull=False, record_version__isnull=False),
                name="importproblem_trial_and_version",
            )
        ]
        indexes = [
            # The newest problems of a kind, of a record, at a place in records: admin.problems
            models.Index(fields=["kind", "-id"], name="importproblem_kind"),
            models.Index(fields=["nct_id", "-id"], name="importproblem_nct_id"),
            HashIndex(fields=["path"], name="importproblem_path"),
        ]

    def __str__(self) -> str:
        return self.message


class IdRedirect(models.Model):
    """An id that the registry once used for a trial (`nctIdAliases`)."""

    nct_id = models.CharField("former NCT id", max_length=11, unique=True)
    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="id_redirects")

    def __str__(self) -> str:
        return f"{self.nct_id} → {self.trial_id}"
