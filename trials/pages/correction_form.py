"""The form by which a study team writes corrections: a field of its site at a time, no script.

    form = CorrectionForm(site, request.POST, accepted)  # without the last two: a new form
    if form.is_valid(): corrections.propose(confirmation=…, proposed=form.proposed)
    else: show it again, also where `form.wants_more` (200 then; 400 where there are problems)

`components/correction_form.html`, included with `corrections=form` inside a form that posts, has
the rows and the button for another one; the page adds its hidden fields and its button to send.
`form.problems` are links to what is wrong, for the notice on top.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import formset_factory
from django.http import QueryDict

from trials.coordinators.accepted import AcceptedValue
from trials.coordinators.corrections import Proposed, check, only_ones
from trials.coordinators.errors import RefusedError
from trials.coordinators.values import NoteError, folded
from trials.models import Site, SiteContact
from trials.pages.presenters.links import Link
from trials.terms import plain as words
from trials.terms.corrections import COLUMNS, Field
from trials.terms.plain.confirming import CORRECTED_FIELDS, SOMETHING_ELSE
from trials.terms.registry import RecruitmentStatus

MOST_ROWS = 6
_CHOOSE = "Choose what must change."
_NOTHING = "Choose at least one thing that must change."
_SEPARATOR = "|"


class _Row(forms.Form):
    """One correction. `about` names the field and whose it is, or what the status should be."""

    about = forms.ChoiceField(
        label="What must change?",
        error_messages={"required": _CHOOSE, "invalid_choice": "Choose one of the list."},
    )
    new_value = forms.CharField(
        label="What should it say?",
        required=False,
        help_text=(
            "Leave this empty for a status or for something else. Write an extension behind a new "
            "phone number, as in “ext. 4”."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    note = forms.CharField(
        label="Note to our editors (optional)",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, site: Site, accepted: Sequence[AcceptedValue], **options: Any):
        super().__init__(*args, **options)
        self.site, self.accepted = site, accepted
        self.proposed: Proposed | None = None
        # A field of choices has them, which its base class does not say.
        self.fields["about"].choices = choices_of(site, accepted)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Hold the correction against what the site shows."""
        data = super().clean() or {}
        if "about" not in data or "new_value" not in data or "note" not in data:
            return data
        code, _, whose = data["about"].partition(_SEPARATOR)
        field, value, note = Field(code), data["new_value"], data["note"]
        if field == Field.STATUS:
            note = "\n".join(filter(None, (value, note)))
            value, whose = whose, ""
        elif field == Field.OTHER:
            value, note = "", "\n".join(filter(None, (value, note)))
        typed = Proposed(field, whose, value, note)
        try:
            self.proposed = check(site=self.site, accepted=self.accepted, proposed=typed)
        except NoteError as error:
            self.add_error("note", str(error))
        except RefusedError as error:
            self.add_error("new_value", str(error))
        return data


# Rows that nobody touched are no corrections.
_Rows = formset_factory(_Row, extra=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True)


class CorrectionForm:
    """Up to six corrections of one site, as they are typed."""

    def __init__(
        self, site: Site, data: QueryDict | None = None, accepted: Sequence[AcceptedValue] = ()
    ) -> None:
        """Take a site with trial, facility and contacts, and what was sent, None for a new form.

        `accepted` are the site's accepted values (`accepted_at([site]).get(site.pk, ())`).
        """
        self.wants_more = data is not None and "more" in data
        options = {"site": site, "accepted": accepted}
        self.rows = _Rows(
            _with_another(data) if data is not None and self.wants_more else data,
            prefix="c",
            form_kwargs=options,
        )

    @property
    def can_have_more(self) -> bool:
        """Whether there is room for another row."""
        return self.rows.total_form_count() < MOST_ROWS

    def is_valid(self) -> bool:
        """Tell whether everything that was typed can be sent, and whether anything was."""
        return self.rows.is_bound and not self.wants_more and not self.problems

    @property
    def proposed(self) -> list[Proposed]:
        """The corrections of a valid form."""
        return [row.proposed for row in self.rows if row.proposed]

    @property
    def problems(self) -> tuple[Link, ...]:
        """Each sentence about what is wrong, linked to where it is; empty for a new form."""
        if not self.rows.is_bound:
            return ()
        found = [
            Link(str(error), f"#{row[name].id_for_label}")
            for row in self.rows
            for name, errors in row.errors.items()
            for error in errors
        ]
        found += [Link(str(error), "#id_c-0-about") for error in self.rows.non_form_errors()]
        if not found and not self.proposed and not self.wants_more:
            return (Link(_NOTHING, "#id_c-0-about"),)
        return tuple(found)


def choices_of(site: Site, accepted: Sequence[AcceptedValue]) -> list[tuple[str, Any]]:
    """Return what may be corrected at a site, grouped, with what readers see of each field now."""
    shown = {(value.field, folded(value.contact_name)): value.value for value in accepted}
    statuses = [
        (f"{Field.STATUS}{_SEPARATOR}{each}", f"Should be: {words.status(each).words}")
        for each in RecruitmentStatus
    ]
    listed = only_ones(site) if site.contacts.all() else [SiteContact(name="")]
    people = [
        (
            contact.name or "Contact",
            [
                (
                    f"{field}{_SEPARATOR}{contact.name}",
                    _choice(
                        field, shown.get((field, folded(contact.name)), getattr(contact, column))
                    ),
                )
                for field, column in COLUMNS.items()
            ],
        )
        for contact in listed
    ]
    told = shown.get((Field.STATUS, ""))
    known = words.site_status(site.recruitment_status, site.trial.overall_status)
    status = words.status(told).words if told else known.words
    return [
        ("", "Choose"),
        *people,
        (f"Status of this site (now: {status})", statuses),
        ("Anything else", [(f"{Field.OTHER}{_SEPARATOR}", SOMETHING_ELSE)]),
    ]


def _choice(field: Field, value: str) -> str:
    label = CORRECTED_FIELDS[field]
    return f"{label} (now: {value})" if value else f"{label} (none now)"


def _with_another(data: QueryDict) -> QueryDict:
    """Return what was sent with room for one more row."""
    more = data.copy()
    try:
        total = int(more.get("c-TOTAL_FORMS", "1"))
    except ValueError:
        total = 1
    more["c-TOTAL_FORMS"] = str(min(max(total, 1) + 1, MOST_ROWS))
    return more
