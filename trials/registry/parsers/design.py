"""`designModule`, `armsInterventionsModule`, `outcomesModule`: what happens in the study."""

from trials.models import OutcomeMeasure
from trials.registry import study
from trials.registry.parsers.values import Reader, Row, numbered
from trials.terms import registry

_DESIGN = "protocolSection.designModule"
_ARMS = "protocolSection.armsInterventionsModule"


def design(module: study.DesignModule, reader: Reader) -> Row:
    """Return the trial's columns on kind, stage, shape and size."""
    info, enrollment = module.design_info, module.enrollment_info
    code = reader.code
    path = f"{_DESIGN}.designInfo"
    count = f"{_DESIGN}.enrollmentInfo"
    return {
        "study_type": code(registry.StudyType, module.study_type, f"{_DESIGN}.studyType"),
        "phases": reader.codes(registry.Phase, module.phases, f"{_DESIGN}.phases"),
        "primary_purpose": code(
            registry.PrimaryPurpose, info.primary_purpose, f"{path}.primaryPurpose"
        ),
        "allocation": code(registry.Allocation, info.allocation, f"{path}.allocation"),
        "intervention_model": code(
            registry.InterventionModel, info.intervention_model, f"{path}.interventionModel"
        ),
        "intervention_model_description": info.intervention_model_description,
        "observational_model": code(
            registry.ObservationalModel, info.observational_model, f"{path}.observationalModel"
        ),
        "time_perspective": code(
            registry.TimePerspective, info.time_perspective, f"{path}.timePerspective"
        ),
        "target_duration": module.target_duration,
        "expanded_access_types": _expanded_access(module.expanded_access_types),
        "enrollment_count": reader.count(enrollment.count, f"{count}.count"),
        "enrollment_type": code(registry.EnrollmentType, enrollment.type, f"{count}.type"),
    } | _masking(info.masking_info, reader)


def _masking(masking: study.MaskingInfo, reader: Reader) -> Row:
    path = f"{_DESIGN}.designInfo.maskingInfo"
    return {
        "masking": reader.code(registry.Masking, masking.masking, f"{path}.masking"),
        "who_masked": reader.codes(registry.WhoMasked, masking.who_masked, f"{path}.whoMasked"),
        "masking_description": masking.masking_description,
    }


def _expanded_access(types: study.ExpandedAccessTypes) -> list[str]:
    kinds = registry.ExpandedAccessType
    said = (
        (types.individual, kinds.INDIVIDUAL),
        (types.intermediate, kinds.INTERMEDIATE),
        (types.treatment, kinds.TREATMENT),
    )
    return [str(kind) for yes, kind in said if yes]


def arms(module: study.ArmsInterventionsModule, reader: Reader) -> list[Row]:
    """Return the groups."""
    return numbered(
        {
            "label": arm.label,
            "type": reader.code(registry.ArmType, arm.type, f"{_ARMS}.armGroups.type"),
            "description": arm.description,
        }
        for arm in module.arm_groups
    )


def interventions(module: study.ArmsInterventionsModule, reader: Reader) -> list[Row]:
    """Return what is tested."""
    path = f"{_ARMS}.interventions.type"
    return numbered(
        {
            "type": reader.code(registry.InterventionType, entry.type, path),
            "name": entry.name,
            "description": entry.description,
            "other_names": [name for name in entry.other_names if name],
        }
        for entry in module.interventions
    )


def arm_interventions(
    module: study.ArmsInterventionsModule, arm_rows: list[Row], intervention_rows: list[Row]
) -> list[Row]:
    """Return which group gets what; the registry says it on both sides, often on one only.

    A group names an intervention as `Drug: name`, an intervention names a group by its label.
    """
    labels = {arm.label: row for arm, row in zip(module.arm_groups, arm_rows, strict=True)}
    names = {
        entry.name: row for entry, row in zip(module.interventions, intervention_rows, strict=True)
    }
    pairs: dict[tuple[int, int], Row] = {}
    for arm, row in zip(module.arm_groups, arm_rows, strict=True):
        for said in arm.intervention_names:
            given = names.get(said.partition(": ")[2]) or names.get(said)
            if given:
                pairs[row["position"], given["position"]] = {"arm": row, "intervention": given}
    for entry, given in zip(module.interventions, intervention_rows, strict=True):
        for label in entry.arm_group_labels:
            if group := labels.get(label):
                pairs[group["position"], given["position"]] = {"arm": group, "intervention": given}
    return list(pairs.values())


def outcomes(module: study.OutcomesModule) -> list[Row]:
    """Return what is measured."""
    kinds = OutcomeMeasure.Kind
    groups = (
        (kinds.PRIMARY, module.primary_outcomes),
        (kinds.SECONDARY, module.secondary_outcomes),
        (kinds.OTHER, module.other_outcomes),
    )
    return [
        row
        for kind, group in groups
        for row in numbered(
            {
                "kind": str(kind),
                "measure": outcome.measure,
                "description": outcome.description,
                "time_frame": outcome.time_frame,
            }
            for outcome in group
        )
    ]
