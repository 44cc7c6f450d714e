"""Why is it due then? What the story of a ledger says, in both languages."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from django.utils import translation

from congtam.dossiers.deadlines.domain import Limit, Line
from congtam.dossiers.deadlines.domain.clock import Explanation
from congtam.dossiers.deadlines.domain.days_off import explain_days_off
from congtam.dossiers.deadlines.domain.explanation import explain_ledger
from congtam.dossiers.deadlines.web.texts import format_sentence
from congtam.dossiers.domain.states import LineKind, Verdict
from congtam.kernel.clock import LOCAL
from congtam.kernel.work_calendar import DayNote, WorkCalendar
from congtam.testing.documents import calendar_of_the_document

LAW = "Thông báo 4563/TB-BNV"
TET = {
    datetime(2026, 2, day).date(): DayNote("Tết Nguyên đán", LAW)  # noqa: DTZ001 - only its day is used
    for day in range(16, 21)
}
CALENDAR = WorkCalendar(TET, half_days=calendar_of_the_document().half_days)
FIVE = Limit(value=Decimal(5), unit="working_days")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=LOCAL)


def line(kind: str, moment: str, ground: str = "", **more: object) -> Line:
    return Line(kind=LineKind(kind), at=at(moment), ground=ground, **more)  # type: ignore[arg-type]


def told(limit: Limit | None, *lines: Line, finished: str = "", now: str = "05-01 09:00") -> Explanation:
    return explain_ledger(
        limit,
        lines,
        calendar=CALENDAR,
        now=at(now),
        finished_at=at(finished) if finished else None,
        is_open=not finished,
    )


def words(found: Explanation, language: str = "en") -> str:
    with translation.override(language):
        return " ".join(format_sentence(part, "Asia/Ho_Chi_Minh") for part in found.sentences)


def test_tet_is_named_with_its_source() -> None:
    found = told(FIVE, line("given", "02-13 09:00", legal="NĐ 123/2015/NĐ-CP"), finished="02-27 17:30")
    assert words(found) == (
        "The dossier was received on 13/02/2026 09:00. The time limit is 5 working days; the day of receipt is not "
        "counted. Legal ground: NĐ 123/2015/NĐ-CP. Not counted: from 16/02/2026 to 20/02/2026, Tết Nguyên đán "
        f"({LAW}). The result was therefore due on 27/02/2026 17:00. It was finished on 27/02/2026 17:30, 30 minutes "
        "after the due time. It was finished on the due date but after the due time: on time by date, late by time."
    )
    assert words(found, "vi").startswith(
        "Hồ sơ được tiếp nhận lúc 13/02/2026 09:00. Thời hạn giải quyết là 5 ngày làm việc, không tính ngày tiếp nhận."
    )
    assert f"từ 16/02/2026 đến 20/02/2026: Tết Nguyên đán ({LAW})" in words(found, "vi")
    assert (found.by_instant, found.by_date) == (Verdict.LATE, Verdict.ON_TIME)


@pytest.mark.parametrize(
    ("source", "told_vi"),
    [
        pytest.param(
            "Bộ luật Lao động 2019, Điều 112 (theo danh mục holidays 0.109)",
            "Không tính ngày nghỉ 30/04/2026: Ngày Chiến thắng (Bộ luật Lao động 2019, Điều 112).",
            id="the law",
        ),
        pytest.param(
            "danh mục holidays 0.109",
            "Không tính ngày nghỉ 30/04/2026: Ngày Chiến thắng (lịch nghỉ lễ nạp sẵn, chưa ghi văn bản).",
            id="only the list",
        ),
        pytest.param(
            "Thông báo nghỉ lễ; https://bao.example/nghi",
            "Không tính ngày nghỉ 30/04/2026: Ngày Chiến thắng (Thông báo nghỉ lễ).",
            id="an address",
        ),
    ],
)
def test_a_citizen_is_told_the_law_not_the_list_it_was_copied_from(source: str, told_vi: str) -> None:
    day = date(2026, 4, 30)
    calendar = WorkCalendar({day: DayNote("Ngày Chiến thắng", source)})
    (found,) = explain_days_off(date(2026, 4, 29), day, calendar=calendar, named_days=set())
    with translation.override("vi"):
        assert format_sentence(found, "Asia/Ho_Chi_Minh") == told_vi


@pytest.mark.parametrize(
    ("moment", "latest", "part"),
    [
        pytest.param(
            "03-02 17:20", None, "after office hours, so the time limit runs from 03/03/2026", id="evening"
        ),
        pytest.param(
            "03-07 09:00", None, "at the weekend, so the time limit runs from 09/03/2026", id="Saturday"
        ),
        pytest.param(
            "02-17 09:00",
            None,
            "a day off (Tết Nguyên đán), so the time limit runs from 23/02/2026",
            id="Tết",
        ),
        pytest.param("03-02 15:10", time(15), "after 15:00, the latest time of receipt", id="latest hour"),
        pytest.param("03-02 12:00", None, "was received on 02/03/2026 12:00.", id="lunch, counted in days"),
    ],
)
def test_it_says_from_when_it_counts_and_why(moment: str, latest: time | None, part: str) -> None:
    limit = Limit(value=Decimal(5), unit="working_days", latest_receipt=latest)
    assert part in words(told(limit, line("given", moment)))


def test_each_pause_says_what_it_moved() -> None:
    found = told(
        FIVE,
        line("given", "03-02 09:00"),
        line("suspended", "03-04 10:00", "supplement"),
        line("resumed", "03-11 09:00", "supplement"),
        line("suspended", "03-12 17:30", "payment"),
        line("resumed", "03-13 06:00", "payment"),
        line("suspended", "03-13 10:00", "other_office"),
        now="03-13 12:00",
    )
    text = words(found)
    assert "(waiting for a supplement from the applicant), for 6 days 23 hours." in text
    assert "the due date moved from 09/03/2026 17:00 to 16/03/2026 17:00." in text
    assert "There were no working hours in that time" in text
    assert "has been stopped since 13/03/2026 10:00 (waiting for another office), for 2 hours so far." in text


def test_extension_and_reopening_are_told() -> None:
    found = told(
        FIVE,
        line("given", "03-02 09:00"),
        line("extended", "03-06 09:00", until=at("03-16 17:00"), note="01/XL"),
        line("ended", "03-10 09:00"),
        line("reopened", "03-11 09:00"),
        now="03-12 09:00",
    )
    text = words(found)
    assert "postponed the due date to 16/03/2026 17:00 (letter 01/XL)" in text
    assert "It was reopened on 11/03/2026 09:00; the due date is unchanged" in text
    assert found.by_date is Verdict.RUNNING


@pytest.mark.parametrize(
    ("value", "unit", "part"),
    [
        ("1", "working_days", "one working day"),
        ("2.5", "working_days", "2.5 working days"),
        ("0", "working_days", "within the working day"),
        ("12", "calendar_days", "The last day, 14/03/2026, is a day off"),
        ("10", "hours", "10 working hours"),
        ("2", "months", "2 months"),
    ],
)
def test_the_limit_in_words(value: str, unit: str, part: str) -> None:
    limit = Limit(value=Decimal(value), unit=unit)
    assert part in words(told(limit, line("given", "03-02 09:00")))


def test_without_a_limit_nothing_is_claimed() -> None:
    found = told(None, line("given", "03-02 09:00"))
    assert (found.by_instant, found.by_date) == (Verdict.NO_LIMIT, Verdict.NO_LIMIT)
    assert "No due date is recorded" in words(found)
