"""What the lists hold: work lists of the desk, searches by right, filters, places that hold."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from congtam.dossiers.lists.queries import ORDERS, Filters, list_dossiers, list_rows, parse_filters
from congtam.dossiers.lists.queries.filters import filter_parameters
from congtam.dossiers.lists.queries.work import WorkKind, WorkQuery, work_counts, work_list
from congtam.dossiers.lists.row_fields import COLLEAGUES, FIELDS
from congtam.dossiers.models import Dossier, Party
from congtam.dossiers.public import DossierRow, SuspensionRow, request_supplement, store_dossiers
from congtam.dossiers.tests import desk
from congtam.foundation.public import actor_for, clock, console_actor
from congtam.kernel.clock import FixedClock
from congtam.kernel.errors import InputRefused, NotFound
from congtam.testing.cast import Cast
from congtam.testing.prepared import FROZEN, prepared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_clock", "small_tree")]
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
@prepared(desk.enter_procedures, at=FROZEN)
def procedures(small_tree: None) -> None:
    """What the desk of the tests receives."""


def store(*rows: DossierRow) -> None:
    store_dossiers(rows, unit_code="02", actor=console_actor(), import_key="one", source="test")


def row(code: str, *, unit: str = "024", **values: Any) -> DossierRow:
    facts: dict[str, Any] = {"procedure_name": "Đăng ký khai sinh", "received_at": NOW - 20 * DAY} | values
    return DossierRow(code=code, unit_code=unit, **facts)


def listed(kind: WorkKind, cast: Cast, part: str, **more: Any) -> list[str]:
    page = work_list(kind, to=desk.part(cast, part), now=clock().now(), **more)
    return [dossier.code for dossier in page.rows]


def found(cast: Cast, part: str, **filters: Any) -> list[str]:
    page = list_dossiers(Filters(**filters), to=desk.part(cast, part), now=NOW)
    return sorted(dossier.code for dossier in page.rows)


@pytest.mark.usefixtures("procedures")
def test_a_dossier_wanders_from_list_to_list(cast: Cast) -> None:
    at_desk, on_offer, in_hand = (step(cast).code for step in (desk.received, desk.offered, desk.handled))
    assert listed(WorkKind.MINE, cast, "clerk") == [at_desk]
    assert listed(WorkKind.MINE, cast, "officer") == [in_hand]
    assert listed(WorkKind.TO_ACCEPT, cast, "officer") == [on_offer]
    assert listed(WorkKind.TO_ACCEPT, cast, "clerk") == []
    assert listed(WorkKind.OFFICE, cast, "officer") == [on_offer, in_hand]
    assert listed(WorkKind.OFFICE, cast, "outsider") == []
    request_supplement(in_hand, missing=["Ảnh"], reason="Thiếu", actor=desk.part(cast, "officer"))
    assert listed(WorkKind.WAITING_APPLICANT, cast, "clerk") == [in_hand]
    assert listed(WorkKind.WAITING_APPLICANT, cast, "outsider") == []


@pytest.mark.usefixtures("procedures")
def test_a_finished_dossier_waits_to_be_returned(cast: Cast) -> None:
    from congtam.dossiers.public import issue_result

    code = desk.approved(cast).code
    issue_result(code, summary="Giấy chứng nhận", actor=desk.part(cast, "unit_head"))
    assert listed(WorkKind.TO_RETURN, cast, "clerk") == [code]
    assert listed(WorkKind.TO_RETURN, cast, "outsider") == []


def test_what_is_due_is_told_by_the_instant_and_the_calendar(cast: Cast, frozen_clock: FixedClock) -> None:
    store(
        row("LATE", due_at=NOW - timedelta(seconds=1)),
        row("NOW", due_at=NOW),
        row("TODAY", due_at=NOW + 8 * HOUR),
        row("THURSDAY", due_at=NOW + 3 * DAY),
        row("FRIDAY", due_at=NOW + 4 * DAY),
        row("DONE", due_at=NOW - DAY, finished_at=NOW - 2 * DAY, state="finished"),
    )
    assert listed(WorkKind.OVERDUE, cast, "clerk") == ["LATE"]
    assert listed(WorkKind.DUE_TODAY, cast, "clerk") == ["LATE", "NOW", "TODAY"]
    assert listed(WorkKind.DUE_SOON, cast, "clerk") == ["NOW", "TODAY", "THURSDAY"]
    assert listed(WorkKind.DUE_SOON, cast, "clerk", days=4)[-1] == "FRIDAY"
    frozen_clock.instant = NOW + timedelta(seconds=1)
    assert listed(WorkKind.OVERDUE, cast, "clerk") == ["LATE", "NOW"]


def test_a_clock_that_was_stopped_in_time_is_not_overdue(cast: Cast) -> None:
    in_time = SuspensionRow(ground="supplement", started_at=NOW - 5 * DAY)
    too_late = SuspensionRow(ground="supplement", started_at=NOW - DAY)
    over = SuspensionRow(ground="supplement", started_at=NOW - 5 * DAY, ended_at=NOW - 4 * DAY)
    due: dict[str, Any] = {"due_at": NOW - 2 * DAY, "state": "awaiting_supplement"}
    store(
        row("STOPPED", suspensions=(in_time,), **due),
        row("STOPPED-LATE", suspensions=(too_late,), **due),
        row("RUNS-AGAIN", suspensions=(over,), due_at=NOW - 2 * DAY),
    )
    assert sorted(listed(WorkKind.OVERDUE, cast, "clerk")) == ["RUNS-AGAIN", "STOPPED-LATE"]
    verdicts = {each["code"]: each["verdict"] for each in rows_of(cast, "clerk")}
    assert verdicts == {"STOPPED": "running", "STOPPED-LATE": "overdue", "RUNS-AGAIN": "overdue"}


def rows_of(cast: Cast, part: str, **filters: Any) -> list[dict[str, Any]]:
    return list(list_rows(Filters(**filters), to=desk.part(cast, part), now=NOW).rows)


@pytest.mark.parametrize(
    ("text", "by_clerk", "by_observer"),
    [
        ("giang thi", ["H22.09-260210-0042"], []),
        ("Giàng", ["H22.09-260210-0042"], []),
        ("0912 345 678", ["H22.09-260210-0042"], []),
        ("+84 912 345 678", ["H22.09-260210-0042"], []),
        ("5678", ["H22.09-260210-0042"], []),
        ("002190000042", ["H22.09-260210-0042"], []),
        ("0042", ["H22.09-260210-0042"], ["H22.09-260210-0042"]),
        ("H22092602100042", ["H22.09-260210-0042"], ["H22.09-260210-0042"]),
        ("h22.09-260210-0043", ["H22.09-260210-0043"], ["H22.09-260210-0043"]),
        ("xay dung", ["H22.09-260210-0043"], ["H22.09-260210-0043"]),
        ("khong co", [], []),
        ("%", [], []),
    ],
)
def test_a_search_finds_persons_only_by_right(
    *, cast: Cast, text: str, by_clerk: list[str], by_observer: list[str]
) -> None:
    store(
        row("H22.09-260210-0042", applicant="Giàng Thị Mỷ"),
        row("H22.09-260210-0043", applicant="Vàng A Páo", procedure_name="Cấp phép xây dựng"),
        row("K-1", unit="026", applicant="Giàng Thị Mỷ"),
    )
    Party.objects.filter(name="Giàng Thị Mỷ").update(phone="0912345678", id_number="002190000042")
    assert found(cast, "clerk", text=text) == by_clerk
    assert found(cast, "observer", text=text) == by_observer
    assert found(cast, "citizen", text=text) == []


def test_an_observer_reads_rows_without_the_person(cast: Cast) -> None:
    store(row("H-1", applicant="Giàng Thị Mỷ", applicant_kind="person"))
    (seen,), (hidden,) = rows_of(cast, "clerk"), rows_of(cast, "observer")
    names = [*(field.name for field in FIELDS), "day_only", *(f"{name}_name" for name in COLLEAGUES)]
    assert list(seen) == names
    assert len(FIELDS) == 45
    assert seen["applicant"] == "Giàng Thị Mỷ"
    personal = {field.name for field in FIELDS if field.is_personal}
    assert {name for name in seen if hidden[name] is None and seen[name] is not None} == personal


def test_the_applicant_of_an_import_follows_its_row(cast: Cast) -> None:
    for applicant in ("Giàng Thị Mỷ", "Vàng A Páo", ""):
        for _again in range(2):
            store(row("H-1", applicant=applicant))
        names = list(Party.objects.values_list("name", flat=True))
        assert names == ([applicant] if applicant else [])


@pytest.mark.parametrize(
    ("filters", "codes"),
    [
        ({"procedure": "khai sinh"}, ["A", "B"]),
        ({"procedure": "1.000"}, ["C"]),
        ({"field_name": "dat dai"}, ["C"]),
        ({"channel": "online"}, ["B"]),
        ({"officer": "Cán bộ A"}, ["A"]),
        ({"received_from": date(2026, 2, 12), "received_to": date(2026, 2, 12)}, ["B"]),
        ({"due_to": date(2026, 3, 1)}, ["A"]),
        ({"state": "finished"}, ["C"]),
        ({"overdue": True, "channel": "online"}, []),
    ],
)
def test_filters_narrow_a_list(*, cast: Cast, filters: dict[str, Any], codes: list[str]) -> None:
    midnight = datetime(2026, 2, 11, 17, 0, tzinfo=UTC)
    store(
        row("A", officer="Cán bộ A", received_at=midnight - timedelta(seconds=1), due_at=NOW - DAY),
        row("B", channel="online", received_at=midnight),
        row(
            "C",
            procedure_code="1.000",
            procedure_name="Cấp giấy",
            field_name="Đất đai",
            received_at=midnight + DAY,
            finished_at=NOW,
            state="finished",
        ),
    )
    assert found(cast, "clerk", **filters) == codes


def test_wrong_filters_are_told_all_at_once() -> None:
    asked = {
        "state": "lost",
        "due_from": "31/02/2026",
        "received_from": "2026-03-02",
        "received_to": "01/03/2026",
    }
    with pytest.raises(InputRefused) as refused:
        parse_filters(asked | {"sort": "id", "overdue": "yes", "q": "x" * 300})
    columns = {problem.column for problem in refused.value.problems}
    assert columns == {"state", "due_from", "received_to", "sort", "overdue", "q"}


def test_filters_survive_their_address() -> None:
    filters = Filters(
        text="kết hôn", due_to=date(2026, 3, 1), overdue=True, sort="-due", field_name="Hộ tịch"
    )
    assert parse_filters(filter_parameters(filters)) == filters


@pytest.mark.parametrize("order", sorted(set(ORDERS) - {"step_due"}))
def test_pages_neither_skip_nor_repeat_while_dossiers_come_and_move(cast: Cast, order: str) -> None:
    dues = [NOW, None, NOW + DAY, NOW, None, NOW - DAY, NOW + 2 * DAY]
    store(*(row(f"H-{place}", due_at=due) for place, due in enumerate(dues)))
    actor, seen, after = actor_for(cast.clerk), [], None
    whole = [each.code for each in list_dossiers(Filters(sort=order), to=actor, now=NOW).rows]
    while True:
        page = list_dossiers(Filters(sort=order), to=actor, now=NOW, after=after, limit=2)
        rows = list_rows(Filters(sort=order), to=actor, now=NOW, after=after, limit=2)
        assert [each["code"] for each in rows.rows] == [each.code for each in page.rows]
        assert rows.next_after == page.next_after
        seen += [each.code for each in page.rows]
        if (after := page.next_after) is None:
            break
        last = Dossier.objects.filter(code=seen[-1])
        last.update(due_at=NOW - 9 * DAY, received_at=NOW - 40 * DAY)
        store(row(f"NEW-{len(seen)}", due_at=NOW - 9 * DAY, received_at=NOW - DAY))
    # A dossier that moved on may be met again at its new place; nobody is passed over for it.
    assert list(dict.fromkeys(code for code in seen if code.startswith("H-"))) == whole


@pytest.mark.usefixtures("procedures")
def test_steps_are_listed_by_their_own_due_date(cast: Cast) -> None:
    codes = [desk.handled(cast).code for _ in range(3)]
    page = list_dossiers(Filters(sort="step_due"), to=actor_for(cast.officer), now=NOW, limit=2)
    rest = list_dossiers(Filters(sort="step_due"), to=actor_for(cast.officer), now=NOW, after=page.next_after)
    assert [each.code for each in (*page.rows, *rest.rows)] == [
        code for code in codes if Dossier.objects.get(code=code).desk.step_due_at
    ]


def test_a_place_out_of_sight_is_no_place(cast: Cast) -> None:
    store(row("H-1"), row("K-1", unit="026"))
    for after in ("K-1", f"{NOW.isoformat()}~K-1"):
        with pytest.raises(NotFound):
            list_dossiers(Filters(), to=actor_for(cast.clerk), now=NOW, after=after)


def test_the_counts_are_those_of_the_lists(cast: Cast) -> None:
    store(
        row("H-1", due_at=NOW - DAY), row("H-2", due_at=NOW + HOUR), row("K-1", unit="026", due_at=NOW - DAY)
    )
    for part, account in cast.everyone().items():
        actor = actor_for(account)
        counts = work_counts(WorkQuery(to=actor, now=NOW))
        for kind in set(WorkKind) - {WorkKind.FILINGS}:
            assert counts[kind] == len(work_list(kind, to=actor, now=NOW).rows), (part, kind)
