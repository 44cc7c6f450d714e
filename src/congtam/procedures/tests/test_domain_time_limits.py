"""Time limits as the catalogue words them: plain ones are read, the rest is kept and said to be unread."""

from __future__ import annotations

from decimal import Decimal

import pytest

from congtam.procedures.domain.time_limits import ConditionKind, TimeUnit, parse_time_limit

REMOTE = (
    "Đối với các xã miền núi, hải đảo, vùng sâu, vùng xa, vùng có điều kiện kinh tế - xã hội khó khăn, "
    "vùng có điều kiện kinh tế - xã hội đặc biệt khó khăn thì thời gian thực hiện "
)
WORKING, CALENDAR, HOURS, MONTHS = TimeUnit


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1 ngày làm việc", "1", WORKING),
        ("05 Ngày làm việc", "5", WORKING),
        ("1.5 ngày làm việc", "1.5", WORKING),
        ("1,5 ngày làm việc", "1.5", WORKING),
        ("45 ngày", "45", CALENDAR),
        ("8 giờ làm việc", "8", HOURS),
        ("4 giờ", "4", HOURS),
        ("06 tháng", "6", MONTHS),
        ("03 (ba) ngày làm việc", "3", WORKING),
        ("Không quá 05 (năm) ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ.", "5", WORKING),
        ("Thời hạn giải quyết: Không quá 07 ngày làm việc.", "7", WORKING),
        ("Trong thời hạn 20 ngày, kể từ ngày nhận đủ hồ sơ theo quy định", "20", CALENDAR),
        ("15 ngày làm việc, kể từ khi tiếp nhận hồ sơ đầy đủ, hợp lệ", "15", WORKING),
        ("Trong ngày", "0", WORKING),
        ("Ngay trong ngày làm việc", "0", WORKING),
        ("20 ngày làm việc (không bao gồm thời gian thẩm định ở nước ngoài)", "20", WORKING),
        ("12 ngày làm việc không kể thời gian bổ sung, hoàn thiện hồ sơ.", "12", WORKING),
        ("15 nga\u0300y la\u0300m viê\u0323c", "15", WORKING),
    ],
)
def test_a_plain_limit_is_read(text: str, value: str, unit: TimeUnit) -> None:
    limit = parse_time_limit(text)
    assert limit.amount is not None, limit
    assert (limit.amount.value, limit.amount.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not_stated"),
        ("N/A", "not_stated"),
        ("Không quy định", "not_stated"),
        ("Không quy định ngày", "no_amount"),
        ("Không phải trả kết quả cho người nộp thuế ngày", "no_amount"),
        ("1/12 hàng năm ngày", "no_amount"),
        ("Theo Kế hoạch tuyển sinh hàng năm", "no_amount"),
        ("1", "no_amount"),
        ("03 - 05 ngày làm việc", "range"),
        ("Từ 10 đến 15 ngày", "range"),
        ("07 ngày đối với cấp mới; 05 ngày đối với cấp lại", "no_amount"),
        ("07 ngày làm việc; 10 ngày làm việc nếu phải xác minh", "several_limits"),
        ("10 ngày làm việc kể từ ngày khai giảng năm học", "no_amount"),
    ],
)
def test_what_is_not_plain_is_kept_and_not_guessed(text: str, reason: str) -> None:
    limit = parse_time_limit(text)
    assert (limit.amount, limit.reason, limit.raw_text) == (None, reason, text)


def test_remote_communes_get_another_limit() -> None:
    limit = parse_time_limit("Không quá 07 ngày làm việc.<br>" + REMOTE + "không quá 12 ngày làm việc")
    (condition,) = limit.conditions
    assert limit.amount is not None
    assert condition.kind is ConditionKind.REMOTE_COMMUNES
    assert condition.amount is not None
    assert (int(condition.amount.value), condition.is_extra) == (12, False)


def test_remote_communes_get_more() -> None:
    more = "được tăng thêm không quá 10 ngày làm việc so với tổng thời gian thực hiện thủ tục này."
    (condition,) = parse_time_limit("15 ngày làm việc", notes=REMOTE + more).conditions
    assert condition.amount is not None
    assert (int(condition.amount.value), condition.is_extra) == (10, True)


@pytest.mark.parametrize(
    ("notes", "kind"),
    [
        (
            "Thời gian thực hiện nghĩa vụ tài chính không tính vào thời hạn giải quyết.",
            ConditionKind.NOT_COUNTED,
        ),
        (
            "Trường hợp nhận hồ sơ sau 15 giờ thì trả kết quả trong ngày làm việc tiếp theo",
            ConditionKind.LATE_RECEIPT,
        ),
        ("05 ngày làm việc kể từ ngày nhận đủ hồ sơ", ConditionKind.NOTE),
    ],
)
def test_notes_become_conditions_and_leave_the_limit_alone(notes: str, kind: ConditionKind) -> None:
    limit = parse_time_limit("10 ngày làm việc", notes=notes)
    assert limit.amount is not None
    assert limit.amount.value == 10
    assert [condition.kind for condition in limit.conditions] == [kind]


def test_a_note_without_information_is_no_condition() -> None:
    assert parse_time_limit("10 ngày làm việc", notes="Không có thông tin").conditions == ()
