"""The two voices of a page: our editors' words, or the record's own, said to be unreviewed.

Both fill the same sections. What an editor left empty speaks in the record's voice.
"""

from typing import Protocol

from trials.models import EditorialText, Trial
from trials.pages.presenters.page import Checklist
from trials.pages.presenters.prose import Block, Notes, Paragraph, Text, plain
from trials.terms import plain as words
from trials.wording import limits, sentences

PART_OF_RULES = "These lines are a part of the rules. Section 5 has all of them."
_UNCHECKED = (
    "These lines come from the record’s limits. No editor has checked them, "
    "and they are only a part of the rules. Section 5 has all of them."
)


class Voice(Protocol):
    """The words of the sections that editors write."""

    @property
    def title(self) -> Text:
        """The page's heading."""

    @property
    def summary(self) -> Text:
        """What the trial is about, in a sentence or two."""

    def main(self) -> tuple[Block, ...]:
        """What the trial studies, empty to let the study team's summary speak."""

    def taking_part(self) -> tuple[Block, ...]:
        """What taking part involves."""

    def fit(self) -> tuple[str, tuple[Text, ...], tuple[Text, ...]]:
        """A note on where the lines come from, who may fit, who may not."""

    def benefit(self) -> tuple[Block, ...]:
        """What the trial may bring."""

    def similar(self) -> tuple[str, tuple[Block, ...]]:
        """A note, and what similar studies found."""

    def checklist(self) -> Checklist:
        """Lines to tick."""


class Record:
    """The record's voice: its own words, and sentences made from its fields."""

    def __init__(self, trial: Trial, notes: Notes) -> None:
        self.trial = trial
        self.notes = notes
        self.noun = words.noun(trial.study_type)

    @property
    def title(self) -> Text:
        """Return the first title that the record has."""
        trial = self.trial
        return plain(trial.brief_title or trial.official_title or trial.nct_id)

    @property
    def summary(self) -> Text:
        """Return one or two sentences made from conditions and interventions."""
        return plain(sentences.summary(self.trial))

    def main(self) -> tuple[Block, ...]:
        """Return nothing: the study team's summary speaks."""
        return ()

    def taking_part(self) -> tuple[Block, ...]:
        """Return nothing: no record says it plainly."""
        return ()

    def fit(self) -> tuple[str, tuple[Text, ...], tuple[Text, ...]]:
        """Return lines made from the record's limits."""
        may_fit = (*limits.may_fit(self.trial), *limits.may_fit_too(self.trial))
        return (
            f"{sentences.about(self.trial)} {_UNCHECKED}".strip(),
            tuple(self.notes.text(line) for line in may_fit),
            tuple(self.notes.text(line) for line in limits.may_not_fit(self.trial)),
        )

    def benefit(self) -> tuple[Block, ...]:
        """Say that nobody wrote this yet, and what is true of every trial."""
        general = sentences.benefit(self.trial)
        return self._paragraphs("Our editors have not written this part yet.", general)

    def similar(self) -> tuple[str, tuple[Block, ...]]:
        """Say that nobody has looked yet."""
        return "", self._paragraphs("Our editors have not looked at similar studies yet.")

    def checklist(self) -> Checklist:
        """Return lines made from structured facts, and what any study team asks."""
        return Checklist(tuple(limits.to_tick(self.trial)), tuple(limits.to_tell(self.trial)))

    def _paragraphs(self, *texts: str) -> tuple[Block, ...]:
        return tuple(Paragraph(self.notes.text(text)) for text in texts)


class Editors(Record):
    """Our editors' voice, from a published text."""

    def __init__(self, trial: Trial, text: EditorialText, notes: Notes) -> None:
        super().__init__(trial, notes)
        self.text = text

    @property
    def title(self) -> Text:
        """Return the plain title."""
        return plain(self.text.plain_title)

    @property
    def summary(self) -> Text:
        """Return the plain summary."""
        return plain(self.text.plain_summary)

    def main(self) -> tuple[Block, ...]:
        """Return what the trial studies."""
        return self.notes.blocks(self.text.what_it_studies)

    def taking_part(self) -> tuple[Block, ...]:
        """Return what taking part involves."""
        return self.notes.blocks(self.text.taking_part)

    def fit(self) -> tuple[str, tuple[Text, ...], tuple[Text, ...]]:
        """Return the editors' lines."""
        good, bad = self.text.good_fit, self.text.not_a_fit
        if not good and not bad:
            return super().fit()
        return PART_OF_RULES, tuple(map(self.notes.text, good)), tuple(map(self.notes.text, bad))

    def benefit(self) -> tuple[Block, ...]:
        """Return what the trial may bring."""
        return self.notes.blocks(self.text.potential_benefit) or super().benefit()

    def similar(self) -> tuple[str, tuple[Block, ...]]:
        """Return what similar studies found, said to be other studies'."""
        blocks = self.notes.blocks(self.text.similar_studies, with_people=True)
        if not blocks:
            return super().similar()
        return f"This part is about other studies, not about this {self.noun}.", blocks

    def checklist(self) -> Checklist:
        """Return the editors' lines, one to tick each."""
        good, bad = self.text.good_fit, self.text.not_a_fit
        if not good and not bad:
            return super().checklist()
        return Checklist(tuple(map(_sentence, good)), tuple(map(_sentence, bad)))


def _sentence(line: str) -> str:
    return line[:1].upper() + line[1:]
