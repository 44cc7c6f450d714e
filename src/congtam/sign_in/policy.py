"""The rules of signing in that are in force, and changing them (quy định đăng nhập)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db import transaction

from congtam.foundation.confirmation import require_confirmation
from congtam.foundation.public import (
    Account,
    Actor,
    actor_for,
    clock,
    installation_notes,
    real_clock,
    record,
    set_installation_notes,
)
from congtam.kernel.clock import today
from congtam.kernel.errors import InputRefused, NotAllowed, Problem, msgid
from congtam.sign_in.domain.policy import (
    LONGEST_IDLE,
    SHORTEST_IDLE,
    SignInPolicy,
    needs_second_step,
    policy_on,
)

NOTE: Final = "sign_in_policies"


def policies() -> list[SignInPolicy]:
    """All that were decided, by their first day."""
    stored = installation_notes().get(NOTE, [])
    return sorted((SignInPolicy.parse(entry) for entry in stored), key=lambda policy: policy.since)


def policy_in_force() -> SignInPolicy:
    """Today's, by the real calendar: a demonstration's clock does not move it."""
    return policy_on(policies(), today(real_clock()))


def idle_seconds() -> int:
    """After how many seconds without use a session ends."""
    return policy_in_force().idle_minutes * 60


def is_second_step_required(account: Account) -> bool:
    """Whether the account needs a second step today."""
    roles = [grant.role for grant in actor_for(account, on=today(clock())).grants]
    return needs_second_step(policy_in_force(), roles, is_demonstration=account.is_demonstration)


def roles_requiring_second_step(actor: Actor) -> list[str]:
    """The actor's roles of today for which the rules require a second step."""
    required = policy_in_force().roles
    return sorted({grant.role.value for grant in actor.grants if grant.role in required})


@transaction.atomic
def decide_policy(*, since: date, roles: Iterable[str], idle_minutes: int, actor: Actor) -> SignInPolicy:
    """Decide the rules from a day on, today or later; those of an earlier day stay as they were."""
    require_administrator(actor)
    require_confirmation(actor)
    problems = []
    if since < today(real_clock()):
        message = msgid("Enter today or a later day.")
        problems.append(Problem(code="policy_in_the_past", message=message, column="since"))
    if not SHORTEST_IDLE <= idle_minutes <= LONGEST_IDLE:
        message = msgid("Enter {shortest} to {longest} minutes.")
        data = {"shortest": SHORTEST_IDLE, "longest": LONGEST_IDLE}
        problems.append(Problem(code="idle_wrong", message=message, data=data, column="idle_minutes"))
    if problems:
        raise InputRefused(problems)
    decided = SignInPolicy(since=since, roles=frozenset(roles), idle_minutes=idle_minutes)
    kept = [policy for policy in policies() if policy.since != since]
    set_installation_notes(**{NOTE: [policy.as_data() for policy in (*kept, decided)]})
    record(actor, "sign_in.policy_set", kind="sign_in", key="policy", data=decided.as_data())
    return decided


def require_administrator(actor: Actor) -> None:
    """Raise NotAllowed for everybody but administrators of the whole installation."""
    if not actor.administers_everything:
        raise NotAllowed(right="administration")
