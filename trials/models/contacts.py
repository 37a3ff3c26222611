"""People to ask and people in charge. Registry text: what was typed is kept as typed."""

from django.db import models

from trials.models.fields import code_field
from trials.models.sites import Site
from trials.models.trial import Trial
from trials.terms.registry import ContactRole


class Contact(models.Model):
    """A person or office with a telephone number, an e-mail address or only a name."""

    position = models.PositiveIntegerField()
    name = models.TextField(blank=True)
    role = code_field(ContactRole)
    phone = models.TextField(blank=True)
    phone_ext = models.TextField(blank=True)
    email = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(name="", phone="", email=""), name="%(class)s_says_something"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.phone or self.email


class CentralContact(Contact):
    """A contact for the whole trial."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="central_contacts")


class SiteContact(Contact):
    """A contact at one site."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="contacts")


class SiteInvestigator(models.Model):
    """A researcher in charge at one site."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="investigators")
    position = models.PositiveIntegerField()
    name = models.TextField()
    role = code_field(ContactRole)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class OverallOfficial(models.Model):
    """A lead researcher of the whole trial."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="overall_officials")
    position = models.PositiveIntegerField()
    name = models.TextField()
    role = code_field(ContactRole)
    affiliation = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name
