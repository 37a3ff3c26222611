"""People to ask and people in charge. Registry text: what was typed is kept as typed."""

from django.db import models
from django.db.models.functions import MD5, Upper

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


def address_index(name: str) -> models.Index:
    """Return an index by which an address is known as one of the registry: coordinators.registered.

    By a hash: registry text has any length, and an index entry a bound.
    """
    return models.Index(MD5(Upper("email")), condition=~models.Q(email=""), name=name)


class CentralContact(Contact):
    """A contact for the whole trial."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="central_contacts")

    class Meta(Contact.Meta):
        indexes = [address_index("centralcontact_email")]


class SiteContact(Contact):
    """A contact at one site."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="contacts")

    class Meta(Contact.Meta):
        indexes = [address_index("sitecontact_email")]


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
