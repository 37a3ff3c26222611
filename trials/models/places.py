"""Places that people can name: cities of the registry's sites, packaged towns, postal codes.

`key` columns hold folded text (`trials.terms.words.folded`): lower case, no accents, single spaces.
"""

from django.db import models
from django.db.models import Q

from trials.models.fields import point_rule


class Place(models.Model):
    """A city or town: as the registry's sites write it with their point, or from the gazetteer."""

    city = models.TextField()
    state = models.TextField(blank=True)
    country = models.TextField(blank=True, help_text="In the registry's words")
    country_code = models.TextField(blank=True, help_text="ISO 3166, or the name where it has none")
    state_key = models.TextField(blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    cell = models.IntegerField(
        null=True, blank=True, help_text="Its square degree: trials.terms.sphere.cell"
    )
    population = models.PositiveIntegerField(default=0)
    is_packaged = models.BooleanField(
        default=False, help_text="From the packaged gazetteer, not from a site"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["city", "state", "country", "latitude", "longitude", "is_packaged"],
                nulls_distinct=False,
                name="place_once",
            ),
            point_rule("place_point"),
            models.CheckConstraint(
                condition=Q(cell__isnull=True, latitude__isnull=True)
                | Q(cell__isnull=False, latitude__isnull=False),
                name="place_cell_of_point",
            ),
        ]
        indexes = [
            # The places around a point: search.statement
            models.Index(
                fields=["cell"],
                include=["id", "latitude", "longitude"],
                condition=Q(is_packaged=False),
                name="place_cell",
            ),
            # The cities of a region or country
            models.Index(
                fields=["country_code", "state_key"],
                condition=Q(is_packaged=False),
                name="place_region",
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.city, self.state, self.country) if part)


class PlaceName(models.Model):
    """A name that a place goes by: its own, or another ("Peking")."""

    key = models.TextField()
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="names")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "place"], name="placename_once")]

    def __str__(self) -> str:
        return self.key


class PostalCode(models.Model):
    """A postal code, or the outward part of one, and the point it stands for."""

    code = models.TextField(help_text="Capitals and digits only, as SW1A or 10001")
    country_code = models.TextField()
    city = models.TextField(blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "country_code"], name="postalcode_once"),
            point_rule("postalcode_point"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.country_code}"
