"""Fees as the catalogue words them."""

from __future__ import annotations

import pytest

from congtam.procedures.domain.fees import parse_fees


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("50,000 VNĐ", 50_000),
        ("Lệ phí: 100.000 đồng/hồ sơ.", 100_000),
        ("150,000 VNĐ(150.000 đồng/1 giấy)", 150_000),
        ("30,000 Việt Nam Đồng (/giao dịch)", 30_000),
        ("Miễn phí", 0),
        ("Lệ phí: không có", 0),
        ("20 VNĐ (20.000 vnđ /tờ khai)", None),
        ("Phí: 5.000.000-10.000.000 Đồng", None),
        ("Phí thẩm định: 75% mức thu của 100.000 đồng", None),
        ("Theo quy định của Hội đồng nhân dân", None),
    ],
)
def test_an_amount_is_read_only_where_it_is_plain(text: str, amount: int | None) -> None:
    (fee,) = parse_fees(text)
    assert fee.amount_dong == amount


def test_no_information_is_no_fee() -> None:
    assert parse_fees("Không có thông tin") == ()


def test_notes_are_searched_for_fees_only() -> None:
    notes = "05 ngày làm việc kể từ ngày nhận đủ hồ sơ<br>Phí: 200.000 đồng<br>Nộp tại Trung tâm"
    assert [fee.raw_text for fee in parse_fees("", notes)] == ["Phí: 200.000 đồng"]
