"""Dates and durations of a dossier in the reader's words, in the dossier's own time zone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from congtam.dossiers.deadlines.domain.clock import Sentence
from congtam.dossiers.record.labels import GROUNDS
from congtam.kernel.clock import LOCAL
from congtam.kernel.precision import has_time
from congtam.ui.public import current_language, day, elapsed_time_text, number

_MISSING: Final = "—"


def moment(instant: datetime | None, time_zone: str = "") -> str:
    """An instant to the minute, in the time zone of the dossier."""
    if instant is None:
        return _MISSING
    return instant.astimezone(ZoneInfo(time_zone) if time_zone else LOCAL).strftime("%d/%m/%Y %H:%M")


def stated_moment(instant: datetime | None, time_zone: str = "", *, is_limit: bool = False) -> str:
    """An instant as exactly as it is known: without a time where the source wrote none (`kernel.precision`)."""
    if instant is None or has_time(instant, time_zone or LOCAL.key, is_limit=is_limit):
        return moment(instant, time_zone)
    return instant.astimezone(ZoneInfo(time_zone) if time_zone else LOCAL).strftime("%d/%m/%Y")


def format_sentence(sentence: Sentence, time_zone: str) -> str:
    """A sentence of the clock's story, its values written out."""
    values: Mapping[str, Any] = {
        name: _format_value(name, value, time_zone) for name, value in sentence.data.items()
    }
    return gettext(sentence.message).format(**values)


def _format_value(name: str, value: Any, time_zone: str) -> str:
    if isinstance(value, datetime):
        return stated_moment(value, time_zone, is_limit=name == "due")
    if isinstance(value, timedelta):
        return elapsed_time_text(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return number(value.normalize(), current_language())
    if name == "ground" and value in GROUNDS:
        return str(GROUNDS[value].text)
    return str(value)
