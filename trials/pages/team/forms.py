"""What a coordinator fills in: facts about a site, and the colleague who gets it."""

from collections.abc import Mapping
from typing import Any

from django import forms

from trials.coordinators.facts import LANGUAGES
from trials.models import SiteFact
from trials.terms.site_facts import ANSWERS, NOT_STATED, SiteFactKind


class FactsForm(forms.Form):
    """What people ask before they travel; nobody writes words of their own."""

    LANGUAGES = forms.MultipleChoiceField(
        label=SiteFactKind.LANGUAGES.label,
        help_text="Tick those in which your team can talk with people.",
        choices=list(LANGUAGES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for kind, answers in ANSWERS.items():
            self.fields[kind] = forms.ChoiceField(
                label=kind.label, choices=[("", NOT_STATED), *answers.items()], required=False
            )

    @staticmethod
    def initial_of(known: Mapping[SiteFactKind, SiteFact]) -> dict[str, Any]:
        """Return how the form begins where some facts are known."""
        return {
            kind: fact.values if kind == SiteFactKind.LANGUAGES else fact.values[0]
            for kind, fact in known.items()
        }

    @property
    def said(self) -> dict[SiteFactKind, list[str]]:
        """What a valid form says of each kind; nothing takes a fact back."""
        return {
            kind: values if isinstance(values, list) else [values] if values else []
            for kind in SiteFactKind
            for values in [self.cleaned_data[kind]]
        }


class HandOverForm(forms.Form):
    """Who gets a site; the rules of an address are those of `teams.hand_over`."""

    name = forms.CharField(label="Your colleague’s name (optional)", required=False, max_length=300)
    address = forms.CharField(
        label="Your colleague’s email address",
        max_length=300,
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "off"}),
        error_messages={"required": "Write your colleague’s email address."},
    )
