"""What a trial is about: the sponsor's own words, and the MeSH terms that the registry derives."""

from django.db import models
from django.urls import reverse

from trials.models.trial import Trial


class Condition(models.Model):
    """A condition in sponsors' words; one row for all spellings with the same slug."""

    slug = models.CharField(max_length=100, unique=True)
    name = models.TextField(help_text="As the first record wrote it")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the condition's trials."""
        return reverse("condition-detail", args=[self.slug])


class TrialCondition(models.Model):
    """A condition of one trial, in the order and the spelling of its record."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="trial_conditions")
    condition = models.ForeignKey(
        Condition, on_delete=models.PROTECT, related_name="trial_conditions"
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
        MeshTerm, on_delete=models.PROTECT, related_name="trial_mesh_terms"
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

    def __str__(self) -> str:
        return f"{self.mesh_term_id} {self.about}"
