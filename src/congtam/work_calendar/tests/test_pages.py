"""The work calendar on screen: everybody reads it, an administrator corrects it after seeing what would move."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from congtam.foundation.public import Account, Grant, Role, console_actor, create_or_update_account
from congtam.testing.cast import Cast
from congtam.testing.ledger import audit_lines, outbox_payloads
from congtam.work_calendar.models import CalendarChange, CalendarDay, OfficeHoursRule, WorkingDay
from congtam.work_calendar.public import working_calendar

SignIn = Callable[[object], Client]
pytestmark = pytest.mark.django_db
PAGE = "/calendar/"
LAW = "Thông báo 15/TB-UBND ngày 02/3/2026"
DAY = {"form": "day", "day": "2026-03-10", "kind": "day_off", "reason": "Nghỉ bù", "source": LAW}


@pytest.fixture
def calendar(frozen_clock: None, cast: Cast, seeded_calendar: None) -> Cast:
    return cast


@pytest.fixture
def administrator(calendar: Cast, client_for: SignIn) -> Client:
    return client_for(calendar.administrator)


def corrected(client: Client, values: Mapping[str, object]) -> str:
    """Preview and confirm; the address of the correction's page."""
    answer = client.post(reverse("work_calendar:preview"), values)
    assert answer.status_code == 200, answer.content.decode()
    saved = client.post(reverse("work_calendar:save"), {"correction": answer.context["correction"]})
    assert saved.status_code == 302
    return str(saved.headers["Location"])


@pytest.mark.parametrize("part", ["clerk", "observer", "outsider", "citizen"])
def test_everybody_reads_and_only_an_administrator_corrects(
    calendar: Cast, client_for: SignIn, part: str
) -> None:
    client = client_for(getattr(calendar, part))
    answer = client.get(PAGE, {"year": "2026"})
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Điều 112" in text
    assert "calendar_preview" not in text
    assert "forms" not in answer.context
    for name in ("preview", "save"):
        assert client.post(reverse(f"work_calendar:{name}"), DAY).status_code == 403
    assert CalendarChange.objects.count() == 0


def test_a_day_is_corrected_and_told_to_whoever_keeps_due_dates(administrator: Client) -> None:
    before = WorkingDay.objects.get(day=date(2026, 12, 31)).ordinal
    address = corrected(administrator, dict(DAY))
    assert not working_calendar().is_working_day(date(2026, 3, 10))
    assert WorkingDay.objects.get(day=date(2026, 12, 31)).ordinal == before - 1
    row = CalendarDay.objects.get(day=date(2026, 3, 10))
    assert (row.changed_by, row.source) == ("administrator", LAW)
    (told,) = outbox_payloads("calendar.changed")
    assert (told["days"], told["legal"], told["changed_by"]) == ("2026-03-10", LAW, "administrator")
    assert audit_lines(kind="calendar")[-1].verb == "calendar.changed"
    assert LAW in administrator.get(address).content.decode()


def test_who_corrected_is_told_by_name(administrator: Client) -> None:
    Account.objects.filter(username="administrator").update(name="Đỗ Thị Trị")
    address = corrected(administrator, dict(DAY))
    assert "Đỗ Thị Trị · " in administrator.get(address).content.decode()
    assert (
        "<td>Đỗ Thị Trị"
        in administrator.get(f"{reverse('work_calendar:calendar')}?year=2026").content.decode()
    )


def test_a_day_is_taken_off_the_list_with_a_source(administrator: Client) -> None:
    corrected(administrator, dict(DAY))
    corrected(administrator, {**DAY, "kind": "ordinary", "reason": "", "source": "Đính chính"})
    assert working_calendar().is_working_day(date(2026, 3, 10))
    assert not CalendarDay.objects.filter(day=date(2026, 3, 10)).exists()
    entry = CalendarChange.objects.order_by("-pk")[0].days[0]
    assert (entry["before"]["kind"], entry["after"]) == ("day_off", None)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        pytest.param({"source": "  "}, "", id="without a source"),
        pytest.param({"reason": ""}, "reason_missing", id="without a reason"),
        pytest.param({"day": "2050-01-01"}, "day_outside", id="outside the years"),
        pytest.param({"kind": "make_up"}, "make_up_on_weekday", id="a weekday made up"),
        pytest.param(
            {"day": "2026-03-14", "kind": "half_day"}, "half_day_on_weekend", id="half of a Saturday"
        ),
    ],
)
def test_a_wrong_day_comes_back_with_what_was_typed(
    administrator: Client, wrong: dict[str, str], code: str
) -> None:
    answer = administrator.post(reverse("work_calendar:preview"), {**DAY, **wrong})
    assert answer.status_code == 400
    text = answer.content.decode()
    assert code in text
    assert answer.context["forms"]["day"]["day"].value() == {**DAY, **wrong}["day"]
    assert CalendarChange.objects.count() == 0


