"""The named cast of the tests: one account per role, and one person who has no business here."""

from __future__ import annotations

from dataclasses import dataclass

from congtam.foundation.public import Account, Grant, Role, console_actor, create_or_update_account

UNIT = "024"
OTHER_UNIT = "026"
PROVINCE = "02"
PASSWORD = "correct horse battery staple"


@dataclass(frozen=True)
class Cast:
    """Who takes part; all act over unit 024 (a city) unless their office is the province's."""

    clerk: Account
    officer: Account
    unit_head: Account
    reform_officer: Account
    inspector: Account
    appraiser: Account
    leader: Account
    administrator: Account
    observer: Account
    citizen: Account
    outsider: Account

    def everyone(self) -> dict[str, Account]:
        """All accounts by their part."""
        return dict(vars(self))


_PARTS: dict[str, tuple[Role, str] | None] = {
    "clerk": (Role.CLERK, UNIT),
    "officer": (Role.OFFICER, UNIT),
    "unit_head": (Role.UNIT_HEAD, UNIT),
    "reform_officer": (Role.REFORM_OFFICER, PROVINCE),
    "inspector": (Role.INSPECTOR, PROVINCE),
    "appraiser": (Role.APPRAISER, PROVINCE),
    "leader": (Role.LEADER, PROVINCE),
    "administrator": (Role.ADMINISTRATOR, "*"),
    "observer": (Role.OBSERVER, UNIT),
    "citizen": None,
    "outsider": (Role.CLERK, OTHER_UNIT),
}


def find_cast() -> Cast:
    """The accounts that `make_cast` has opened."""
    return Cast(**{account.username: account for account in Account.objects.filter(username__in=_PARTS)})


def make_cast() -> Cast:
    """Open an account for every part."""
    accounts = {}
    for part, office in _PARTS.items():
        grants = [Grant(role=office[0], unit_code=office[1])] if office else []
        accounts[part] = create_or_update_account(
            username=part,
            name=part.replace("_", " ").title(),
            password=PASSWORD,
            grants=grants,
            actor=console_actor(),
        )
    return Cast(**accounts)
