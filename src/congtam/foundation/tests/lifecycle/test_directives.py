"""A directive on the engine: acceptance, sub-tasks, verification by somebody other than the reporter."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from congtam.foundation.lifecycle import Machine, NotInState
from congtam.foundation.models import AuditEntry, OutboxMessage
from congtam.foundation.public import Actor, Grant, Role
from congtam.foundation.tests.lifecycle import tables
from congtam.foundation.tests.lifecycle.directives import (
    ACCEPT,
    DIRECTIVES,
    DIVIDE,
    REJECT,
    REPORT_DONE,
    VERIFY,
    Directive,
    Met,
    SubtasksOpen,
    VerifiedByReporter,
)
from congtam.kernel.errors import NotFound

DUE: Final = datetime(2026, 3, 31, 10, 0, tzinfo=UTC)
HEAD: Final = Actor(username="head", name="", grants=(Grant(role=Role.UNIT_HEAD, unit_code="024"),))
DEPUTY: Final = Actor(username="deputy", name="", grants=(Grant(role=Role.UNIT_HEAD, unit_code="024"),))
WARD: Final = Actor(username="ward", name="", grants=(Grant(role=Role.UNIT_HEAD, unit_code="00691"),))
INSPECTOR: Final = Actor(username="inspector", name="", grants=(Grant(role=Role.INSPECTOR, unit_code="02"),))


@pytest.fixture
def directive(db: None) -> str:
    """A directive of unit 024, accepted."""
    tables.create([Directive])
    Directive.objects.create(code="D1", unit_code="024", due_at=DUE)
    DIRECTIVES.perform("D1", ACCEPT, actor=HEAD, version=1)
    return "D1"


def met(actor: Actor) -> Met:
    found = DIRECTIVES.port.find("D1", actor=actor)
    assert found is not None
    return found


def offered(actor: Actor) -> list[str]:
    return [verb.code for verb in DIRECTIVES.available(met(actor))]


def divided(**changes: Any) -> Directive:
    fields = {"code": "D1.1", "unit_code": "00691", "due_at": DUE - timedelta(days=7)} | changes
    made = DIRECTIVES.perform("D1", DIVIDE, actor=HEAD, data=fields).made
    assert isinstance(made, Directive)
    return made


def test_a_part_is_made_and_due_no_later_than_the_whole(directive: str) -> None:
    part = divided(due_at=DUE + timedelta(days=30))
    assert (part.parent, part.due_at, part.state) == (Directive.objects.get(code="D1"), DUE, "assigned")


def test_the_whole_is_not_done_while_a_part_is_open(directive: str) -> None:
    divided()
    assert offered(HEAD) == ["divide"]
    with pytest.raises(SubtasksOpen, match=r"Sub-tasks of D1 are open: D1\.1\."):
        DIRECTIVES.perform("D1", REPORT_DONE, actor=HEAD, data={"result": "Xong"})
    DIRECTIVES.perform("D1.1", ACCEPT, actor=WARD)
    DIRECTIVES.perform("D1.1", REPORT_DONE, actor=WARD, data={"result": "Đã làm"})
    DIRECTIVES.perform("D1.1", VERIFY, actor=INSPECTOR)
    assert offered(HEAD) == ["divide", "report_done"]
    DIRECTIVES.perform("D1", REPORT_DONE, actor=HEAD, data={"result": "Xong"})
    assert Directive.objects.get(code="D1").state == "reported"


def test_who_reported_does_not_verify(directive: str) -> None:
    DIRECTIVES.perform("D1", REPORT_DONE, actor=HEAD, data={"result": "Xong"})
    assert (offered(HEAD), offered(DEPUTY), offered(INSPECTOR)) == ([], ["verify"], ["verify", "reject"])
    with pytest.raises(VerifiedByReporter, match="You reported D1 done yourself"):
        DIRECTIVES.perform("D1", VERIFY, actor=HEAD)
    DIRECTIVES.perform("D1", VERIFY, actor=DEPUTY)
    assert Directive.objects.get(code="D1").state == "closed"


def test_sent_back_it_is_due_again(directive: str) -> None:
    DIRECTIVES.perform("D1", REPORT_DONE, actor=HEAD, data={"result": "Xong"})
    assert DIRECTIVES.due(met(INSPECTOR), now=DUE) == []
    DIRECTIVES.perform("D1", REJECT, actor=INSPECTOR, data={"reason": "Chưa có minh chứng"})
    assert [(due.verb, due.is_late) for due in DIRECTIVES.due(met(INSPECTOR), now=DUE)] == [
        (REPORT_DONE, False)
    ]


def test_another_unit_finds_nothing(directive: str) -> None:
    with pytest.raises(NotFound):
        DIRECTIVES.perform("D1", ACCEPT, actor=WARD)


def test_a_part_is_told_of_with_the_verb_that_was_done(directive: str) -> None:
    divided()
    verbs = OutboxMessage.objects.filter(topic="directives.changed").order_by("pk")
    assert list(verbs.values_list("payload__verb", flat=True)) == ["accept", "divide"]
    lines = AuditEntry.objects.filter(kind="directive").order_by("pk").values_list("verb", flat=True)
    assert list(lines) == ["directive.accept", "directive.divide"]


def test_accepted_twice_is_refused(directive: str) -> None:
    with pytest.raises(NotInState):
        DIRECTIVES.perform("D1", ACCEPT, actor=HEAD)


def test_two_verbs_of_one_code_are_no_machine() -> None:
    with pytest.raises(ValueError, match="same code"):
        Machine(DIRECTIVES.port, [ACCEPT, ACCEPT])
