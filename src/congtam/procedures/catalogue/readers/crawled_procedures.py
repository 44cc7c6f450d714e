"""Procedures described in full, one JSON object a line (.jsonl, .jsonl.gz), as crawled from the portal's pages."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TextIO, cast

from congtam.kernel.errors import msgid
from congtam.kernel.input.numbers import digits_or_none
from congtam.kernel.input.unreadable_files import FileUnreadable
from congtam.kernel.vietnamese import comparison_key, nfc
from congtam.procedures.catalogue.readers import portal_page
from congtam.procedures.catalogue.readers.portal_texts import CHANNELS, stated_text
from congtam.procedures.domain.content import CataloguePaper, ChannelLimit, Content, LegalBasis
from congtam.procedures.domain.fees import CatalogueFee, parse_fees
from congtam.procedures.domain.levels import parse_levels
from congtam.procedures.domain.time_limits import TimeLimit, parse_time_limit
from congtam.procedures.readers.entries import CatalogueEntry, Read, problem

_LONGEST_LINE: Final = 4_000_000
_RUN_TOGETHER: Final = re.compile(
    r"(Trực tiếp|Trực tuyến|Dịch vụ bưu chính)\s+(\d+\s+(?:Ngày làm việc|Ngày|Giờ làm việc|Giờ|Tháng)\b)"
)
_TABLE_HEAD: Final = "Hình thức nộp Thời hạn giải quyết Phí, lệ phí Mô tả "


def read_jsonl(path: Path) -> Read:
    """One procedure a line; a line that is not JSON is a problem of that line alone."""
    try:
        with _open_text(path) as stream:
            for number, line in enumerate(iter(lambda: stream.readline(_LONGEST_LINE), ""), 1):
                if line.strip():
                    yield from _read_line(line, number)
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise FileUnreadable(file=path.name, reason=str(error)) from None


def _open_text(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return cast("TextIO", gzip.open(path, "rt", encoding="utf-8-sig"))
    return path.open(encoding="utf-8-sig")


def _read_line(line: str, row: int) -> Read:
    try:
        record = json.loads(nfc(line))
    except json.JSONDecodeError as error:
        message = msgid("The line is not JSON: {reason}.")
        yield problem("not_json", message, row=row, column=str(error.colno), reason=error.msg)
        return
    if isinstance(record, dict) and record.get("ma_thu_tuc") and record.get("ten_thu_tuc"):
        code = str(record["ma_thu_tuc"]).strip()
        yield CatalogueEntry(code=code, content=portal_page.parse_content(record), is_list=False, row=row)
        return
    general = record.get("general") if isinstance(record, dict) else None
    if not isinstance(general, dict):
        yield problem("not_a_procedure", msgid("The line describes no procedure."), row=row, column="general")
        return
    code = str(record.get("code") or general.get("Mã thủ tục") or "").strip()
    name = stated_text(record.get("title"))
    if code and name:
        yield CatalogueEntry(code=code, content=_read_content(record, general), is_list=False, row=row)
    else:
        column = "title" if code else "code"
        yield problem(
            "described_without_name", msgid("The procedure has no code or no name."), row=row, column=column
        )


def _read_content(record: dict[str, Any], general: dict[str, Any]) -> Content:
    sections = record.get("sections") or {}
    methods = [row for row in record.get("methods") or [] if isinstance(row, dict)]
    table = stated_text(sections.get("Cách thức thực hiện"))
    return Content(
        name=stated_text(record.get("title")),
        field_name=stated_text(general.get("Lĩnh vực")),
        levels=parse_levels(stated_text(general.get("Cấp thực hiện"))),
        executing_agency=stated_text(general.get("Cơ quan có thẩm quyền"))
        or stated_text(sections.get("Cơ quan thực hiện")),
        decision=stated_text(general.get("Số quyết định")),
        kind=stated_text(general.get("Loại thủ tục")),
        subjects=stated_text(general.get("Đối tượng thực hiện")),
        steps=stated_text(sections.get("Trình tự thực hiện")),
        requirements=stated_text(sections.get("Yêu cầu, điều kiện thực hiện")),
        result=stated_text(sections.get("Kết quả xử lý")),
        limits=tuple(_read_limits(methods)) or tuple(_parse_merged_table(table)),
        papers=tuple(_read_papers(record.get("documents") or [])),
        fees=tuple(_read_fees(methods)),
        legal=tuple(_read_legal_grounds(record.get("legal") or [])),
    )


def _read_limits(methods: list[dict[str, Any]]) -> Iterator[ChannelLimit]:
    for row in methods:
        limit = parse_time_limit(str(row.get("Thời gian giải quyết") or ""), stated_text(row.get("Mô tả")))
        yield ChannelLimit(channel=_channel_code(row.get("Hình thức nộp")), limit=limit)


def _parse_merged_table(table: str) -> Iterator[ChannelLimit]:
    """A table whose cells lost their borders: read only where a channel is followed by a number and a unit."""
    if not table:
        return
    body = table.removeprefix(_TABLE_HEAD)
    matches = list(_RUN_TOGETHER.finditer(body))
    if not matches or matches[0].start() != 0:
        yield ChannelLimit(channel="", limit=TimeLimit(body, None, (), "run_together"))
        return
    for match in matches:
        yield ChannelLimit(channel=_channel_code(match[1]), limit=parse_time_limit(match[2]))


def _read_fees(methods: list[dict[str, Any]]) -> Iterator[CatalogueFee]:
    yielded: set[CatalogueFee] = set()
    for row in methods:
        for fee in parse_fees(stated_text(row.get("Phí, lệ phí")), stated_text(row.get("Mô tả"))):
            if fee not in yielded:
                yielded.add(fee)
                yield fee


def _read_papers(documents: list[dict[str, Any]]) -> Iterator[CataloguePaper]:
    for row in documents:
        name = stated_text(row.get("Tên giấy tờ"))
        if name:
            yield CataloguePaper(
                name=name,
                group=stated_text(row.get("group")),
                originals=_parse_count(row.get("Bản chính")),
                copies=_parse_count(row.get("Bản sao")),
            )


def _read_legal_grounds(texts: list[dict[str, Any]]) -> Iterator[LegalBasis]:
    for row in texts:
        title, number = stated_text(row.get("Tên văn bản pháp lý")), stated_text(row.get("Mã văn bản"))
        if title or number:
            yield LegalBasis(number=number, title=title)


def _channel_code(text: object) -> str:
    return CHANNELS.get(comparison_key(str(text or "")), "unknown")


def _parse_count(text: object) -> int | None:
    return digits_or_none(str(text or "").strip(), most=9999)
