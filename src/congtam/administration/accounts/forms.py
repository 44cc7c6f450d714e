"""The forms of accounts (biểu mẫu tài khoản)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congtam.administration.accounts.giving import Reach
from congtam.foundation.public import Role
from congtam.foundation.role_names import ROLES
from congtam.ui.public import DayInput


class ConfirmForm(forms.Form):
    """Only that it is meant: the button says the rest."""


class DetailsForm(forms.Form):
    """What is said of the person."""

    name = forms.CharField(label=_("Full name"), max_length=200)
    position = forms.CharField(label=_("Position"), max_length=200, required=False)
    email = forms.CharField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        help_text=_("Work notices are sent to this address."),
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "off"}),
    )


class RoleForm(forms.Form):
    """A role over a unit for a period. The box of the unit is drawn by the page (`unit_box.html`)."""

    role = forms.ChoiceField(label=_("Role"))
    since = forms.DateField(label=_("First day"), widget=DayInput(), required=False)
    until = forms.DateField(label=_("Last day"), required=False, widget=DayInput())
    note = forms.CharField(
        label=_("Ground (decision, date)"),
        max_length=300,
        required=False,
        help_text=_("Leave empty if none."),
    )

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = role_choices(reach.givable_roles())  # type: ignore[attr-defined]


class OpenForm(DetailsForm):
    """A new account."""

    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        help_text=_("Lower-case letters without diacritics, digits, dots, hyphens."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    field_order = ("username", "name", "position", "email")


class SheetForm(forms.Form):
    """A file with one line for each account."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("An .xlsx or .csv file, at most 2 MiB and 2,000 rows."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )


def role_choices(roles: tuple[Role, ...]) -> list[tuple[str, Any]]:
    """Roles to choose from."""
    return [(role.value, ROLES[role]) for role in roles]
