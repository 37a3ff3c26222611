"""What a record points to: publications, links, and the study's other numbers."""

from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import Upper

from trials.models.fields import code_field
from trials.models.trial import Trial
from trials.terms.registry import ReferenceType, SecondaryIdType


class Reference(models.Model):
    """A publication that the record cites."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="references")
    position = models.PositiveIntegerField()
    pmid = models.TextField("PubMed id", blank=True)
    type = code_field(ReferenceType)
    citation = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.citation[:80]


class Link(models.Model):
    """A web page that the record names."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="links")
    position = models.PositiveIntegerField()
    label = models.TextField(blank=True)
    url = models.TextField("address")

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.label or self.url


# A number without its punctuation, in capitals: people write numbers in many ways.
BARE_VALUE = Upper(
    Func(
        F("value"),
        Value("[^A-Za-z0-9]+"),
        Value(""),
        Value("g"),
        function="REGEXP_REPLACE",
        output_field=models.TextField(),
    )
)


class SecondaryId(models.Model):
    """Another number under which the same study is known."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="secondary_ids")
    position = models.PositiveIntegerField()
    value = models.TextField()
    type = code_field(SecondaryIdType)
    domain = models.TextField(blank=True)
    link = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        indexes = [
            # A trial by one of its other numbers: search
            models.Index(BARE_VALUE, name="secondaryid_bare"),
        ]

    def __str__(self) -> str:
        return self.value
