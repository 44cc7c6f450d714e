"""The forms with which targets and parameters are entered (nhập chỉ tiêu được giao, tham số)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from congtam.foundation.public import Actor
from congtam.indicators.definitions.shipped import definition, definitions
from congtam.indicators.domain.measures import MEASURES
from congtam.indicators.targets.actions import TargetEntry
from congtam.indicators.targets.parameters import ParameterEntry
from congtam.kernel.periods import DAY
from congtam.org_units import public as org_units
from congtam.ui.public import DayInput, current_language


class DecidedForm(forms.Form):
    """What a decision sets: for whom and how long, and the decision it rests on."""

    unit = forms.CharField(label=_("Unit (name or code)"), max_length=300, required=False)
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
        kinds = {node.kind for node in org_units.tree(on).values()}
        names = [(kind, org_units.find_kind(kind).name(language)) for kind in sorted(kinds)]
        self.fields["unit_kind"].choices = [("", "—"), *names]  # type: ignore[attr-defined]

    @property
    def unit_text(self) -> str:
        """What stands in the box of units."""
        return org_units.unit_text(str(self["unit"].value() or ""), on=self._on)

    def unit_code(self, *, to: Actor) -> str:
        """The code of the unit that was entered, empty without one; raises InputRefused."""
        text = self.cleaned_data["unit"]
        return org_units.resolve_unit_code(text, on=self._on, to=to) if text else ""


class TargetForm(DecidedForm):
    """A target, for whom and how long, and the decision it rests on."""

    indicator = forms.ChoiceField(label=_("Indicator"))
    value = forms.DecimalField(
        label=_("Target"),
        max_digits=12,
        decimal_places=2,
        localize=True,
        help_text=_("A percentage for rates, such as 98; a number for counts and days."),
    )
    field_order = ("indicator", "value")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, on=on, **kwargs)
        language = current_language()
        self.fields["indicator"].choices = [  # type: ignore[attr-defined]
            (one.code, one.name.in_language(language)) for one in definitions(on) if one.better != "none"
        ]
        self.fields["unit"].help_text = gettext("The target also holds for all units below it.")

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


class ParameterForm(DecidedForm):
    """A parameter, for whom and how long, and the decision it rests on."""

    code = forms.CharField(
        label=_("Code"), max_length=60, help_text=_("As expressions name it, such as most_days.")
    )
    name = forms.CharField(label=_("Name"), max_length=200)
    measure = forms.ChoiceField(label=_("Unit of measure"))
    value = forms.DecimalField(
        label=_("Value"),
        max_digits=18,
        decimal_places=6,
        localize=True,
        help_text=_("A share is a number from 0 to 1."),
    )
    field_order = ("code", "name", "measure", "value")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, on=on, **kwargs)
        language = current_language()
        self.fields["measure"].choices = [  # type: ignore[attr-defined]
            (code, name.in_language(language)) for code, name in MEASURES.items()
        ]
        self.fields["unit"].help_text = gettext("The parameter also holds for all units below it.")

    def entry(self, *, unit_code: str) -> ParameterEntry:
        """The parameter as the action takes it: the last day is included on the page."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in {"unit", "until"}}
        until = self.cleaned_data["until"]
        return ParameterEntry(**data, unit_code=unit_code, until=until + DAY if until else None)
