"""The form in which the desk's parts of a procedure are entered (biểu mẫu nội dung tiếp nhận)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django.http import QueryDict
from django.utils import translation

from congtam.kernel.errors import Problem
from congtam.kernel.input.numbers import digits_or_none, number_text
from congtam.procedures.domain.content import ChannelLimit, Content, Paper
from congtam.procedures.domain.desk import CaseKind
from congtam.procedures.domain.desk_parts import DeskParts
from congtam.procedures.domain.desk_reading import OFFERED_CHANNELS
from congtam.procedures.domain.fees import Fee
from congtam.procedures.domain.time_limits import Amount, TimeLimit, TimeUnit
from congtam.procedures.editing.row_forms import DROP, Reader, Rows, kept, posted, with_blanks
from congtam.procedures.labels import amount_in_words

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


def of_content(content: Content) -> dict[str, Rows]:
    """The lists as they are on record, with room for more."""
    found = {
        "case_kinds": kept(
            "case_kinds", [{"code": each.code, "name": each.name} for each in content.case_kinds]
        ),
        "limits": kept("limits", [_limit_row(place, row) for place, row in enumerate(content.limits)]),
        "papers": kept("papers", [_paper_row(paper) for paper in content.papers]),
        "fees": kept("fees", [_fee_row(fee) for fee in content.fees]),
    }
    return {name: with_blanks(rows, _BLANK.get(name, {}), _SPARE) for name, rows in found.items()}


def of_post(post: QueryDict) -> dict[str, Rows]:
    """The lists as they were sent, longer where more rows were asked for."""
    found = {
        name: posted(post, name, fields, not_alone=() if name == "case_kinds" else _NOT_ALONE)
        for name, fields in FIELDS.items()
    }
    more = post.get("more", "")
    if more in found:
        with_blanks(found[more], _BLANK.get(more, {}), _MORE)
    return found


def parts_of(
    post: QueryDict, lists: Mapping[str, Rows], *, known: Content, found: list[Problem]
) -> DeskParts:
    """The parts that were sent; what cannot be read is added to ``found``."""
    single = Reader({name: post.get(name, "") for name in post}, found)
    return DeskParts(
        channels=tuple(way for way in OFFERED_CHANNELS if way in post.getlist("channels")),
        any_office=single.flag("any_office"),
        supplement_days=single.whole("supplement_days") or 0,
        case_kinds=lists["case_kinds"].read(_case, found),
        limits=lists["limits"].read(lambda row: _limit(row, known), found),
        papers=lists["papers"].read(_paper, found),
        fees=lists["fees"].read(_fee, found),
        results=tuple(line.strip() for line in post.get("results", "").splitlines() if line.strip()),
        form_fields=known.form_fields,
        online_level=single.text("online_level"),
        online_level_reason=single.text("online_level_reason"),
    )


def _case(row: Reader) -> CaseKind:
    return CaseKind(code=row.text("code"), name=row.text("name"))


def _limit(row: Reader, known: Content) -> ChannelLimit:
    value, unit = row.decimal("value"), row.text("unit")
    amount = Amount(value, TimeUnit(unit)) if value is not None and unit in set(TimeUnit) else None
    return ChannelLimit(
        channel=row.text("channel"),
        case_kind=row.text("case_kind"),
        limit=_words_of(amount, _origin(row.text("origin"), known)),
        latest_receipt=row.hour("latest_receipt"),
    )


def _origin(text: str, known: Content) -> TimeLimit | None:
    """The limit on record that the row was made from, with the words of its source."""
    place = digits_or_none(text, most=len(known.limits) - 1)
    return None if place is None else known.limits[place].limit


def _words_of(amount: Amount | None, origin: TimeLimit | None) -> TimeLimit:
    """The source's words stay as long as the amount does; another amount is worded anew, in Vietnamese."""
    if origin is not None and origin.amount == amount:
        return origin
    if amount is None:
        return TimeLimit("", None, (), "not_stated")
    with translation.override("vi"):
        return TimeLimit(amount_in_words(amount.value, amount.unit), amount)


def _paper(row: Reader) -> Paper:
    dropped = row.flag("drop_form")
    return Paper(
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


def _fee(row: Reader) -> Fee:
    return Fee(
        row.text("raw_text"),
        row.whole("amount_dong"),
        name=row.text("name"),
        case_kind=row.text("case_kind"),
        channel=row.text("channel"),
    )


def _limit_row(place: int, row: ChannelLimit) -> dict[str, str]:
    amount = row.limit.amount
    return {
        "channel": row.channel,
        "case_kind": row.case_kind,
        "value": number_text(amount.value) if amount else "",
        "unit": amount.unit.value if amount else "",
        "latest_receipt": f"{row.latest_receipt:%H:%M}" if row.latest_receipt else "",
        "origin": str(place),
        "unread": "" if amount else "on",
    }


def _paper_row(paper: Paper) -> dict[str, str]:
    return {name: _typed(getattr(paper, name)) for name in FIELDS["papers"] if "drop" not in name}


def _fee_row(fee: Fee) -> dict[str, str]:
    return {name: _typed(getattr(fee, name)) for name in FIELDS["fees"] if name != DROP}


def _typed(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, Decimal):
        return number_text(value)
    return "" if value is None else str(value)
