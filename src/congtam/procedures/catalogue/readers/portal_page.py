"""Procedures as text columns of a portal page whose table cells run together, one JSON object a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from congtam.procedures.catalogue.readers.portal_texts import CHANNELS, stated_text
from congtam.procedures.domain.content import ChannelLimit, Content
from congtam.procedures.domain.fees import CatalogueFee, parse_fees
from congtam.procedures.domain.levels import parse_levels
from congtam.procedures.domain.time_limits import TimeLimit, parse_time_limit

_HEAD: Final = "Hình thức nộpThời gianPhí, lệ phíMô tả"
_ROW: Final = re.compile(r"(Trực tiếp|Trực tuyến|Dịch vụ bưu chính)(?=\d|Không|Miễn phí)")
_LIMIT: Final = re.compile(r"\d+ (?:Ngày làm việc|Ngày|Giờ làm việc|Giờ|Tháng)")
_FEE: Final = re.compile(r"(Không có thông tin|Miễn phí|[\d.,]+ (?:VNĐ|Việt Nam Đồng))(\([^)]*\))?")
_SHOWN: Final = 300


@dataclass(frozen=True)
class _Row:
    """One line of the table, as far as its cells can be told apart."""

    channel: str
    limit: TimeLimit
    fees: tuple[CatalogueFee, ...]


def parse_content(record: dict[str, Any]) -> Content:
    """What such a page says; tables other than the one of channels are left out, their cells cannot be told apart."""
    rows = list(_table_rows(stated_text(record.get("cach_thuc_thuc_hien")).removeprefix(_HEAD)))
    return Content(
        name=stated_text(record.get("ten_thu_tuc")),
        field_name=stated_text(record.get("linh_vuc")),
        levels=parse_levels(stated_text(record.get("cap_thuc_hien"))),
        executing_agency=stated_text(record.get("co_quan_co_tham_quyen"))
        or stated_text(record.get("co_quan_thuc_hien")),
        decision=stated_text(record.get("so_quyet_dinh")),
        kind=stated_text(record.get("loai_thu_tuc")),
        url=stated_text(record.get("detail_url")),
        subjects=stated_text(record.get("doi_tuong_thuc_hien")),
        steps=stated_text(record.get("trinh_tu_thuc_hien")),
        requirements=stated_text(record.get("yeu_cau_dieu_kien")),
        limits=tuple(ChannelLimit(channel=row.channel, limit=row.limit) for row in rows),
        fees=tuple(dict.fromkeys(fee for row in rows for fee in row.fees)),
    )


def _table_rows(table: str) -> Iterator[_Row]:
    starts = list(_ROW.finditer(table))
    if not table:
        return
    if not starts or starts[0].start():
        yield _Row("", TimeLimit(table[:_SHOWN], None, (), "run_together"), ())
        return
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        text = table[start.end() : following.start() if following else None]
        yield _limit_and_fee_row(CHANNELS[start[1].lower()], text)


def _limit_and_fee_row(channel: str, text: str) -> _Row:
    """A limit is read only where a number is followed by its unit; then the fee begins where the unit ends."""
    limit = _LIMIT.match(text)
    if not limit:
        return _Row(channel, TimeLimit(text[:_SHOWN], None, (), "run_together"), ())
    fee = _FEE.match(text, limit.end())
    notes = text[fee.end() if fee else limit.end() :]
    fees = parse_fees(f"{fee[1]} {fee[2] or ''}") if fee else ()
    return _Row(channel, parse_time_limit(limit[0], notes), fees)
