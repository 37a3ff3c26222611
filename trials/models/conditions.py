"""What a trial is about: the sponsor's own words, and the MeSH terms that the registry derives."""

from django.db import models
from django.urls import reverse

from trials.models.trial import Trial


class Condition(models.Model):
    """A condition in sponsors' words; one row for all spellings with the same slug."""

    # Sorted sign by sign whatever the database's language: a letter is one stretch of an index
    slug = models.CharField(max_length=100, unique=True, db_collation="C")
    name = models.TextField(help_text="As the first record wrote it")
    open_trials = models.PositiveIntegerField(
        db_default=0, editable=False, help_text="Public trials open now or soon that name it"
    )
    all_trials = models.PositiveIntegerField(
        db_default=0, editable=False, help_text="Public trials that name it"
    )

    class Meta:
        indexes = [
            # A letter of the A to Z: search.conditions
            models.Index(
                fields=["slug"], condition=models.Q(open_trials__gt=0), name="condition_open"
            ),
            # The conditions with the most open trials: search.conditions
            models.Index(
                fields=["-open_trials", "slug"],
                condition=models.Q(open_trials__gt=0),
                name="condition_most_open",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the condition's trials."""
        return reverse("condition-detail", args=[self.slug])


class TrialCondition(models.Model):
    """A condition of one trial, in the order and the spelling of its record."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="trial_conditions")
    condition = models.ForeignKey(
        Condition, on_delete=models.PROTECT, related_name="trial_conditions", db_index=False
    )
    name = models.TextField()
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["trial", "condition"],
                name="trialcondition_once",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]
        indexes = [
            # A condition's trials, read from the index alone: pages.condition, indexing.conditions
            models.Index(fields=["condition", "trial"], name="trialcondition_trials"),
        ]

    def __str__(self) -> str:
        return self.name


class MeshTerm(models.Model):
    """A heading of the Medical Subject Headings, such as D008180."""

    ui = models.CharField("unique id", max_length=64, unique=True)
    term = models.TextField()

    def __str__(self) -> str:
        return self.term


class TrialMeshTerm(models.Model):
    """A heading that the registry derived for a trial, or an ancestor of one."""

    class About(models.TextChoices):
        """Which part of the record the heading describes."""

        CONDITION = "CONDITION"
        INTERVENTION = "INTERVENTION"

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="trial_mesh_terms")
    mesh_term = models.ForeignKey(
        MeshTerm, on_delete=models.PROTECT, related_name="trial_mesh_terms", db_index=False
    )
    about = models.CharField(max_length=12, choices=About.choices)
    is_ancestor = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["trial", "mesh_term", "about", "is_ancestor"],
                name="trialmeshterm_once",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]
        indexes = [
            # The newest trials below a heading: search.relatives
            models.Index(
                fields=["mesh_term", "about", "is_ancestor", "trial"], name="trialmeshterm_trials"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mesh_term_id} {self.about}"
