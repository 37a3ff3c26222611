"""How the rows of each table are known again when a record changes.

A row that stands for the same thing keeps its primary key across imports, so that editors' and
coordinators' work can point to it. Keys are tried from the most exact to the loosest.
"""

from dataclasses import dataclass

from django.db.models import Model

from trials import models
from trials.registry.likeness import Likeness, wording
from trials.registry.place_names import PLACES
from trials.registry.twins import Twins

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that belongs to a trial.

    `owner` is the column that names the row it belongs to. `keys` are the columns that two states
    of one row have in common; a key whose columns are all empty says nothing. Several rows with one
    key are the same in order, or told apart as `twins` says. `alike` tells which rows left over are
    the same all the same.
    `above` names the references to rows of earlier tables, `is_above` that rows point here.
    """

    model: type[Model]
    owner: str
    keys: tuple[Key, ...]
    twins: Twins | None = None
    alike: Likeness | None = None
    above: tuple[str, ...] = ()
    is_above: bool = False


# Owners before what they own. `position` is no key: the order of rows may shift.
TABLES = (
    Table(models.Eligibility, "trial_id", ((),)),
    Table(models.TrialCondition, "trial_id", (("condition_id",),)),
    Table(models.TrialMeshTerm, "trial_id", (("mesh_term_id", "about", "is_ancestor"),)),
    Table(models.TrialSponsor, "trial_id", (("role", "sponsor_id"),)),
    Table(
        models.Arm,
        "trial_id",
        (("label", "description"), ("label",)),
        alike=wording("label"),
        is_above=True,
    ),
    Table(
        models.Intervention,
        "trial_id",
        (("type", "name"), ("name",)),
        alike=wording("name"),
        is_above=True,
    ),
    Table(
        models.OutcomeMeasure,
        "trial_id",
        (("kind", "measure", "time_frame"), ("kind", "measure"), ("measure",)),
        alike=wording("measure", within=("kind",)),
    ),
    Table(
        models.CentralContact,
        "trial_id",
        (("name", "phone", "email"), ("name",), ("email",), ("phone",)),
    ),
    Table(models.OverallOfficial, "trial_id", (("name", "role"), ("name",))),
    Table(models.Reference, "trial_id", (("pmid", "citation"), ("pmid",), ("citation",))),
    Table(models.Link, "trial_id", (("url", "label"), ("url",))),
    Table(models.SecondaryId, "trial_id", (("value", "type"), ("value",))),
    Table(
        models.Site,
        "trial_id",
        (("facility_id",),),
        twins=Twins(
            by="contacts",
            whole=("name", "phone", "phone_ext", "email"),
            shared=(("email",), ("phone", "phone_ext"), ("phone",), ("name",)),
            lastly="recruitment_status",
        ),
        alike=PLACES,
        is_above=True,
    ),
    Table(
        models.SiteContact,
        "site_id",
        (("name", "phone", "email"), ("name",), ("email",), ("phone",)),
        above=("site",),
    ),
    Table(models.SiteInvestigator, "site_id", (("name", "role"), ("name",)), above=("site",)),
    Table(
        models.ArmIntervention,
        "arm_id",
        (("intervention_id",),),
        above=("arm", "intervention"),
    ),
    Table(
        models.Criterion,
        "trial_id",
        (("section", "role", "marker", "text"), ("section", "role", "text"), ("section", "text")),
        alike=wording("text", within=("section", "role")),
        is_above=True,
    ),
)
