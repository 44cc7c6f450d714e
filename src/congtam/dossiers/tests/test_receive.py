"""Receiving at the desk: number, due date, checklist, and who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congtam.dossiers.handling.actions import request_supplement
from congtam.dossiers.handling.errors import StepNotAllowed
from congtam.dossiers.handling.verbs.request_supplement import SupplementAlreadyRequested
from congtam.dossiers.intake.receive import receive
from congtam.dossiers.models import ClockLine, DeskRecord, Dossier, Letter, Party
from congtam.dossiers.record.domain.receipt import Applicant, HandedInPaper, Receipt
from congtam.dossiers.record.integrity import altered_dossiers
from congtam.foundation.public import actor_for, console_actor
from congtam.kernel.errors import InputRefused, NotAllowed, NotFound
from congtam.org_units.public import UnitVersionRow, enter_units
from congtam.testing.cast import Cast

pytestmark = pytest.mark.django_db
CODE = "1.000894"


@pytest.fixture
def application(marriage: str) -> Receipt:
    return Receipt(
        procedure_code=marriage,
        unit_code="024",
        applicant=Applicant(name="Vừ Thị Mỷ", phone="0912 345 678"),
        papers=(HandedInPaper(position=0, originals=1), HandedInPaper(position=1, originals=1)),
        is_duplicate_confirmed=True,
    )


def test_a_dossier_gets_number_due_date_and_ledger(
    frozen_clock: None, cast: Cast, application: Receipt
) -> None:
    actor = actor_for(cast.clerk)
    first, second = receive(application, actor=actor), receive(application, actor=actor)
    assert [first.code[-5:], second.code[-5:]] == ["-0001", "-0002"]
    assert first.due_at is not None
    assert DeskRecord.objects.get(dossier=first).holder == "clerk"
    assert ClockLine.objects.get(dossier=first).due_at == first.due_at
    assert Party.objects.get(dossier=first).phone == "0912345678"
    assert list(altered_dossiers()) == []


@pytest.mark.parametrize(("count", "is_taken"), [(190_000, True), (200_001, False)])
def test_a_long_text_is_measured_in_the_signs_people_read(
    *, frozen_clock: None, cast: Cast, application: Receipt, count: int, is_taken: bool
) -> None:
    long = replace(application, form={"note": "ộ" * count})
    if is_taken:
        receive(long, actor=actor_for(cast.clerk))
        return
    with pytest.raises(InputRefused) as error:
        receive(long, actor=actor_for(cast.clerk))
    assert [problem.code for problem in error.value.problems] == ["form_too_large"]


def test_answers_within_answers_without_end_are_refused(
    *, frozen_clock: None, cast: Cast, application: Receipt
) -> None:
    deep: object = "x"
    for _level in range(900):
        deep = [deep]
    with pytest.raises(InputRefused) as error:
        receive(replace(application, form={"note": deep}), actor=actor_for(cast.clerk))
    assert [problem.code for problem in error.value.problems] == ["form_too_deep"]


def test_everything_wrong_is_told_at_once(cast: Cast, application: Receipt) -> None:
    wrong = replace(application, applicant=Applicant(name=" "), papers=(), channel="fax")
    with pytest.raises(InputRefused) as error:
        receive(wrong, actor=actor_for(cast.clerk))
    codes = [problem.code for problem in error.value.problems]
    assert codes == ["applicant_missing", "channel_unknown", "paper_missing", "paper_missing"]
    assert not Dossier.objects.exists()


@pytest.mark.parametrize("part", ["officer", "observer", "outsider", "citizen", "inspector"])
def test_only_the_clerk_of_the_place_receives(cast: Cast, application: Receipt, part: str) -> None:
    with pytest.raises(NotAllowed):
        receive(application, actor=actor_for(getattr(cast, part)))


def test_a_supplement_is_asked_for_once(cast: Cast, application: Receipt) -> None:
    dossier = receive(application, actor=actor_for(cast.clerk))
    asked = request_supplement(
        dossier.code, missing=["Căn cước"], reason="Thiếu", actor=actor_for(cast.clerk)
    )
    assert asked.state == "awaiting_supplement"
    assert Letter.objects.get(dossier=asked).content["missing"] == ["Căn cước"]
    assert list(altered_dossiers()) == []
    with pytest.raises((StepNotAllowed, SupplementAlreadyRequested)):
        request_supplement(dossier.code, missing=["Ảnh"], reason="", actor=actor_for(cast.clerk))
    with pytest.raises(NotFound):
        request_supplement(dossier.code, missing=["Ảnh"], reason="", actor=actor_for(cast.outsider))


def test_receipt_is_of_today(frozen_clock: None, cast: Cast, application: Receipt) -> None:
    late = replace(application, received_at=datetime(2020, 1, 1, tzinfo=UTC))
    with pytest.raises(InputRefused):
        receive(late, actor=actor_for(cast.clerk))


def test_receiving_asks_the_database_little(frozen_clock: None, cast: Cast, application: Receipt) -> None:
    """Everybody at a desk waits for the counter of the day: between it and the commit lie two statements."""
    actor = actor_for(cast.clerk)
    receive(application, actor=actor)
    with CaptureQueriesContext(connection) as seen:
        receive(application, actor=actor)
    statements = [row["sql"] for row in seen]
    (counter,) = [place for place, sql in enumerate(statements) if "numbercounter" in sql]
    assert len(statements) - counter - 1 == 2


def test_a_unit_that_was_abolished_receives_no_more(
    frozen_clock: None, cast: Cast, application: Receipt
) -> None:
    gone = UnitVersionRow(code="999", name="Huyện cũ", kind="district", valid_until=date(2025, 7, 1))
    enter_units([gone], actor=console_actor())
    with pytest.raises(InputRefused) as error:
        receive(replace(application, unit_code="999"), actor=console_actor())
    assert "unit_not_in_force" in [problem.code for problem in error.value.problems]
