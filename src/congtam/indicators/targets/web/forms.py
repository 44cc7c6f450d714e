"""The form with which a target is entered (nhập chỉ tiêu được giao)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congtam.indicators.definitions.shipped import definition, definitions
from congtam.indicators.targets.actions import TargetEntry
from congtam.org_units import public as org_units
from congtam.ui.public import DayInput, current_language


class TargetForm(forms.Form):
    """A target, for whom and how long, and the decision it rests on."""

    indicator = forms.ChoiceField(label=_("Indicator"))
    value = forms.DecimalField(
        label=_("Target"),
        max_digits=12,
        decimal_places=2,
        localize=True,
        help_text=_("A percentage for rates, such as 98; a number for counts and days."),
    )
    unit = forms.CharField(
        label=_("Unit (name or code)"),
        max_length=300,
        required=False,
        help_text=_("The target also holds for all units below it."),
    )
    unit_kind = forms.ChoiceField(
        label=_("Kind of unit"), required=False, help_text=_("Only units of this kind. Empty: all.")
    )
    decision = forms.CharField(label=_("Decision or plan (number)"), max_length=300)
    decided_on = forms.DateField(label=_("Day of the decision"), widget=DayInput())
    since = forms.DateField(label=_("First day"), widget=DayInput())
    until = forms.DateField(label=_("Last day"), required=False, widget=DayInput())

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._on = on
        language = current_language()
        names = [
            (one.code, one.name.in_language(language)) for one in definitions(on) if one.better != "none"
        ]
        kinds = {node.kind for node in org_units.tree(on).values()}
        kind_names = [(kind, org_units.find_kind(kind).name(language)) for kind in sorted(kinds)]
        self.fields["indicator"].choices = names  # type: ignore[attr-defined]
        self.fields["unit_kind"].choices = [("", "—"), *kind_names]  # type: ignore[attr-defined]

    @property
    def unit_text(self) -> str:
        """What stands in the box of units."""
        return org_units.unit_text(str(self["unit"].value() or ""), on=self._on)

    def entry(self, *, unit_code: str) -> TargetEntry:
        """The target as the action takes it: a percentage is a share."""
        data = self.cleaned_data
        is_share = definition(data["indicator"]).is_share
        return TargetEntry(
            indicator=data["indicator"],
            value=data["value"] / Decimal(100) if is_share else data["value"],
            unit_code=unit_code,
            unit_kind=data["unit_kind"],
            decision=data["decision"],
            decided_on=data["decided_on"],
            since=data["since"],
            until=data["until"],
        )
