"""The form in which the desk's parts of a procedure are entered (biểu mẫu nội dung tiếp nhận)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django.http import QueryDict
from django.utils import translation

from congtam.kernel.errors import Problem
from congtam.kernel.input.numbers import digits_or_none, number_text
from congtam.procedures.domain.content import CataloguePaper, ChannelLimit, Content
from congtam.procedures.domain.desk import CaseKind
from congtam.procedures.domain.desk_parts import DeskParts
from congtam.procedures.domain.desk_reading import OFFERED_CHANNELS
from congtam.procedures.domain.fees import CatalogueFee
from congtam.procedures.domain.time_limits import Amount, TimeLimit, TimeUnit
from congtam.procedures.editing.row_forms import (
    DROP,
    FormReader,
    Rows,
    append_blank_rows,
    posted_rows,
    recorded_rows,
)
from congtam.ui.public import time_limit_text

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "case_kinds": ("code", "name", DROP),
    "limits": ("channel", "case_kind", "value", "unit", "latest_receipt", "origin", "unread", DROP),
    "papers": (
        *("name", "group", "originals", "certified", "copies", "is_required", "case_kind"),
        *("form_digest", "form_name", "drop_form", "filled_online", DROP),
    ),
    "fees": ("name", "amount_dong", "case_kind", "channel", "raw_text", DROP),
}
_NOT_ALONE: Final = (
    *(
        "channel",
        "case_kind",
        "unit",
        "is_required",
        "drop_form",
        "filled_online",
        "latest_receipt",
        "origin",
    ),
)
_BLANK: Final[Mapping[str, Mapping[str, str]]] = {"papers": {"is_required": "on"}}
_SPARE: Final = 2
_MORE: Final = 5


def rows_from_content(content: Content) -> dict[str, Rows]:
    """The lists as they are on record, with room for more."""
    lists = {
        "case_kinds": recorded_rows(
            "case_kinds", [{"code": each.code, "name": each.name} for each in content.case_kinds]
        ),
        "limits": recorded_rows(
            "limits", [_limit_row(position, row) for position, row in enumerate(content.limits)]
        ),
        "papers": recorded_rows("papers", [_paper_row(paper) for paper in content.papers]),
        "fees": recorded_rows("fees", [_fee_row(fee) for fee in content.fees]),
    }
    return {name: append_blank_rows(rows, _BLANK.get(name, {}), _SPARE) for name, rows in lists.items()}


def rows_from_post(post: QueryDict) -> dict[str, Rows]:
    """The lists as they were sent, longer where more rows were asked for."""
    lists = {
        name: posted_rows(post, name, fields, not_alone=() if name == "case_kinds" else _NOT_ALONE)
        for name, fields in FIELDS.items()
    }
    more = post.get("more", "")
    if more in lists:
        append_blank_rows(lists[more], _BLANK.get(more, {}), _MORE)
    return lists


def parse_parts(
    post: QueryDict, lists: Mapping[str, Rows], *, recorded: Content, problems: list[Problem]
) -> DeskParts:
    """The parts that were sent; what cannot be read is added to ``problems``."""
    single = FormReader({name: post.get(name, "") for name in post}, problems)
    return DeskParts(
        channels=tuple(way for way in OFFERED_CHANNELS if way in post.getlist("channels")),
        any_office=single.flag("any_office"),
        supplement_days=single.whole("supplement_days") or 0,
        case_kinds=lists["case_kinds"].read(_read_case, problems),
        limits=lists["limits"].read(lambda row: _read_limit(row, recorded), problems),
        papers=lists["papers"].read(_read_paper, problems),
        fees=lists["fees"].read(_read_fee, problems),
        results=tuple(line.strip() for line in post.get("results", "").splitlines() if line.strip()),
        form_fields=recorded.form_fields,
        online_level=single.text("online_level"),
        online_level_reason=single.text("online_level_reason"),
    )


def _read_case(row: FormReader) -> CaseKind:
    return CaseKind(code=row.text("code"), name=row.text("name"))


def _read_limit(row: FormReader, recorded: Content) -> ChannelLimit:
    value, unit = row.decimal("value"), row.text("unit")
    amount = Amount(value, TimeUnit(unit)) if value is not None and unit in set(TimeUnit) else None
    return ChannelLimit(
        channel=row.text("channel"),
        case_kind=row.text("case_kind"),
        limit=_limit_with_source_text(amount, _recorded_limit(row.text("origin"), recorded)),
        latest_receipt=row.hour("latest_receipt"),
    )


def _recorded_limit(text: str, recorded: Content) -> TimeLimit | None:
    """The limit on record that the row was made from, with the words of its source."""
    position = digits_or_none(text, most=len(recorded.limits) - 1)
    return None if position is None else recorded.limits[position].limit


def _limit_with_source_text(amount: Amount | None, origin: TimeLimit | None) -> TimeLimit:
    """The source's words stay as long as the amount does; another amount is worded anew, in Vietnamese."""
    if origin is not None and origin.amount == amount:
        return origin
    if amount is None:
        return TimeLimit("", None, (), "not_stated")
    with translation.override("vi"):
        return TimeLimit(time_limit_text(amount.value, amount.unit), amount)


def _read_paper(row: FormReader) -> CataloguePaper:
    dropped = row.flag("drop_form")
    return CataloguePaper(
        name=row.text("name"),
        group=row.text("group"),
        originals=row.whole("originals"),
        certified=row.whole("certified"),
        copies=row.whole("copies"),
        is_required=row.flag("is_required"),
        case_kind=row.text("case_kind"),
        form_digest="" if dropped else row.text("form_digest"),
        form_name="" if dropped else row.text("form_name"),
        filled_online=row.flag("filled_online"),
    )


def _read_fee(row: FormReader) -> CatalogueFee:
    return CatalogueFee(
        row.text("raw_text"),
        row.whole("amount_dong"),
        name=row.text("name"),
        case_kind=row.text("case_kind"),
        channel=row.text("channel"),
    )


def _limit_row(position: int, row: ChannelLimit) -> dict[str, str]:
    amount = row.limit.amount
    return {
        "channel": row.channel,
        "case_kind": row.case_kind,
        "value": number_text(amount.value) if amount else "",
        "unit": amount.unit.value if amount else "",
        "latest_receipt": f"{row.latest_receipt:%H:%M}" if row.latest_receipt else "",
        "origin": str(position),
        "unread": "" if amount else "on",
    }


def _paper_row(paper: CataloguePaper) -> dict[str, str]:
    return {name: _field_text(getattr(paper, name)) for name in FIELDS["papers"] if "drop" not in name}


def _fee_row(fee: CatalogueFee) -> dict[str, str]:
    return {name: _field_text(getattr(fee, name)) for name in FIELDS["fees"] if name != DROP}


def _field_text(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, Decimal):
        return number_text(value)
    return "" if value is None else str(value)
