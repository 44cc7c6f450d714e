"""The desks of the demonstration: papers, fees and cases hang together, hours sum to the limit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from congtam.demonstration.actions.catalogue import enter_catalogue
from congtam.demonstration.domain.desks import limit_in_office_hours, read_desk, steps_of
from congtam.demonstration.domain.offices import DemoProcedure, read_procedures
from congtam.foundation.public import console_actor
from congtam.procedures.public import desk_procedure
from congtam.testing.doors.procedures import unpublished_rows

PROCEDURES = read_procedures()
DAY = date(2026, 3, 2)


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda each: each.code)
def test_the_hours_of_the_steps_are_those_of_the_limit(procedure: DemoProcedure) -> None:
    steps = steps_of(procedure)
    assert sum(step.hours for step in steps) == limit_in_office_hours(procedure)
    assert all(step.hours >= Decimal("0.5") for step in steps)
    assert (steps[0].role, steps[-1].role) == ("clerk", "clerk")


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda each: each.code)
def test_papers_and_fees_name_known_cases(procedure: DemoProcedure) -> None:
    desk = read_desk(procedure)
    named = {paper.case for paper in desk.papers} | {fee.case for fee in desk.fees} | set(desk.case_limits)
    assert named - {""} <= set(desk.cases)
    assert any(paper.is_required and not paper.case for paper in desk.papers)


@pytest.mark.django_db
def test_the_catalogue_takes_them_and_a_second_time_changes_nothing() -> None:
    enter_catalogue(date(2023, 1, 1), actor=console_actor())
    first = {each.code: desk_procedure(each.code, DAY) for each in PROCEDURES}
    enter_catalogue(date(2023, 1, 1), actor=console_actor())
    assert len(unpublished_rows()) == 2
    assert {code: desk_procedure(code, DAY) for code in first} == first
    birth = first["1.001193"]
    before = desk_procedure("1.001193", date(2025, 6, 30))
    assert birth is not None
    assert before is not None
    assert not before.any_office
    assert (birth.any_office, birth.process_code) == (True, "QTTP-1.001193")
    fees = [birth.fee_for(channel=channel, case_kind="late") for channel in ("desk", "online", "post")]
    assert fees == [8000, 4000, 8000]
    assert birth.fee_for(channel="desk", case_kind="on_time") == 0
    household = first["1.001612"]
    assert household is not None
    assert [household.fee_for(channel=channel) for channel in ("desk", "online")] == [100_000, 0]
