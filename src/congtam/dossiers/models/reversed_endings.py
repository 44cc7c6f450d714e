"""Endings of codes and telephone numbers, reversed (tra theo các chữ số cuối): two indexes serve them."""

from __future__ import annotations

from typing import Final

from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Reverse
from django.db.models.lookups import StartsWith

SIGNS_BETWEEN: Final = "-./_ "
"""What stands between the parts of a code and need not be typed."""


def code_end() -> Reverse:
    """The code of a dossier without the signs between its parts, backwards."""
    without_signs = Func(
        F("code"), Value(SIGNS_BETWEEN), Value(""), function="translate", output_field=TextField()
    )
    return Reverse(without_signs)


def phone_end() -> Reverse:
    """A telephone number backwards."""
    return Reverse(F("phone"))


def phone_ends_with(ending: str) -> Q:
    """The condition on a party whose telephone number ends so, in the form the index serves."""
    return ~Q(phone="") & Q(StartsWith(phone_end(), ending[::-1]))
