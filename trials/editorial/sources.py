"""What each field of a text is written from, unless its editor says otherwise."""

from trials.terms.desk import Part
from trials.terms.sources import Source

USUAL: dict[Part, tuple[Source, ...]] = {
    Part.PLAIN_TITLE: (
        Source.BRIEF_TITLE,
        Source.OFFICIAL_TITLE,
        Source.CONDITIONS,
        Source.INTERVENTIONS,
    ),
    Part.PLAIN_SUMMARY: (
        Source.BRIEF_SUMMARY,
        Source.CONDITIONS,
        Source.INTERVENTIONS,
        Source.STUDY_TYPE,
        Source.AGES,
        Source.SEX,
    ),
    Part.WHAT_IT_STUDIES: (
        Source.BRIEF_SUMMARY,
        Source.DETAILED_DESCRIPTION,
        Source.ARMS,
        Source.INTERVENTIONS,
        Source.PRIMARY_OUTCOMES,
        Source.DESIGN,
        Source.ENROLLMENT,
    ),
    Part.GOOD_FIT: (
        Source.CRITERIA,
        Source.AGES,
        Source.SEX,
        Source.HEALTHY_VOLUNTEERS,
        Source.STUDY_POPULATION,
    ),
    Part.NOT_A_FIT: (
        Source.CRITERIA,
        Source.AGES,
        Source.SEX,
        Source.HEALTHY_VOLUNTEERS,
        Source.STUDY_POPULATION,
    ),
    Part.POTENTIAL_BENEFIT: (
        Source.BRIEF_SUMMARY,
        Source.INTERVENTIONS,
        Source.ARMS,
        Source.PRIMARY_OUTCOMES,
    ),
    Part.SIMILAR_STUDIES: (Source.REFERENCES, Source.INTERVENTIONS),
    Part.TAKING_PART: (
        Source.ARMS,
        Source.PRIMARY_OUTCOMES,
        Source.DETAILED_DESCRIPTION,
        Source.ENROLLMENT,
        Source.START_DATE,
        Source.COMPLETION_DATE,
    ),
}
