"""A machine of the tests' own: units fill in an assignment of a campaign by a due date (đợt báo cáo).

draft → submitted → returned with remarks → submitted → accepted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Final

from django.db import models

from congtam.foundation.lifecycle import ChangeNotice, Machine, Obstacle, Port, Verb
from congtam.foundation.public import Actor, Role, clock
from congtam.kernel.errors import DomainError, InputRefused, Problem


class Assignment(models.Model):
    """What one unit has to hand in."""

    code = models.CharField(max_length=40, unique=True)
    unit_code = models.CharField(max_length=20)
    officer = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=20, default="draft")
    version = models.IntegerField(default=1)
    due_at = models.DateTimeField()
    was_extended = models.BooleanField(default=False)
    answers = models.JSONField(default=dict)
    remarks = models.JSONField(default=list)
    objects: ClassVar[models.Manager[Assignment]] = models.Manager()

    class Meta:
        """Of no installed app: nothing else of the program meets this table."""

        app_label = "lifecycle_tests"
        managed = False


class ExtendedBefore(DomainError):
    """The due date was put off once already."""

    code = "campaign.extended_before"
    message = "The due date of {key} was put off before."


class TooLateToExtend(DomainError):
    """The due date has passed."""

    code = "campaign.too_late"
    message = "The due date of {key} has passed."


@dataclass(frozen=True)
class Met:
    """An assignment as one actor meets it."""

    actor: Actor
    row: Assignment
    now: datetime


@dataclass
class Change:
    """An assignment under change."""

    actor: Actor
    row: Assignment
    now: datetime
    data: dict[str, Any] = field(default_factory=dict)


def _sees(actor: Actor, unit_code: str, *roles: Role) -> bool:
    return actor.is_console or unit_code in actor.units_with(*roles) or "02" in actor.units_with(*roles)


class CampaignPort(Port[Met, Change]):
    """The way to the rows."""

    kind: ClassVar[str] = "assignment"
    topic: ClassVar[str] = "campaign.changed"
    states = {"draft": "Draft", "submitted": "Submitted", "returned": "Returned", "accepted": "Accepted"}

    def find(self, key: str, *, actor: Actor) -> Met | None:
        """By unit."""
        row = Assignment.objects.filter(code=key).first()
        if row is None or not _sees(actor, row.unit_code):
            return None
        return Met(actor=actor, row=row, now=clock().now())

    def may(self, subject: Met, verb: Verb[Met]) -> bool:
        """By role."""
        return _sees(subject.actor, subject.row.unit_code, *verb.roles)

    def lock(self, subject: Met) -> Met:
        """The row itself."""
        row = Assignment.objects.select_for_update().get(pk=subject.row.pk)
        return Met(actor=subject.actor, row=row, now=subject.now)

    def version(self, subject: Met) -> int:
        """A column."""
        return subject.row.version

    def state(self, subject: Met) -> str:
        """A column."""
        return subject.row.state

    def key(self, subject: Met) -> str:
        """The code."""
        return subject.row.code

    def begin(self, subject: Met, *, verb: Verb[Met], state: str) -> Change:  # noqa: ARG002
        """The state is set at once."""
        subject.row.state = state
        return Change(actor=subject.actor, row=subject.row, now=subject.now)

    def store(self, change: Change) -> ChangeNotice:
        """The whole row."""
        row = change.row
        row.version += 1
        row.save()
        return ChangeNotice(
            key=row.code,
            unit_code=row.unit_code,
            payload={"code": row.code, "state": row.state},
            data=change.data,
        )


def _assigned(met: Met) -> bool:
    return met.row.officer in {"", met.actor.username}


def _due(met: Met) -> datetime:
    return met.row.due_at


def _extended(met: Met) -> Obstacle:
    return ExtendedBefore if met.row.was_extended else None


def _late(met: Met) -> Obstacle:
    return TooLateToExtend if met.now > met.row.due_at else None


def _submit(change: Change, *, answers: dict[str, Any]) -> None:
    change.row.answers = answers
    change.row.officer = change.row.officer or change.actor.username
    change.data |= {"answers": len(answers)}


def _return(change: Change, *, remarks: list[str]) -> None:
    if not remarks:
        raise InputRefused([Problem(code="remarks_missing", message="Say what to mend.", column="remarks")])
    change.row.remarks = [*change.row.remarks, *remarks]


def _extend(change: Change, *, until: datetime) -> None:
    change.row.due_at, change.row.was_extended = until, True


def _nothing_else(change: Change) -> None:
    """The state says it all."""


SUBMIT: Final = Verb[Met](
    code="submit",
    name="Submit",
    done="Submitted",
    transitions={"draft": "submitted", "returned": "submitted"},
    roles=(Role.OFFICER,),
    held_by=_assigned,
    apply=_submit,
    form=object,
    due=_due,
    order=1,
)
RETURN: Final = Verb[Met](
    code="return",
    name="Return with remarks",
    done="Returned with remarks",
    transitions={"submitted": "returned"},
    roles=(Role.REFORM_OFFICER,),
    apply=_return,
    form=object,
    notify="assignment_returned",
    order=3,
)
ACCEPT: Final = Verb[Met](
    code="accept",
    name="Accept",
    done="Accepted",
    transitions={"submitted": "accepted"},
    roles=(Role.REFORM_OFFICER,),
    apply=_nothing_else,
    form=object,
    notify="assignment_accepted",
    order=2,
    bulk=1,
)
EXTEND: Final = Verb[Met](
    code="extend",
    name="Put off the due date",
    done="Due date put off",
    transitions={"draft": "draft", "returned": "returned"},
    roles=(Role.REFORM_OFFICER,),
    guards=(_extended, _late),
    apply=_extend,
    form=object,
    order=4,
)
REMIND: Final = Verb[Met](
    code="remind",
    name="Remind",
    done="Reminded",
    transitions={"draft": "draft", "returned": "returned"},
    roles=(),
    is_automatic=True,
    apply=_nothing_else,
    notify="assignment_due",
)
CAMPAIGN: Final = Machine(CampaignPort(), [SUBMIT, RETURN, ACCEPT, EXTEND, REMIND])
