"""Entering posts, who holds them and what they may sign (chức vụ, bổ nhiệm, thẩm quyền ký)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from congtam.foundation.confirmation import require_confirmation
from congtam.foundation.public import Actor, Role, record
from congtam.kernel.errors import InputRefused, NotAllowed, NotFound, Problem, msgid
from congtam.kernel.input.texts import direction_mark_problems
from congtam.kernel.vietnamese import nfc
from congtam.org_units.domain.post_problems import (
    end_problems,
    period_problems,
    power_problems,
    source_problems,
)
from congtam.org_units.domain.signing import Authority
from congtam.org_units.models import Appointment, Post, SigningPower
from congtam.org_units.queries import register, visible_units

MAY_EDIT = (Role.UNIT_HEAD, Role.ADMINISTRATOR)
"""Who keeps the posts of a unit: its head, and the administrator."""


_ENDED: Final = {Post: "ended", Appointment: "appointment_ended", SigningPower: "power_ended"}


@dataclass(frozen=True, kw_only=True)
class InclusivePeriod:
    """A period as people enter it: the first and the last day, both included; no last day is open."""

    since: date
    until: date | None = None

    @property
    def range(self) -> DateRange:
        """As the database keeps it: the end is exclusive."""
        return DateRange(self.since, self._end)

    @property
    def _end(self) -> date | None:
        return self.until + timedelta(days=1) if self.until else None

    def problems(self) -> list[Problem]:
        """Whether it ends before it begins."""
        return list(period_problems(self.since, self._end))


def require_editor(actor: Actor, unit_code: str) -> None:
    """Raise NotFound for a unit the actor does not see, NotAllowed without the right to keep its posts."""
    if unit_code not in register() or unit_code not in visible_units(actor):
        raise NotFound(kind="unit", key=unit_code)
    if not may_edit(actor, unit_code):
        raise NotAllowed(right="org_units.posts", unit=unit_code)


def may_edit(actor: Actor, unit_code: str) -> bool:
    """Whether the actor keeps the posts of the unit."""
    return unit_code in visible_units(actor, *MAY_EDIT)


@transaction.atomic
def enter_post(
    *, unit_code: str, code: str, name: str, period: InclusivePeriod, actor: Actor, is_head: bool = False
) -> Post:
    """Add a post to a unit (chức vụ); raises InputRefused with everything wrong."""
    require_editor(actor, unit_code)
    name = nfc(name).strip()
    problems = [*period.problems(), *direction_mark_problems(name, column="name")]
    if not name:
        message = msgid("Enter the name of the post.")
        problems.append(Problem(code="post_without_name", message=message, column="name"))
    if Post.objects.filter(unit_code=unit_code, code=code).exists():
        message = msgid("The unit already has a post “{code}”: choose another code.")
        problems.append(Problem(code="post_exists", message=message, data={"code": code}, column="code"))
    _raise_problems(problems)
    message = msgid("Another post heads this unit in that period: end it first.")
    with _database_constraint(Problem(code="head_exists", message=message, column="is_head")):
        post = Post.objects.create(
            unit_code=unit_code, code=code, name=name, is_head=is_head, valid=period.range
        )
    _audit_post(post, "post.entered", actor=actor, is_head=is_head)
    return post


@transaction.atomic
def appoint(
    post: Post,
    *,
    person_name: str,
    period: InclusivePeriod,
    legal_source: str,
    actor: Actor,
    username: str = "",
) -> Appointment:
    """Say who holds a post in a period (bổ nhiệm, giao phụ trách); a holder before ends with the day before.

    Raises InputRefused when somebody holds it at a later time within the period.
    """
    require_editor(actor, post.unit_code)
    require_confirmation(actor)
    person_name = nfc(person_name).strip()
    problems = [*period.problems(), *source_problems(legal_source)]
    problems += direction_mark_problems(person_name, column="person_name")
    if not person_name:
        message = msgid("Enter the name of the person.")
        problems.append(Problem(code="person_missing", message=message, column="person_name"))
    _raise_problems(problems)
    _end_current_appointments(post, since=period.since)
    message = msgid("Someone else holds this post in that period: end that appointment first.")
    with _database_constraint(Problem(code="appointment_overlaps", message=message, column="since")):
        made = Appointment.objects.create(
            post=post,
            person_name=person_name,
            username=username,
            valid=period.range,
            legal_source=nfc(legal_source).strip(),
        )
    _audit_post(post, "post.appointed", actor=actor, id=made.pk)
    return made


@transaction.atomic
def grant_power(
    post: Post,
    *,
    matter: str,
    authority: Authority,
    period: InclusivePeriod,
    legal_source: str,
    actor: Actor,
    granted_by: Post | None = None,
) -> SigningPower:
    """Say what a post may sign in a period, and who gave it the power (thẩm quyền ký; NĐ 30/2020/NĐ-CP, Điều 13)."""
    require_editor(actor, post.unit_code)
    require_confirmation(actor)
    if granted_by is not None:
        require_editor(actor, granted_by.unit_code)
    giver = granted_by.key if granted_by else ""
    _raise_problems(
        [
            *period.problems(),
            *source_problems(legal_source),
            *power_problems(authority, post=post.key, giver=giver, until=period.until),
        ]
    )
    message = msgid("The post already has this signing power in that period.")
    with _database_constraint(Problem(code="power_exists", message=message, column="since")):
        made = SigningPower.objects.create(
            post=post,
            matter=matter,
            authority=authority.value,
            granted_by=granted_by,
            valid=period.range,
            legal_source=nfc(legal_source).strip(),
        )
    _audit_post(
        post, "post.power_granted", actor=actor, matter=matter, authority=authority.value, granted_by=giver
    )
    return made


@transaction.atomic
def end_entry(
    entry: Post | Appointment | SigningPower, *, last_day: date, legal_source: str, actor: Actor
) -> None:
    """End a post, an appointment or a power with a day (bãi bỏ, thôi giữ chức vụ, thu hồi ủy quyền).

    What was signed before stays signed. Raises InputRefused for a day outside the entry's period.
    """
    post = entry if isinstance(entry, Post) else entry.post
    require_editor(actor, post.unit_code)
    _raise_problems([*source_problems(legal_source), *end_problems(entry.valid, last_day)])
    entry.valid = DateRange(entry.valid.lower, last_day + timedelta(days=1))
    entry.save(update_fields=["valid"])
    _audit_post(
        post,
        f"post.{_ENDED[type(entry)]}",
        actor=actor,
        id=entry.pk,
        until=last_day.isoformat(),
        source=nfc(legal_source).strip(),
    )


def _end_current_appointments(post: Post, *, since: date) -> None:
    for before in post.appointments.filter(valid__upper_inf=True, valid__startswith__lt=since):
        before.valid = DateRange(before.valid.lower, since)
        before.save(update_fields=["valid"])


def _audit_post(post: Post, verb: str, *, actor: Actor, **data: object) -> None:
    record(actor, verb, kind="org_unit_post", key=post.key, unit_code=post.unit_code, data=data)


def _raise_problems(problems: Iterable[Problem]) -> None:
    listed = list(problems)
    if listed:
        raise InputRefused(listed)


@contextmanager
def _database_constraint(problem: Problem) -> Iterator[None]:
    """A row the database refuses, also in a race, is told like any other problem."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise InputRefused([problem]) from None
