"""What an administrator types to correct the calendar (biểu mẫu điều chỉnh lịch nghỉ)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from congtam.kernel.errors import InputRefused, Problem, msgid
from congtam.kernel.input.json_text import parse_json
from congtam.ui.public import DayInput
from congtam.work_calendar.calendar_file import read_day_list
from congtam.work_calendar.domain.corrections import ORDINARY, CalendarCorrection, DayChange, HoursChange

KIND_LABELS: Final = {
    "day_off": _("Day off"),
    "make_up": _("Make-up day"),
    "half_day": _("Half day"),
    ORDINARY: _("Ordinary day"),
}
_SPAN: Final = re.compile(r"\s*(\d{1,2})[:hg](\d{2})\s*[-–]\s*(\d{1,2})[:hg](\d{2})\s*$")


class DayForm(forms.Form):
    """One day."""

    day = forms.DateField(label=_("Day"), widget=DayInput())
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(kind or "ordinary", label) for kind, label in KIND_LABELS.items()]
    )
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)
    source = forms.CharField(label=_("Legal source"), max_length=300)

    def correction(self) -> CalendarCorrection:
        """What was typed, as a correction."""
        data = self.cleaned_data
        kind = ORDINARY if data["kind"] == "ordinary" else data["kind"]
        return CalendarCorrection(
            days=[DayChange(day=data["day"], kind=kind, reason=data["reason"], source=data["source"])]
        )


class ListForm(forms.Form):
    """A year's list as a file."""

    file = forms.FileField(label=_("File (.xlsx or .csv)"))
    source = forms.CharField(label=_("Legal source for rows without one"), max_length=300, required=False)

    def correction(self) -> CalendarCorrection:
        """What the file lists; raises InputRefused with the problems by row."""
        sent = self.cleaned_data["file"]
        return CalendarCorrection(
            days=read_day_list(sent.read(), sent.name, source=self.cleaned_data["source"].strip())
        )


class HoursForm(forms.Form):
    """Office hours from a day on."""

    since = forms.DateField(label=_("Start date"), widget=DayInput())
    hours = forms.CharField(
        label=_("Office hours"),
        max_length=100,
        required=False,
        help_text=_(
            "For example 07:00-11:30, 13:30-17:00; leave empty to remove the office hours "
            "entered for that day."
        ),
    )
    source = forms.CharField(label=_("Legal source"), max_length=300)

    def correction(self) -> CalendarCorrection:
        """What was typed; raises InputRefused where it is no hours."""
        data = self.cleaned_data
        return CalendarCorrection(
            hours=[HoursChange(since=data["since"], spans=parse_spans(data["hours"]), source=data["source"])]
        )


FORMS: Final[Mapping[str, type[DayForm | ListForm | HoursForm]]] = {
    "day": DayForm,
    "list": ListForm,
    "hours": HoursForm,
}


def parse_spans(text: str) -> tuple[tuple[time, time], ...]:
    """Office hours as people write them; raises InputRefused."""
    spans: list[tuple[time, time]] = []
    for part in re.split(r"[,;]", text) if text.strip() else ():
        match = _SPAN.match(part)
        try:
            numbers = [int(number) for number in match.groups()] if match else []
            spans.append((time(numbers[0], numbers[1]), time(numbers[2], numbers[3])))
        except (ValueError, IndexError):
            message = msgid("“{text}” is not a time range. Enter it as 07:00-11:30.")
            raise InputRefused(
                [
                    Problem(
                        code="hours_unreadable", message=message, data={"text": part.strip()}, column="hours"
                    )
                ]
            ) from None
    return tuple(spans)


def serialize_correction(correction: CalendarCorrection) -> str:
    """A correction as text that a form carries from the preview to the confirmation."""
    return json.dumps(
        {
            "days": [
                [change.day.isoformat(), change.kind, change.reason, change.source]
                for change in correction.days
            ],
            "hours": [
                [rule.since.isoformat(), _hours_text(rule.spans), rule.source] for rule in correction.hours
            ],
        },
        ensure_ascii=False,
    )


def parse_correction(text: str) -> CalendarCorrection:
    """The correction of such a text; raises InputRefused for anything else."""
    try:
        data: dict[str, list[Any]] = parse_json(text)
        return CalendarCorrection(
            days=[
                DayChange(day=date.fromisoformat(day), kind=str(kind), reason=str(reason), source=str(source))
                for day, kind, reason, source in data["days"]
            ],
            hours=[
                HoursChange(since=date.fromisoformat(since), spans=parse_spans(hours), source=str(source))
                for since, hours, source in data["hours"]
            ],
        )
    except (ValueError, KeyError, TypeError):
        message = msgid("The correction could not be read. Enter it again.")
        raise InputRefused([Problem(code="correction_unreadable", message=message)]) from None


def _hours_text(spans: tuple[tuple[time, time], ...]) -> str:
    return ", ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in spans)
