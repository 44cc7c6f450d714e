"""A role to be given, as somebody entered it (yêu cầu phân vai): one rule for page, file and console."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Final, Self

from django.utils.translation import override

from congtam.administration.accounts.errors import RoleNotYours
from congtam.administration.accounts.giving import Reach
from congtam.administration.accounts.subject import AccountInCare
from congtam.foundation.account_changes import add_role
from congtam.foundation.public import EVERYWHERE, Account, Actor, Role, clock
from congtam.foundation.role_names import ROLES
from congtam.kernel.clock import today
from congtam.kernel.errors import InputRefused, Problem, gather_problems, msgid
from congtam.kernel.input.texts import compact
from congtam.kernel.vietnamese import fold
from congtam.org_units.public import find_version, is_registered_unit, resolve_unit_code, unit_on

_EVERYWHERE_TEXTS: Final = frozenset({"*", "toan bo", "toan he thong", "tat ca", "everywhere", "all"})
LONGEST_NOTE: Final = 300


@dataclass(frozen=True, kw_only=True)
class RoleOrder:
    """A role over a unit, from a first to a last day, both included; no last day is open."""

    role: Role
    unit_code: str
    since: date
    until: date | None
    note: str = ""

    @classmethod
    def read(
        cls, *, role: str, unit: str, since: date | None, until: date | None, actor: Actor, note: str = ""
    ) -> Self:
        """Read what was typed: a role by its code or name, a unit by code or name; raises InputRefused."""
        day = since or today(clock())
        problems, unit_code = [], ""
        parsed = parse_role(role)
        if parsed is None:
            problems.append(
                _role_problem("role_unknown", "role", role=compact(role)[:60], roles=_role_list())
            )
        with gather_problems(problems):
            unit_code = parse_unit(unit, on=day, actor=actor)
            problems += unit_problems(unit_code, typed=unit, on=day)
        if until is not None and until < day:
            problems.append(_role_problem("role_period_empty", "until"))
        if problems or parsed is None:
            raise InputRefused(problems)
        return cls(
            role=parsed, unit_code=unit_code, since=day, until=until, note=compact(note)[:LONGEST_NOTE]
        )

    def check(self, subject: AccountInCare) -> None:
        """Raise RoleNotYours beyond one's reach, InputRefused where the account has the role already."""
        self.require_reach(subject.reach)
        for held in subject.current_roles:
            same = held.role is self.role and held.unit_code == self.unit_code
            if same and held.holds_on(max(self.since, held.since or self.since)):
                raise InputRefused([_role_problem("role_held", "role")])

    def require_reach(self, reach: Reach) -> None:
        """Raise RoleNotYours where the actor may not give it."""
        if not reach.may_give(self.role, self.unit_code):
            raise RoleNotYours(role=self.role.value, unit=self.unit_code)

    def carry_out(self, account: Account) -> None:
        """Give it."""
        end = self.until + timedelta(days=1) if self.until else None
        add_role(
            account, role=self.role, unit_code=self.unit_code, since=self.since, until=end, note=self.note
        )

    @property
    def pair(self) -> tuple[Role, str]:
        """The role with the code of its unit."""
        return self.role, self.unit_code

    def as_data(self) -> Mapping[str, Any]:
        """For the ledger."""
        last = self.until.isoformat() if self.until else None
        return {"role": self.role, "unit": self.unit_code, "from": self.since.isoformat(), "last_day": last}


def parse_role(text: str) -> Role | None:
    """A role by its code or its name in either language.

    >>> parse_role("Unit_Head"), parse_role("nobody")
    (<Role.UNIT_HEAD: 'unit_head'>, None)
    """
    return _role_texts().get(fold(compact(text)))


def parse_unit(text: str, *, on: date, actor: Actor) -> str:
    """The code of a unit that was typed, the whole installation included; raises InputRefused."""
    if fold(compact(text)) in _EVERYWHERE_TEXTS:
        return EVERYWHERE
    return resolve_unit_code(text, on=on, to=actor)


def unit_problems(unit_code: str, *, typed: str, on: date) -> Iterator[Problem]:
    """Whether there is such a unit, on the first day of the role."""
    if not unit_code:
        yield _role_problem("unit_missing", "unit")
    elif unit_code != EVERYWHERE and not is_registered_unit(unit_code):
        yield _role_problem("account_unit_unknown", "unit", unit=compact(typed)[:60])
    elif unit_code != EVERYWHERE and unit_on(unit_code, on) is None:
        version = find_version(unit_code, on)
        yield _role_problem(
            "unit_not_in_force", "unit", unit=version.name if version else unit_code, day=f"{on:%d/%m/%Y}"
        )


_TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "role_unknown": (msgid("“{role}” is not a role."), msgid("Use one of: {roles}.")),
    "role_period_empty": (msgid("The last day is before the first day."), ""),
    "role_held": (msgid("The account already has this role over this unit."), ""),
    "unit_missing": (msgid("Enter the unit: its name or code."), ""),
    "account_unit_unknown": (
        msgid("There is no unit “{unit}”."),
        msgid("Enter the code as text with its leading zeros, such as 00691, or the full name."),
    ),
    "unit_not_in_force": (
        msgid("{unit} is not in force on {day}."),
        msgid("Choose the unit that succeeded it, or another day."),
    ),
}


def _role_problem(code: str, column: str, **data: Any) -> Problem:
    message, advice = _TEXTS[code]
    return Problem(code=code, message=message, advice=advice, column=column, data=data)


@cache
def _role_texts() -> Mapping[str, Role]:
    """Every way of writing a role, folded: the code and the names in both languages."""
    texts = {fold(role.value): role for role in Role}
    for language in ("vi", "en"):
        with override(language):
            texts |= {fold(str(name)): role for role, name in ROLES.items()}
    return texts


def _role_list() -> str:
    return ", ".join(str(name) for name in ROLES.values())
