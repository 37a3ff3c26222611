"""Groups, treatments and outcome measures, in words."""

from collections.abc import Iterable

from trials.models import Arm, Intervention, OutcomeMeasure, Trial
from trials.pages.presenters.page import Group, Outcome, Treatment
from trials.pages.presenters.prose import Notes, plain
from trials.terms import plain as words
from trials.wording.withheld import released


def groups(trial: Trial, notes: Notes) -> tuple[Group, ...]:
    """Return the trial's groups with the names of what each one gets."""
    names = {treatment.pk: treatment.name for treatment in trial.interventions.all()}
    return tuple(_group(arm, names, notes) for arm in trial.arms.all())


def _group(arm: Arm, names: dict[int, str], notes: Notes) -> Group:
    given = {link.intervention_id for link in arm.arm_interventions.all()}
    return Group(
        label=plain(arm.label or "Group without a name"),
        kind=words.arm_type(arm.type),
        treatments=", ".join(name for pk, name in names.items() if pk in given),
        description=notes.blocks(arm.description),
    )


def treatments(trial: Trial, notes: Notes) -> tuple[Treatment, ...]:
    """Return what is tested or compared."""
    rows = (row for row in trial.interventions.all() if released(row.name))
    return tuple(_treatment(row, notes) for row in rows)


def _treatment(treatment: Intervention, notes: Notes) -> Treatment:
    return Treatment(
        name=plain(treatment.name),
        kind=words.intervention_type(treatment.type),
        other_names=", ".join(treatment.other_names),
        description=notes.blocks(treatment.description),
    )


def outcomes(
    trial: Trial, kinds: Iterable[OutcomeMeasure.Kind], notes: Notes
) -> tuple[Outcome, ...]:
    """Return the outcome measures of some kinds, in the order of the kinds and of the record."""
    measures = list(trial.outcome_measures.all())
    return tuple(
        Outcome(
            measure=notes.text(row.measure),
            time_frame=plain(row.time_frame),
            description=notes.blocks(row.description),
        )
        for kind in kinds
        for row in measures
        if row.kind == kind
    )
