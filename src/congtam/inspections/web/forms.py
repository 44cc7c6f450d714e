"""The form with which an inspection is prepared (biểu mẫu chuẩn bị kiểm tra)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from congtam.inspections.actions.prepare import LARGEST_SAMPLE, LARGEST_SEED, USUAL_SAMPLE
from congtam.kernel.input.periods import parse_period
from congtam.kernel.periods import Period, PeriodMalformed


class PrepareForm(forms.Form):
    """Unit, period and seed of an inspection."""

    unit = forms.CharField(
        label=_("Unit"),
        max_length=35,
        help_text=_("Code of the inspected unit; type part of the name to choose it."),
        widget=forms.TextInput(attrs={"list": "unit-choices", "autocomplete": "off", "class": "ct-input"}),
    )
    period = forms.CharField(
        label=_("Period under inspection"),
        max_length=40,
        help_text=_(
            "2025, 2025-Q3, 2025-H1, 2025-9M, 2025-07 or two dates 2025-01-01..2025-02-01 (second excluded)."
        ),
        widget=forms.TextInput(attrs={"list": "period-choices", "autocomplete": "off", "class": "ct-input"}),
    )
    seed = forms.IntegerField(
        label=_("Seed of the draw"),
        min_value=0,
        max_value=LARGEST_SEED,
        help_text=_("Announce it before the draw, so that the inspected unit can reproduce the same sample."),
    )
    sample_size = forms.IntegerField(
        label=_("Dossiers in the sample"), min_value=1, max_value=LARGEST_SAMPLE, initial=USUAL_SAMPLE
    )

    def clean_unit(self) -> str:
        return str(self.cleaned_data["unit"]).strip()

    def clean_period(self) -> Period:
        try:
            return parse_period(str(self.cleaned_data["period"]))
        except PeriodMalformed as fault:
            raise forms.ValidationError(fault.format_message(gettext)) from fault

    def choices(self) -> dict[str, Any]:
        """The cleaned values as `prepare` takes them."""
        return {name: self.cleaned_data[name] for name in ("unit", "period", "seed", "sample_size")}
