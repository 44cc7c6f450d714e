"""A campaign on the engine: due dates, return with remarks, rights, races, many at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congtam.foundation.lifecycle import ChangedMeanwhile, NotForMany, NotInState, NotYourTurn, verb_table
from congtam.foundation.models import AuditEntry, OutboxMessage
from congtam.foundation.public import Actor, Grant, Role, find_breaks
from congtam.foundation.tests.lifecycle import tables
from congtam.foundation.tests.lifecycle.campaign import (
    ACCEPT,
    CAMPAIGN,
    EXTEND,
    REMIND,
    RETURN,
    SUBMIT,
    Assignment,
    ExtendedBefore,
    Met,
    TooLateToExtend,
)
from congtam.kernel.clock import FixedClock
from congtam.kernel.errors import InputRefused, NotAllowed, NotFound
from congtam.testing.own_database import at_once, own_database

DUE: Final = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
OFFICER: Final = Actor(username="officer", name="", grants=(Grant(role=Role.OFFICER, unit_code="024"),))
COLLEAGUE: Final = Actor(username="colleague", name="", grants=(Grant(role=Role.OFFICER, unit_code="024"),))
REFORM: Final = Actor(username="reform", name="", grants=(Grant(role=Role.REFORM_OFFICER, unit_code="02"),))
OUTSIDER: Final = Actor(username="outsider", name="", grants=(Grant(role=Role.OFFICER, unit_code="026"),))
ANSWERS: Final = {"answers": {"dossiers": 12}}


def assigned(code: str = "A1", **fields: Any) -> str:
    Assignment.objects.create(code=code, unit_code="024", due_at=DUE, **fields)
    return code


def met(actor: Actor, code: str = "A1") -> Met:
    found = CAMPAIGN.port.find(code, actor=actor)
    assert found is not None
    return found


def offered(actor: Actor, code: str = "A1") -> list[str]:
    return [verb.code for verb in CAMPAIGN.buttons(met(actor, code))]


def row(code: str = "A1") -> Assignment:
    return Assignment.objects.get(code=code)


@pytest.fixture
def campaign(db: None, frozen_clock: FixedClock) -> FixedClock:
    """The table, on 2 March 2026."""
    tables.create([Assignment])
    return frozen_clock


def test_return_with_remarks_and_a_second_try(campaign: FixedClock) -> None:
    code = assigned()
    CAMPAIGN.perform(code, SUBMIT, actor=OFFICER, version=1, data=ANSWERS)
    CAMPAIGN.perform(code, RETURN, actor=REFORM, version=2, data={"remarks": ["Thiếu số liệu quý I"]})
    assert (row().state, row().remarks) == ("returned", ["Thiếu số liệu quý I"])
    CAMPAIGN.perform(code, SUBMIT, actor=OFFICER, version=3, data={"answers": {"dossiers": 15}})
    done = CAMPAIGN.perform(code, ACCEPT, actor=REFORM, version=4)
    assert (done.change.row.state, row().state, row().version) == ("accepted", "accepted", 5)
    assert row().answers == {"dossiers": 15}


def test_each_step_is_told_once(campaign: FixedClock) -> None:
    code = assigned()
    CAMPAIGN.perform(code, SUBMIT, actor=OFFICER, data=ANSWERS)
    CAMPAIGN.perform(code, ACCEPT, actor=REFORM)
    lines = AuditEntry.objects.filter(kind="assignment", key=code).order_by("pk")
    assert list(lines.values_list("verb", "actor", "unit_code")) == [
        ("assignment.submit", "officer", "024"),
        ("assignment.accept", "reform", "024"),
    ]
    messages = OutboxMessage.objects.filter(topic="campaign.changed", key=code).order_by("pk")
    assert list(messages.values_list("payload__state", flat=True)) == ["submitted", "accepted"]
    assert list(find_breaks()) == []


def test_buttons_by_state_role_and_turn(campaign: FixedClock) -> None:
    assigned()
    assert (offered(OFFICER), offered(REFORM)) == (["submit"], ["extend"])
    CAMPAIGN.perform("A1", SUBMIT, actor=OFFICER, data=ANSWERS)
    assert (offered(OFFICER), offered(REFORM)) == ([], ["accept", "return"])
    CAMPAIGN.perform("A1", RETURN, actor=REFORM, data={"remarks": ["Sai"]})
    assert (offered(OFFICER), offered(COLLEAGUE)) == (["submit"], [])


def test_a_colleague_whose_turn_it_is_not_is_refused(campaign: FixedClock) -> None:
    assigned(officer="officer")
    with pytest.raises(NotYourTurn):
        CAMPAIGN.perform("A1", SUBMIT, actor=COLLEAGUE, data=ANSWERS)


def test_an_outsider_finds_nothing(campaign: FixedClock) -> None:
    assigned()
    with pytest.raises(NotFound) as hidden:
        CAMPAIGN.perform("A1", SUBMIT, actor=OUTSIDER, data=ANSWERS)
    with pytest.raises(NotFound) as absent:
        CAMPAIGN.perform("A2", SUBMIT, actor=OUTSIDER, data=ANSWERS)
    assert str(hidden.value).replace("A1", "A2") == str(absent.value)
    assert not AuditEntry.objects.filter(kind="assignment").exists()


def test_who_sees_it_without_the_role_is_refused(campaign: FixedClock) -> None:
    assigned(state="submitted")
    with pytest.raises(NotAllowed, match="does not allow"):
        CAMPAIGN.perform("A1", ACCEPT, actor=OFFICER)


def test_nobody_is_offered_what_the_program_does(campaign: FixedClock) -> None:
    assigned()
    everybody = Actor(username="all", name="", is_console=True)
    assert REMIND not in CAMPAIGN.available(met(everybody))
    CAMPAIGN.perform("A1", REMIND, actor=everybody)
    assert AuditEntry.objects.filter(verb="assignment.remind").count() == 1


def test_a_state_that_does_not_allow_it_says_so(campaign: FixedClock) -> None:
    assigned(state="accepted")
    with pytest.raises(NotInState) as refused:
        CAMPAIGN.perform("A1", SUBMIT, actor=OFFICER, data=ANSWERS)
    assert str(refused.value) == "A1 is in state “Accepted”; “Submit” is not possible now."
    translated = {"Accepted": "Đã nhận", "Submit": "Nộp"}
    assert "“Đã nhận”; “Nộp”" in refused.value.format_message(lambda text: translated.get(text, text))


def test_a_date_is_put_off_once_and_in_time(campaign: FixedClock) -> None:
    assigned()
    later = {"until": DUE + timedelta(days=5)}
    CAMPAIGN.perform("A1", EXTEND, actor=REFORM, data=later)
    assert row().due_at == DUE + timedelta(days=5)
    assert offered(REFORM) == []
    with pytest.raises(ExtendedBefore, match="A1 was put off before"):
        CAMPAIGN.perform("A1", EXTEND, actor=REFORM, data=later)
    assigned("A2")
    campaign.instant = DUE + timedelta(hours=1)
    assert offered(REFORM, "A2") == []
    with pytest.raises(TooLateToExtend):
        CAMPAIGN.perform("A2", EXTEND, actor=REFORM, data=later)


def test_what_is_due_and_what_is_late_is_seen_by_all(campaign: FixedClock) -> None:
    assigned()
    (waiting,) = CAMPAIGN.due(met(REFORM), now=campaign.now())
    assert (waiting.verb, waiting.due_at, waiting.is_late) == (SUBMIT, DUE, False)
    (late,) = CAMPAIGN.due(met(REFORM), now=DUE + timedelta(seconds=1))
    assert late.is_late
    CAMPAIGN.perform("A1", SUBMIT, actor=OFFICER, data=ANSWERS)
    assert CAMPAIGN.due(met(REFORM), now=DUE + timedelta(days=9)) == []


def test_what_the_change_refuses_leaves_nothing_behind(campaign: FixedClock) -> None:
    assigned(state="submitted")
    with pytest.raises(InputRefused):
        CAMPAIGN.perform("A1", RETURN, actor=REFORM, data={"remarks": []})
    assert (row().state, row().version) == ("submitted", 1)
    assert not AuditEntry.objects.filter(kind="assignment").exists()
    assert not OutboxMessage.objects.filter(topic="campaign.changed").exists()


def test_many_at_once_each_done_or_refused_by_itself(campaign: FixedClock) -> None:
    for code, state in (("A1", "submitted"), ("A2", "draft"), ("A3", "submitted")):
        assigned(code, state=state)
    outcome = CAMPAIGN.perform_many(["A3", "A2", "A1", "A1", "A9"], ACCEPT, actor=REFORM, versions={"A3": 7})
    assert [done.change.row.code for done in outcome.done] == ["A1"]
    assert [(each.key, type(each.error)) for each in outcome.refused] == [
        ("A2", NotInState),
        ("A3", ChangedMeanwhile),
        ("A9", NotFound),
    ]
    assert AuditEntry.objects.filter(verb="assignment.accept").count() == 1
    assert CAMPAIGN.bulk_verbs() == [ACCEPT]
    with pytest.raises(NotForMany):
        CAMPAIGN.perform_many(["A1"], RETURN, actor=REFORM)


def test_a_verb_costs_what_its_port_costs_and_one_statement_more(campaign: FixedClock) -> None:
    """Find, lock, save, then ledger and outbox together, between savepoint and release."""
    assigned()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        CAMPAIGN.perform("A1", SUBMIT, actor=OFFICER, data=ANSWERS)
    assert len(queries) == 6


def test_the_table_of_the_docs() -> None:
    table = verb_table(CAMPAIGN).splitlines()
    assert table[0].startswith("| verb | code |")
    assert table[2] == "| Submit | `submit` | draft, returned → submitted | officer | yes |  |  |"
    assert table[4] == (
        "| Accept | `accept` | submitted → accepted | reform_officer |  | `assignment_accepted` | yes |"
    )
    assert (
        table[5]
        == "| Put off the due date | `extend` | draft, returned → (stays) | reform_officer |  |  |  |"
    )


@pytest.fixture
def raced(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database of the test's own, in which threads commit."""
    with django_db_blocker.unblock(), own_database():
        tables.create([Assignment])
        yield


def test_the_second_of_two_with_the_same_version_is_told(raced: None, frozen_clock: FixedClock) -> None:
    assigned(state="submitted")
    acts = [
        lambda: CAMPAIGN.perform("A1", ACCEPT, actor=REFORM, version=1),
        lambda: CAMPAIGN.perform("A1", RETURN, actor=REFORM, version=1, data={"remarks": ["Sai"]}),
    ]
    outcomes = at_once(acts * 2)
    refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert [type(error) for error in refused] == [ChangedMeanwhile] * 3
    assert (row().version, AuditEntry.objects.filter(kind="assignment").count()) == (2, 1)
    assert OutboxMessage.objects.filter(topic="campaign.changed").count() == 1
