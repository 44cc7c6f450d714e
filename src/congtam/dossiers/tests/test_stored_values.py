"""What the desk stores as JSON is parsed once and written back as it was: process, checklist, steps, result."""

from __future__ import annotations

from typing import Any

import pytest

from congtam.dossiers.record.domain.checklist import Checklist
from congtam.dossiers.record.domain.issued_result import IssuedResult
from congtam.dossiers.record.domain.receipt import HandedInPaper
from congtam.dossiers.record.domain.step_attributes import StepAttributes
from congtam.dossiers.record.internal_process import DossierProcess


def row(place: int, role: str, *, code: str = "step", hours: str | None = None) -> dict[str, Any]:
    names = {"code": code, "name": f"Bước {place}", "office": "Văn phòng", "product": ""}
    return {"position": place, "role": role, "hours": hours, **names}


PROCESS = [
    row(0, "clerk", code="receive", hours="4"),
    row(2, "officer", hours="7.50"),
    row(3, "unit_head"),
    row(7, "clerk", code="return"),
]
PAPERS = [
    {"position": 0, "name": "Đơn", "is_required": True, "originals": 1, "certified": 0, "copies": 0},
    {
        "position": 4,
        "name": "Tờ khai",
        "is_required": False,
        "originals": 0,
        "certified": 0,
        "copies": 2,
        "is_filled_online": True,
    },
]


def test_a_process_is_written_back_as_it_was() -> None:
    assert DossierProcess.parse(PROCESS).serialize() == PROCESS


@pytest.mark.parametrize(
    ("position", "before", "after"),
    [
        pytest.param(0, None, 2, id="the first has none before"),
        pytest.param(2, 0, 3, id="positions have gaps"),
        pytest.param(5, 3, 7, id="between two steps"),
        pytest.param(7, 3, None, id="the last has none after"),
    ],
)
def test_before_and_after(position: int, before: int | None, after: int | None) -> None:
    process = DossierProcess.parse(PROCESS)
    found = process.before(position), process.after(position)
    assert tuple(step.position if step else None for step in found) == (before, after)


def test_steps_by_position_and_role() -> None:
    process = DossierProcess.parse(PROCESS)
    assert (process.at(3).role, process.at(99).position, process.find(99)) == ("unit_head", 0, None)
    assert (process.first("officer").position, process.first("leader").position) == (2, 0)
    assert process.returning.position == 7
    assert (process.has_approval, process.is_approval_at(3), process.is_approval_at(2)) == (True, True, False)


def test_a_process_received_before_steps_had_products_is_read() -> None:
    old = [{name: value for name, value in each.items() if name != "product"} for each in PROCESS]
    assert DossierProcess.parse(old) == DossierProcess.parse(PROCESS)


def test_a_checklist_is_written_back_as_it_was() -> None:
    assert Checklist.parse(PAPERS).serialize() == PAPERS


def test_what_comes_later_is_added() -> None:
    later = [HandedInPaper(position=4, originals=1), HandedInPaper(position=0, copies=3)]
    papers = Checklist.parse(PAPERS).plus(later).serialize()
    counts = [(paper["originals"], paper["copies"]) for paper in papers]
    assert counts == [(1, 3), (1, 2)]
    assert Checklist.parse(PAPERS).unknown_positions([*later, HandedInPaper(position=9)]) == [9]


def test_attributes_of_a_step_are_written_back_as_they_were() -> None:
    stored = {
        "position": 2,
        "role": "officer",
        "handed_over_by": "clerk",
        "note": "",
        "x": {"deep": None},
        "y": None,
    }
    assert StepAttributes.parse(stored).serialize() == stored


def test_a_step_recorded_by_former_names_is_read_and_moves_on_with_those_of_now() -> None:
    stored = {"place": 2, "given_by": "clerk", "given_at": "2026-03-02T08:00:00+07:00", "note": "abc"}
    later = StepAttributes.parse({**stored, "handed_over_by": "head"})
    assert later.handed_over_at == StepAttributes.parse(stored).handed_over_at
    assert later.serialize() == {
        "position": 2,
        "handed_over_by": "head",
        "handed_over_at": "2026-03-02T08:00:00+07:00",
        "note": "abc",
    }


@pytest.mark.parametrize("key", ["note", "reason", "approval_note", "what another system recorded"])
def test_what_people_wrote_about_a_step_is_not_part_of_its_course(key: str) -> None:
    stored = {"role": "officer", "outcome": "sent_back", key: "Vừ Thị Mỷ thiếu ảnh"}
    assert StepAttributes.parse(stored).serialize_course() == {"role": "officer", "outcome": "sent_back"}


@pytest.mark.parametrize("written", [None, "", "hôm qua", 7])
def test_an_instant_that_is_none_is_none(written: object) -> None:
    assert StepAttributes.parse({"handed_over_at": written}).handed_over_at is None


def test_a_result_shows_number_and_day_without_the_person() -> None:
    stored = {
        "number": "12/QĐ",
        "issued_on": "2026-03-02",
        "summary": "Cấp cho Vừ Thị Mỷ",
        "signature": "",
        "digest": "00",
        "name": "kq.pdf",
    }
    assert IssuedResult.parse(stored).serialize() == stored
    assert IssuedResult.parse(stored).serialize_number() == {"number": "12/QĐ", "issued_on": "2026-03-02"}
    assert IssuedResult.parse({**stored, "receiver": ""}).serialize() == {**stored, "receiver": ""}
