"""Fields of forms that every room may use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from congtam.kernel.input.days import day_or_none


class DayInput(forms.DateInput):
    """The browser's own choice of a day; `dates.js` shows it as dd/mm/yyyy.

    What comes as people write it is read the day first, in every language: by itself Django takes 03/01 for 1 March.
    """

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """The day as ISO writes it; what is no day goes on as it is, to be refused by the field."""
        written = super().value_from_datadict(data, files, name)
        day = day_or_none(written) if isinstance(written, str) else None
        return day.isoformat() if day else written