def test_a_list_is_read_from_a_file(administrator: Client) -> None:
    lines = f"Ngày;Loại;Lý do;Căn cứ\n10/03/2026;nghỉ;Nghỉ bù;{LAW}\n2026-03-14;Làm bù;Làm bù;\n"
    file = SimpleUploadedFile("nghi-2026.csv", lines.encode("utf-8-sig"))
    corrected(administrator, {"form": "list", "file": file, "source": "Quyết định chung"})
    assert not working_calendar().is_working_day(date(2026, 3, 10))
    assert working_calendar().is_working_day(date(2026, 3, 14))
    assert CalendarDay.objects.get(day=date(2026, 3, 14)).source == "Quyết định chung"


def test_a_spreadsheet_is_read_with_its_dates(administrator: Client) -> None:
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet, dated = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, ["Danh mục ngày nghỉ năm 2026"])
        sheet.write_row(2, 0, ["TT", "Ngày", "Loại ngày", "Nội dung", "Căn cứ"])
        sheet.write_number(3, 0, 1)
        sheet.write_datetime(3, 1, datetime(2026, 3, 27), dated)  # noqa: DTZ001 - a day has no zone
        sheet.write_row(3, 2, ["Buổi sáng", "Tổng kết", LAW])
    file = SimpleUploadedFile("nghi.xlsx", content.getvalue())
    corrected(administrator, {"form": "list", "file": file})
    assert CalendarDay.objects.get(day=date(2026, 3, 27)).kind == "half_day"


def test_what_is_no_list_is_told(administrator: Client) -> None:
    far = BytesIO()
    with xlsxwriter.Workbook(far) as book:
        book.add_worksheet().write_string(1_048_575, 16_383, "x")
    far_out = ("far.xlsx", far.getvalue())
    for name, content in (
        far_out,
        ("x.xlsx", b"PK nonsense"),
        ("x.csv", b"\xff\xfe"),
        ("x.csv", b'"' + b"x" * 200_000),
        ("y.csv", b"a,b\n1,2\n"),
    ):
        file = SimpleUploadedFile(name, content)
        answer = administrator.post(reverse("work_calendar:preview"), {"form": "list", "file": file})
        assert [one.code for one in answer.context["problems"]] == ["file_unreadable"]


def test_every_wrong_row_of_a_file_is_told(administrator: Client) -> None:
    lines = "Ngày,Loại,Lý do,Căn cứ\n31/02/2026,nghỉ,x,y\n10/03/2026,nghỉ hè,x,y\n"
    file = SimpleUploadedFile("sai.csv", lines.encode())
    answer = administrator.post(reverse("work_calendar:preview"), {"form": "list", "file": file})
    problems = answer.context["problems"]
    assert [(one.code, one.row) for one in problems] == [("day_unreadable", 2), ("kind_unknown", 3)]


def test_office_hours_apply_from_a_day_on(administrator: Client) -> None:
    hours = {"form": "hours", "since": "2026-04-15", "hours": "6:30-11:00, 14:00-17:30", "source": LAW}
    corrected(administrator, hours)
    assert OfficeHoursRule.objects.get().spans == [["06:30", "11:00"], ["14:00", "17:30"]]
    closing = working_calendar().closing
    assert [closing(date(2026, 4, day)).strftime("%H:%M") for day in (14, 15)] == ["17:00", "17:30"]
    answer = administrator.post(reverse("work_calendar:preview"), {**hours, "hours": "17:00-11:00"})
    assert answer.status_code == 400
    assert [one.code for one in answer.context["problems"]] == ["hours_wrong"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"days": [["x"]], "hours": []}', "nonsense"])
def test_a_made_up_confirmation_is_refused(administrator: Client, text: str) -> None:
    answer = administrator.post(reverse("work_calendar:save"), {"correction": text})
    assert answer.status_code == 400
    assert CalendarChange.objects.count() == 0


def test_a_confirmation_is_checked_again(administrator: Client) -> None:
    unsourced = json.dumps({"days": [["2026-03-10", "day_off", "Nghỉ", ""]], "hours": []})
    answer = administrator.post(reverse("work_calendar:save"), {"correction": unsourced})
    assert answer.status_code == 400
    assert working_calendar().is_working_day(date(2026, 3, 10))


def test_wrong_methods_and_unknown_corrections(administrator: Client) -> None:
    assert administrator.post(PAGE).status_code == 405
    assert administrator.get(reverse("work_calendar:preview")).status_code == 405
    assert administrator.get(reverse("work_calendar:save")).status_code == 405
    assert administrator.get(reverse("work_calendar:correction", args=["x"])).status_code == 404
    assert administrator.get(PAGE, {"year": "abc", "day": "x"}).status_code == 200


def test_the_administrator_of_a_unit_does_not_change_the_calendar_of_all(
    calendar: Cast, client_for: SignIn
) -> None:
    local = create_or_update_account(
        username="local",
        name="Quản trị huyện",
        password="only for this test",
        grants=[Grant(role=Role.ADMINISTRATOR, unit_code="024")],
        actor=console_actor(),
    )
    client = client_for(local)
    assert "forms" not in client.get(PAGE).context
    assert client.post(reverse("work_calendar:preview"), DAY).status_code == 403
