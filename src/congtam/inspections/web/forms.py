"""The form with which an inspection is prepared (biểu mẫu chuẩn bị kiểm tra)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from congtam.foundation.public import Actor, clock
from congtam.indicators import public as indicators
from congtam.inspections.actions.prepare import LARGEST_SAMPLE, LARGEST_SEED, USUAL_SAMPLE
from congtam.inspections.actions.refusals import InspectionImpossible
from congtam.inspections.web.suggestions import last_quarter
from congtam.kernel.clock import today
from congtam.kernel.errors import InputRefused
from congtam.kernel.input.periods import parse_period
from congtam.kernel.periods import Period, PeriodMalformed
from congtam.org_units.public import resolve_unit_code, unit_text


class PrepareForm(forms.Form):
    """Unit, period and seed of an inspection; units by name, periods as people write them."""

    unit = forms.CharField(label=_("Unit (name or code)"), max_length=300)
    period = forms.CharField(label=_("Period under inspection"), max_length=100, required=False)
    written_period = forms.CharField(
        label=_("Another period"),
        max_length=100,
        required=False,
        help_text=_("As you write it: 9 tháng đầu năm 2024, quý III/2025, từ 01/01 đến 30/09/2024."),
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

    def __init__(self, *arguments: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.actor = actor

    def clean_unit(self) -> str:
        """The code of the unit that was typed or chosen."""
        try:
            return resolve_unit_code(self.cleaned_data["unit"], on=today(clock()), to=self.actor)
        except InputRefused as refused:
            raise forms.ValidationError(
                [one.format_message(gettext) for one in refused.problems]
            ) from refused

    def clean(self) -> dict[str, Any]:
        """What was written goes before what was chosen from the list."""
        written = self.cleaned_data.get("written_period", "")
        name, text = (
            ("written_period", written) if written else ("period", self.cleaned_data.get("period", ""))
        )
        try:
            self.cleaned_data["period"] = parse_period(text)
        except PeriodMalformed as fault:
            self.add_error(name, fault.format_message(gettext))
        return self.cleaned_data

    def refuse(self, error: InspectionImpossible) -> None:
        """Say beside the field what cannot be inspected."""
        field = (
            "written_period" if error.field == "period" and self.data.get("written_period") else error.field
        )
        self.add_error(field, error.format_message(gettext))

    @property
    def unit_text(self) -> str:
        """What stands in the box of units."""
        typed = str(self["unit"].value() or "")
        return unit_text(typed, on=today(clock()))

    @property
    def period_groups(self) -> list[dict[str, Any]]:
        """The periods to choose from, as on the pages of figures, without those that have not begun."""
        try:
            chosen = parse_period(str(self["period"].value() or ""))
        except PeriodMalformed:
            chosen = last_quarter(today(clock()))
        return [
            {**group, "options": options}
            for group in indicators.period_groups(chosen)
            if (options := [one for one in group["options"] if _has_begun(one["value"])])
        ]

    def choices(self) -> dict[str, Any]:
        """The cleaned values as `prepare` takes them."""
        return {name: self.cleaned_data[name] for name in ("unit", "period", "seed", "sample_size")}


def _has_begun(text: str) -> bool:
    return Period.parse(text).start <= today(clock())
