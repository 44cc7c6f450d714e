"""A machine of the tests' own: a directive is divided, reported done and verified by somebody else (chỉ đạo)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from django.db import models

from congtam.foundation.lifecycle import ChangeNotice, Machine, Obstacle, Port, Verb
from congtam.foundation.public import Actor, Role
from congtam.kernel.errors import DomainError, NotAllowed


class Directive(models.Model):
    """A task that a leader assigned to a unit."""

    code = models.CharField(max_length=40, unique=True)
    unit_code = models.CharField(max_length=20)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, default="assigned")
    version = models.IntegerField(default=1)
    due_at = models.DateTimeField(null=True)
    reported_by = models.CharField(max_length=40, blank=True)
    result = models.TextField(blank=True)
    objects: ClassVar[models.Manager[Directive]] = models.Manager()

    class Meta:
        """Of no installed app: nothing else of the program meets this table."""

        app_label = "lifecycle_tests"
        managed = False


class SubtasksOpen(DomainError):
    """A part of the directive is not closed yet."""

    code = "directives.subtasks_open"
    message = "Sub-tasks of {key} are open: {open}."


class VerifiedByReporter(NotAllowed):
    """Whoever reported it done must not verify it."""

    code = "directives.verified_by_reporter"
    message = "You reported {key} done yourself; somebody else must verify it."


@dataclass(frozen=True)
class Met:
    """A directive as one actor meets it."""

    actor: Actor
    row: Directive

    def open_subtasks(self) -> list[str]:
        """The codes of its parts that are not closed."""
        parts = Directive.objects.filter(parent=self.row).exclude(state="closed")
        return list(parts.order_by("code").values_list("code", flat=True))


@dataclass(frozen=True)
class Change:
    """A directive under change; ``verb`` is what is done."""

    actor: Actor
    row: Directive
    verb: str


class DirectivePort(Port[Met, Change]):
    """The way to the rows."""

    kind: ClassVar[str] = "directive"
    topic: ClassVar[str] = "directives.changed"
    states = {
        "assigned": "Assigned",
        "in_progress": "In progress",
        "reported": "Reported",
        "closed": "Closed",
    }

    def find(self, key: str, *, actor: Actor) -> Met | None:
        """By unit; inspectors and leaders see those of the province."""
        row = Directive.objects.filter(code=key).first()
        if row is None or not {row.unit_code, "02"} & set(actor.units_with()):
            return None
        return Met(actor=actor, row=row)

    def may(self, subject: Met, verb: Verb[Met]) -> bool:
        """By role."""
        return bool({subject.row.unit_code, "02"} & set(subject.actor.units_with(*verb.roles)))

    def lock(self, subject: Met) -> Met:
        """The row itself."""
        return Met(actor=subject.actor, row=Directive.objects.select_for_update().get(pk=subject.row.pk))

    def version(self, subject: Met) -> int:
        """A column."""
        return subject.row.version

    def state(self, subject: Met) -> str:
        """A column."""
        return subject.row.state

    def key(self, subject: Met) -> str:
        """The code."""
        return subject.row.code

    def begin(self, subject: Met, *, verb: Verb[Met], state: str) -> Change:
        """The state is set at once."""
        subject.row.state = state
        return Change(actor=subject.actor, row=subject.row, verb=verb.code)

    def store(self, change: Change) -> ChangeNotice:
        """The whole row."""
        row = change.row
        row.version += 1
        row.save()
        payload = {"code": row.code, "verb": change.verb, "state": row.state}
        return ChangeNotice(key=row.code, unit_code=row.unit_code, payload=payload)


def _due(met: Met) -> datetime | None:
    return met.row.due_at


def _parts_closed(met: Met) -> Obstacle:
    """An error of its own making, for it names the parts."""
    parts = met.open_subtasks()
    return SubtasksOpen(key=met.row.code, open=", ".join(parts)) if parts else None


def _not_the_reporter(met: Met) -> Obstacle:
    return VerifiedByReporter if met.row.reported_by == met.actor.username else None


def _nothing_else(change: Change) -> None:
    """The state says it all."""


def _divide(change: Change, *, code: str, unit_code: str, due_at: datetime) -> Directive:
    """The part is due no later than the whole."""
    limit = min(due_at, change.row.due_at) if change.row.due_at else due_at
    return Directive.objects.create(code=code, unit_code=unit_code, parent=change.row, due_at=limit)


def _report(change: Change, *, result: str) -> None:
    change.row.reported_by, change.row.result = change.actor.username, result


def _reject(change: Change, *, reason: str) -> None:
    change.row.result, change.row.reported_by = reason, ""


ACCEPT: Final = Verb[Met](
    code="accept",
    name="Accept",
    done="Accepted",
    transitions={"assigned": "in_progress"},
    roles=(Role.UNIT_HEAD,),
    apply=_nothing_else,
    form=object,
)
DIVIDE: Final = Verb[Met](
    code="divide",
    name="Assign a part",
    done="Assigned a part",
    transitions={"in_progress": "in_progress"},
    roles=(Role.UNIT_HEAD,),
    apply=_divide,
    form=object,
    creates=True,
)
REPORT_DONE: Final = Verb[Met](
    code="report_done",
    name="Report done",
    done="Reported done",
    transitions={"in_progress": "reported"},
    roles=(Role.UNIT_HEAD, Role.OFFICER),
    guards=(_parts_closed,),
    apply=_report,
    form=object,
    due=_due,
)
VERIFY: Final = Verb[Met](
    code="verify",
    name="Verify",
    done="Verified",
    transitions={"reported": "closed"},
    roles=(Role.UNIT_HEAD, Role.INSPECTOR),
    guards=(_not_the_reporter,),
    apply=_nothing_else,
    form=object,
    notify="directive_closed",
)
REJECT: Final = Verb[Met](
    code="reject",
    name="Send back",
    done="Sent back",
    transitions={"reported": "in_progress"},
    roles=(Role.INSPECTOR,),
    guards=(_not_the_reporter,),
    apply=_reject,
    form=object,
)
DIRECTIVES: Final = Machine(DirectivePort(), [ACCEPT, DIVIDE, REPORT_DONE, VERIFY, REJECT])
