"""Every day off names the law or the notice; what was not compared says so."""

from __future__ import annotations

from datetime import date

import pytest

from congtam.foundation.public import console_actor
from congtam.kernel.work_calendar import legal_source
from congtam.work_calendar.corrections import correct_calendar
from congtam.work_calendar.domain.corrections import ORDINARY, CalendarCorrection, DayChange
from congtam.work_calendar.models import CalendarDay
from congtam.work_calendar.public import seed_calendar
from congtam.work_calendar.seeding import read_legal_sources


@pytest.mark.parametrize(
    ("day", "reason", "source"),
    [
        ("2024-01-01", "Tết Dương lịch", "Bộ luật Lao động 2019, Điều 112 khoản 1 điểm a"),
        (
            "2024-02-12",
            "Mùng ba Tết Nguyên Đán",
            "Bộ luật Lao động 2019, Điều 112 khoản 1 điểm b; Thông báo 5015/TB-LĐTBXH ngày 22/11/2023",
        ),
        ("2024-04-30", "Ngày Chiến thắng", "Bộ luật Lao động 2019, Điều 112 khoản 1 điểm c"),
        ("2024-04-29", "Ngày nghỉ (thay cho ngày 04/05/2024)", "Thông báo 1570/TB-BLĐTBXH năm 2024"),
        ("2024-05-04", "Ngày làm bù", "Thông báo 1570/TB-BLĐTBXH năm 2024"),
        ("2023-01-02", "Tết Dương lịch (nghỉ bù)", "Bộ luật Lao động 2019, Điều 111 khoản 3"),
        ("2018-09-02", "Quốc khánh", "Bộ luật Lao động 2012, Điều 115 khoản 1 điểm đ"),
        ("2012-04-30", "Ngày Chiến thắng", "Bộ luật Lao động 1994, Điều 73"),
        ("2026-11-24", "Ngày Văn hóa Việt Nam", "Nghị quyết 28/2026/QH16, Điều 2"),
        (
            "2030-02-04",
            "Mùng ba Tết Nguyên Đán",
            "Bộ luật Lao động 2019, Điều 112 khoản 1 điểm b (Chưa đối chiếu văn bản của năm, đến 30/11/2026)",
        ),
        (
            "2019-05-04",
            "Ngày làm bù",
            "Chưa đối chiếu văn bản hoán đổi ngày nghỉ (đến 30/11/2026)",
        ),
    ],
)
def test_a_day_names_its_text(day: str, reason: str, source: str) -> None:
    assert read_legal_sources().source_of(date.fromisoformat(day), reason) == source


def test_the_aside_is_not_read_to_citizens() -> None:
    sources = read_legal_sources()
    tet = sources.source_of(date(2030, 2, 4), "Mùng ba Tết Nguyên Đán")
    assert legal_source(tet).text == "Bộ luật Lao động 2019, Điều 112 khoản 1 điểm b"
    assert legal_source(sources.source_of(date(2019, 5, 4), "Ngày làm bù")).is_preloaded


@pytest.mark.django_db
def test_an_installation_of_before_gets_the_texts_and_keeps_what_people_entered(
    seeded_calendar: None,
) -> None:
    words = " ".join(CalendarDay.objects.values_list("source", flat=True))
    assert "http" not in words
    assert "holidays" not in words
    CalendarDay.objects.filter(day="2024-04-30").update(source="danh mục holidays 0.109")
    CalendarDay.objects.filter(day="2024-05-01").update(source="QĐ 1/QĐ-UBND", changed_by="quantri")

    assert seed_calendar(console_actor()) == 1

    sources = dict(CalendarDay.objects.filter(day__year=2024).values_list("day", "source"))
    assert sources[date(2024, 4, 30)] == "Bộ luật Lao động 2019, Điều 112 khoản 1 điểm c"
    assert sources[date(2024, 5, 1)] == "QĐ 1/QĐ-UBND"
    assert seed_calendar(console_actor()) == 0


@pytest.mark.django_db
def test_a_day_that_was_made_ordinary_does_not_come_back(seeded_calendar: None) -> None:
    ordinary = DayChange(day=date(2024, 4, 29), kind=ORDINARY, source="QĐ 1/QĐ-UBND")
    correct_calendar(CalendarCorrection(days=[ordinary]), actor=console_actor())

    assert seed_calendar(console_actor()) == 0
    assert not CalendarDay.objects.filter(day="2024-04-29").exists()
