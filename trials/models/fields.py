"""Field groups and constraints that several tables share."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models.functions import Left, Upper

from trials.terms.registry import DateType
from trials.terms.values import Precision


def code_field(choices: type[models.TextChoices], **options: Any) -> "models.CharField[str, str]":
    """Return a column for one registry code; empty where the record is silent."""
    return models.CharField(max_length=32, choices=choices.choices, blank=True, **options)


def codes_field(choices: type[models.TextChoices]) -> "ArrayField[list[str], list[str]]":
    """Return a column for several registry codes."""
    return ArrayField(
        models.CharField(max_length=32, choices=choices.choices), default=list, blank=True
    )


def partial_date_fields(
    meaning: str,
) -> tuple[
    "models.DateField[Any, Any]", "models.CharField[str, str]", "models.CharField[str, str]"
]:
    """Return the three columns of a partial date: its first day, its precision, its type."""
    return (
        models.DateField(null=True, blank=True, help_text=f"{meaning}; its first possible day"),
        models.CharField(max_length=5, blank=True, choices=[(value, value) for value in Precision]),
        code_field(DateType),
    )


def paired_date(name: str) -> models.CheckConstraint:
    """Return the rule that a partial date has a precision exactly when it has a day."""
    absent = models.Q(**{f"{name}__isnull": True, f"{name}_precision": ""})
    present = models.Q(
        **{f"{name}__isnull": False, f"{name}_precision__in": [str(value) for value in Precision]}
    )
    return models.CheckConstraint(condition=absent | present, name=f"trial_{name}_pair")


def paired(first: str, second: str, name: str) -> models.CheckConstraint:
    """Return the rule that two nullable columns are set together or not at all."""
    both = models.Q(**{f"{first}__isnull": False, f"{second}__isnull": False})
    neither = models.Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
    return models.CheckConstraint(condition=both | neither, name=name)


def point_rule(name: str) -> models.CheckConstraint:
    """Return the rule that a point has both its coordinates, on Earth, or neither."""
    # A comparison with null is not false: half a point has to be named.
    return models.CheckConstraint(
        condition=models.Q(latitude__isnull=True, longitude__isnull=True)
        | models.Q(latitude__isnull=False, longitude__isnull=False)
        & models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
        name=name,
    )


# Names are registry text of any length; an index entry has a bound.
NAME_START = 60


def name_start(column: str) -> OpClass:
    """Return what an index holds of a name, so that names can be found by how they start."""
    return OpClass(Upper(Left(column, NAME_START)), name="text_pattern_ops")
