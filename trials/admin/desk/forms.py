"""The writing form: eight fields, and beside each who signed it and where it comes from."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import QueryDict

from trials.editorial.checks.cleaning import cleaned
from trials.editorial.readiness import words_of
from trials.editorial.revisions import Edit, passages_of, sources_of
from trials.models import EditorialText, Revision
from trials.terms.desk import Part
from trials.terms.sources import Source

LONGEST = 20_000
_ROWS = {Part.PLAIN_TITLE: 2, Part.PLAIN_SUMMARY: 3, Part.WHAT_IT_STUDIES: 12}
_HELP = {
    Part.PLAIN_TITLE: "What patients read first. Name the condition and what is tried.",
    Part.PLAIN_SUMMARY: "One sentence: who it is for, what is tried, what it hopes to show.",
    Part.WHAT_IT_STUDIES: "Paragraphs parted by a blank line; list lines start with “- ”.",
    Part.GOOD_FIT: "A line for each point. Start with “you”: “you are 18 or older”.",
    Part.NOT_A_FIT: "A line for each point, as a reason not to join: “you are pregnant”.",
    Part.POTENTIAL_BENEFIT: "“May”, never “will”. Say harm as plainly as benefit.",
    Part.SIMILAR_STUDIES: "Name the other study and its size. Never as this trial’s own results.",
    Part.TAKING_PART: "Visits, tests, time. Where the record is silent: what to ask.",
}
COVER, WAIVE, ANSWER = "cover-", "waive-", "answer-"


class WordsForm(forms.Form):
    """What a writer sends. `remarks` say what was cleaned out of pasted text."""

    head_number = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    seen_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    note = forms.CharField(
        required=False,
        max_length=500,
        label="Note on this save (optional)",
        help_text="Why, for other editors. It stands in the history.",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.remarks: list[str] = []
        for part in Part:
            self.fields[part.value] = forms.CharField(
                label=part.label,
                required=False,
                strip=False,
                max_length=LONGEST,
                help_text=_HELP[part],
                widget=forms.Textarea({"rows": _ROWS.get(part, 8), "data-part": part.value}),
            )
            self.fields[f"sign-{part.value}"] = forms.BooleanField(
                required=False, label="I have held this field against the record"
            )
            self.fields[f"sources-{part.value}"] = forms.MultipleChoiceField(
                choices=Source.choices,
                required=False,
                label="Written from",
                widget=forms.CheckboxSelectMultiple,
            )

    def clean(self) -> dict[str, Any]:
        """Clean pasted markup out of every field, and say what went."""
        data: dict[str, Any] = super().clean() or {}
        for part in Part:
            if part.value in data:
                self._clean_part(part, data)
        return data

    def _clean_part(self, part: Part, data: dict[str, Any]) -> None:
        result = cleaned(data[part.value])
        if result.refusal:
            self.add_error(part.value, result.refusal)
            return
        self.remarks += [f"{part.label}: {remark}" for remark in result.remarks]
        data[part.value] = result.text

    @property
    def words(self) -> dict[Part, str | list[str]]:
        """The fields as a revision has them."""
        return {part: _value(part, self.cleaned_data[part.value]) for part in Part}

    def edit(self, covers: dict[str, Any], answers: dict[str, Any]) -> Edit:
        """Return what the writer sent, after `is_valid`."""
        data = self.cleaned_data
        return Edit(
            words=self.words,
            seen_version=data["seen_version"],
            head_number=data["head_number"],
            signed=frozenset(part for part in Part if data[f"sign-{part.value}"]),
            sources={
                part: [Source(source) for source in data[f"sources-{part.value}"]] for part in Part
            },
            covers=covers,
            answers=answers,
            note=data["note"],
        )


def _value(part: Part, words: str) -> str | list[str]:
    if not part.is_list:
        return words.strip()
    lines = (line.strip().removeprefix("- ").strip() for line in words.splitlines())
    return [line for line in lines if line]


def initial(text: EditorialText, revision: Revision | None) -> dict[str, Any]:
    """Return what an untouched form shows of a revision."""
    passages = passages_of(revision)
    values: dict[str, Any] = {
        "head_number": revision.number if revision else 0,
        "seen_version": text.trial.record_version,
    }
    for part in Part:
        values[part.value] = words_of(revision, part) if revision else ""
        values[f"sources-{part.value}"] = sources_of(passages.get(part), part)
    return values


def storable(said: object) -> str:
    """Return words without the one character that PostgreSQL keeps in no text."""
    return str(said).replace("\0", "")


def covers_of(post: QueryDict, by: str) -> dict[str, Any]:
    """Read which line covers each criterion, or the reason why none does."""
    return dict(_covers(post, by))


def _covers(post: QueryDict, by: str) -> Iterator[tuple[str, dict[str, str]]]:
    for name, said in post.items():
        if not name.startswith(COVER):
            continue
        digest = storable(name.removeprefix(COVER))[:64]
        reason = storable(post.get(WAIVE + digest, "")).strip()[:500]
        if said == "waive":
            yield digest, {"reason": reason, "by": by}
        elif str(said).startswith("line:"):
            yield digest, {"line": storable(said).removeprefix("line:")[:2_000]}


def answers_of(post: QueryDict, before: dict[str, Any], by: str) -> dict[str, Any]:
    """Read the typed reasons against findings; one that stood before keeps its author."""
    answers: dict[str, Any] = {}
    for name, said in post.items():
        if name.startswith(ANSWER) and (reason := storable(said).strip()[:500]):
            key = storable(name.removeprefix(ANSWER))[:64]
            old = before.get(key, {})
            answers[key] = old if old.get("reason") == reason else {"reason": reason, "by": by}
    return answers
