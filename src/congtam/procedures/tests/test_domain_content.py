"""Contents keep their digests: what says nothing of the later parts is kept as it always was."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from decimal import Decimal

from congtam.procedures.domain.content import (
    CataloguePaper,
    ChannelLimit,
    Content,
    LegalBasis,
    combine,
    differences,
    from_json,
    to_json,
)
from congtam.procedures.domain.desk import CaseKind
from congtam.procedures.domain.desk_reading import desk_fees, desk_limits, desk_papers, fee_texts
from congtam.procedures.domain.fees import CatalogueFee, parse_fees
from congtam.procedures.domain.time_limits import Amount, TimeLimit, TimeUnit, parse_time_limit
from congtam.testing.example_form import FORM

OLD = Content(
    name="Đăng ký khai sinh",
    field_name="Hộ tịch",
    levels=("commune",),
    limits=(ChannelLimit(channel="online", limit=parse_time_limit("5 ngày làm việc", "Lệ phí: 8.000 đồng")),),
    papers=(CataloguePaper(name="Tờ khai", originals=1, copies=0),),
    fees=(CatalogueFee("8.000 đồng", 8000),),
    legal=(LegalBasis(number="60/2014/QH13", title="Luật Hộ tịch"),),
)
DIGEST = "6691ad0b5226a1eb72d362b23dcee1957677ef2783cc4cc81e3eb239b99ae01e"
"""As the catalogue counted it before the desk's parts existed."""
FULL = replace(
    OLD,
    case_kinds=(CaseKind(code="a", name="A"),),
    results=("Giấy",),
    channels=("desk",),
    any_office=True,
    supplement_days=10,
    limits=(
        ChannelLimit(
            channel="desk",
            case_kind="a",
            latest_receipt=time(15, 30),
            limit=TimeLimit("1 ngày", Amount(Decimal(1), TimeUnit.CALENDAR_DAYS)),
        ),
    ),
    papers=(
        CataloguePaper(
            name="X",
            certified=2,
            is_required=False,
            case_kind="a",
            form_digest="d",
            form_name="f",
            filled_online=True,
        ),
    ),
    fees=(CatalogueFee("", 5, name="Phí", case_kind="a", channel="online"),),
    form_fields=FORM,
    online_level="partial",
    online_level_reason="Phải đối chiếu bản chính",
)


def test_the_digest_of_what_existed_before_stays() -> None:
    assert OLD.digest() == DIGEST
    assert set(to_json(OLD)) == {
        *("name", "field_name", "levels", "issuing_agency", "executing_agency", "decision", "kind", "url"),
        *("subjects", "steps", "requirements", "result", "limits", "papers", "fees", "legal"),
    }


def test_what_is_kept_comes_back() -> None:
    assert from_json(to_json(OLD)) == OLD
    assert from_json(to_json(FULL)) == FULL


def test_every_later_part_is_a_difference() -> None:
    assert set(differences(OLD, FULL)) == {
        *("limits", "papers", "fees", "case_kinds", "results", "channels", "any_office", "supplement_days"),
        *("form_fields", "online_level", "online_level_reason"),
    }


def test_what_was_entered_by_hand_is_withheld_from_a_source() -> None:
    change = combine(FULL, OLD, incoming_is_list=False, by_hand=("limits", "papers"))
    assert (change.withheld, change.changed) == (("limits", "papers"), ("fees",))
    assert change.content.papers == FULL.papers


def test_two_limits_for_the_same_are_none_and_the_late_hour_is_read() -> None:
    late = "Trường hợp nhận hồ sơ sau 15 giờ thì trả kết quả trong ngày làm việc tiếp theo"
    rows = [("desk", "5 ngày"), ("desk", "7 ngày"), ("online", "3 ngày"), ("online", "3 ngày"), ("post", "?")]
    limits = tuple(
        ChannelLimit(channel=channel, limit=parse_time_limit(text, late)) for channel, text in rows
    )
    found = desk_limits(Content(name="X", limits=limits))
    assert list(found) == [("online", "")]
    assert found["online", ""].latest_receipt == time(15)


def test_amounts_that_nobody_told_apart_are_not_added_up() -> None:
    one = Content(name="X", fees=parse_fees("50.000 đồng"))
    several = Content(name="X", fees=parse_fees("50.000 đồng; 100.000 đồng"))
    assert ([fee.amount_dong for fee in desk_fees(one)], fee_texts(one)) == ([50_000], ())
    assert (desk_fees(several), fee_texts(several)) == ((), ("50.000 đồng", "100.000 đồng"))


def test_a_paper_for_some_cases_is_not_required_of_everybody() -> None:
    papers = (
        CataloguePaper(name="Tờ khai", group="* Giấy tờ phải nộp:"),
        CataloguePaper(name="Văn bản ủy quyền (nếu có)"),
        CataloguePaper(name="Trường hợp ủy quyền: giấy ủy quyền"),
        CataloguePaper(name="Bản vẽ", group="(1.1) Đối với công trình không theo tuyến:"),
    )
    required = [paper.is_required for paper in desk_papers(Content(name="X", papers=papers))]
    assert required == [True, False, False, False]
