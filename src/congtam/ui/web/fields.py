"""Fields of forms that every room may use."""

from __future__ import annotations

from django import forms


class DayInput(forms.DateInput):
    """The browser's own choice of a day; `dates.js` shows it as dd/mm/yyyy."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")
