"""Correcting what is said of a person (sửa thông tin tài khoản)."""

from __future__ import annotations

from typing import Final

from congtam.administration.accounts.details import PersonDetails
from congtam.administration.accounts.forms import DetailsForm
from congtam.administration.accounts.port import BOTH
from congtam.administration.accounts.subject import AccountChange, AccountVerb
from congtam.foundation.public import Role
from congtam.kernel.errors import msgid


def change(account: AccountChange, *, name: str, position: str = "", email: str = "") -> None:
    """Set name, position and e-mail; the ledger names the fields that changed, not what stands in them."""
    details = PersonDetails.read(name=name, position=position, email=email)
    changed = [field for field, value in details.fields() if getattr(account.account, field) != value]
    for field, value in details.fields():
        setattr(account.account, field, value)
    account.data["fields"] = changed


CHANGE: Final = AccountVerb(
    code="change",
    name=msgid("Change details"),
    done=msgid("Details of the account changed"),
    icon="pencil",
    order=10,
    transitions=BOTH,
    roles=(Role.ADMINISTRATOR, Role.UNIT_HEAD),
    apply=change,
    form=DetailsForm,
)
