"""Which accounts an actor sees (danh sách tài khoản)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, Func, Q, QuerySet, TextField
from django.db.models.functions import Lower

from congtam.administration.accounts.giving import Reach
from congtam.administration.accounts.reach import reach_of
from congtam.administration.accounts.subject import AccountInCare
from congtam.foundation.account_changes import held_roles
from congtam.foundation.public import EVERYWHERE, Account, Actor, Role, clock
from congtam.kernel.clock import today
from congtam.kernel.errors import NotFound
from congtam.kernel.vietnamese import fold

STATES = ("active", "closed", "never", "temporary")


@dataclass(frozen=True, kw_only=True)
class AccountQuery:
    """Which accounts are looked for; an empty field leaves all."""

    text: str = ""
    role: str = ""
    unit_code: str = ""
    state: str = ""
    """One of STATES: active, closed, never signed in, with a temporary password."""


def find_accounts(query: AccountQuery, *, reach: Reach) -> QuerySet[Account]:
    """The accounts within reach that match, by user name, with their roles at hand."""
    rows, day = _accounts_within(reach), today(clock())
    for word in fold(query.text).split():
        rows = rows.annotate(folded=_fold_column("name")).filter(
            Q(folded__contains=word) | Q(username__icontains=word)
        )
    holding = Q(role_grants__valid__contains=day)
    if query.role:
        holding &= Q(role_grants__role=query.role)
    if query.unit_code:
        holding &= Q(role_grants__unit_code=query.unit_code)
    if query.role or query.unit_code:
        rows = rows.filter(holding)
    rows = _in_state(rows, query.state)
    return rows.order_by("username").distinct().prefetch_related("role_grants")


def get_account(username: str, *, to: Actor) -> AccountInCare:
    """The account as the actor meets it, or NotFound."""
    subject = find_account(username, actor=to)
    if subject is None:
        raise NotFound(kind="account", key=username)
    return subject


def find_account(username: str, *, actor: Actor) -> AccountInCare | None:
    """The account as the actor meets it, where it is visible."""
    reach = reach_of(actor)
    account = _accounts_within(reach).filter(username=username).first()
    return build_account_in_care(account, actor=actor, reach=reach) if account else None


def build_account_in_care(account: Account, *, actor: Actor, reach: Reach) -> AccountInCare:
    """An account as the actor meets it."""
    return AccountInCare(
        actor=actor, account=account, roles=held_roles(account), reach=reach, day=today(clock())
    )


def count_other_administrators(username: str) -> int:
    """How many other active accounts administer the whole installation today."""
    holding = Q(
        role_grants__role=Role.ADMINISTRATOR,
        role_grants__unit_code=EVERYWHERE,
        role_grants__valid__contains=today(clock()),
    )
    active = Account.objects.filter(holding, is_active=True).exclude(username=username)
    return active.distinct().count()


def _accounts_within(reach: Reach) -> QuerySet[Account]:
    """All accounts for an administrator; else those that have, had or will have a role over a unit within reach."""
    if reach.everything:
        return Account.objects.all()
    own = Account.objects.filter(role_grants__unit_code__in=sorted(reach.codes)).values("pk")
    return Account.objects.filter(pk__in=own)


def _in_state(rows: QuerySet[Account], state: str) -> QuerySet[Account]:
    if state == "closed":
        return rows.filter(is_active=False)
    if state == "active":
        return rows.filter(is_active=True)
    if state == "never":
        return rows.filter(is_active=True, last_login=None)
    if state == "temporary":
        return rows.filter(is_active=True, has_temporary_password=True)
    return rows


def _fold_column(column: str) -> Lower:
    """A column as `fold` would have it, for comparison in the database."""
    return Lower(Func(F(column), function="unaccent", output_field=TextField()))
