"""What a desk may rely on in a content (đọc nội dung cho Một cửa): only what is plain; the rest stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time
from typing import Final

from congtam.kernel.vietnamese import fold
from congtam.procedures.domain.content import CataloguePaper, ChannelLimit, Content
from congtam.procedures.domain.desk import DeskFee, DeskLimit, DeskPaper
from congtam.procedures.domain.fees import CatalogueFee
from congtam.procedures.domain.time_limits import ConditionKind

OFFERED_CHANNELS: Final = ("desk", "online", "post")
_LATEST: Final = re.compile(r"sau (\d{1,2})\s*(?:giờ|h)\s*(\d{2})?", re.IGNORECASE)
_IN_SOME_CASES: Final = re.compile(r"\bneu co\b|\btrong truong hop\b|^[\s\-+*(\d.)]*(?:truong hop|doi voi)\b")
_FOR_ALL: Final = re.compile(r"phai nop|phai xuat trinh|thanh phan ho so|so luong ho so|bao gom")


def desk_limits(content: Content) -> dict[tuple[str, str], DeskLimit]:
    """The limits that can be counted, by channel and case; where the sources name two for the same, none is taken."""
    by_key: dict[tuple[str, str], DeskLimit | None] = {}
    for row in content.limits:
        key, limit = (row.channel, row.case_kind), _desk_limit(row)
        if limit is None:
            continue
        earlier = by_key.get(key, limit)
        same = earlier is not None and (earlier.value, earlier.unit) == (limit.value, limit.unit)
        by_key[key] = earlier if same else None
    return {key: limit for key, limit in by_key.items() if limit is not None}


def _desk_limit(row: ChannelLimit) -> DeskLimit | None:
    amount = row.limit.amount
    if amount is None:
        return None
    return DeskLimit(
        value=amount.value,
        unit=amount.unit.value,
        raw_text=row.limit.raw_text,
        latest_receipt=row.latest_receipt or _latest_receipt(row),
    )


def _latest_receipt(row: ChannelLimit) -> time | None:
    """The hour after which a dossier counts from the next day, where the catalogue says one."""
    for condition in row.limit.conditions:
        match = _LATEST.search(condition.text) if condition.kind is ConditionKind.LATE_RECEIPT else None
        if match and int(match[1]) < 24 and int(match[2] or 0) < 60:
            return time(int(match[1]), int(match[2] or 0))
    return None


def desk_papers(content: Content) -> tuple[DeskPaper, ...]:
    """The checklist; a paper that the catalogue asks for in some cases only is not required of everybody."""
    return tuple(
        DeskPaper(
            position=position,
            name=paper.name,
            originals=paper.originals or 0,
            certified=paper.certified or 0,
            copies=paper.copies or 0,
            is_required=paper.is_required and _is_for_all(paper),
            case_kind=paper.case_kind,
            form_digest=paper.form_digest,
            form_name=paper.form_name,
            group=paper.group,
            filled_online=paper.filled_online,
        )
        for position, paper in enumerate(content.papers)
    )


def _is_for_all(paper: CataloguePaper) -> bool:
    if paper.case_kind:
        return True
    group = fold(paper.group)
    return not _IN_SOME_CASES.search(fold(paper.name)) and (not group or bool(_FOR_ALL.search(group)))


def desk_fees(content: Content) -> tuple[DeskFee, ...]:
    """The fees of a case. Amounts that nobody named apart are counted only where there is a single one."""
    named = [fee for fee in content.fees if fee.name and fee.amount_dong is not None]
    plain = {fee.amount_dong for fee in content.fees if not fee.name and fee.amount_dong is not None}
    fees = [_desk_fee(fee) for fee in named]
    if len(plain) == 1 and not named and all(fee.amount_dong is not None for fee in content.fees):
        fees.append(_desk_fee(content.fees[0]))
    return tuple(fees)


def _desk_fee(fee: CatalogueFee) -> DeskFee:
    return DeskFee(
        name=fee.name or fee.raw_text,
        amount_dong=fee.amount_dong or 0,
        case_kind=fee.case_kind,
        channel=fee.channel,
    )


def fee_texts(content: Content) -> tuple[str, ...]:
    """What is said of fees that cannot be counted."""
    counted = {fee.name for fee in desk_fees(content)}
    return tuple(
        fee.raw_text for fee in content.fees if fee.raw_text and not {fee.name, fee.raw_text} & counted
    )


def desk_channels(content: Content) -> tuple[str, ...]:
    """The ways of filing that are offered: those entered, else those that the limits name, else all."""
    named = {row.channel for row in content.limits}
    return content.channels or tuple(way for way in OFFERED_CHANNELS if way in named) or OFFERED_CHANNELS


def desk_results(content: Content) -> tuple[str, ...]:
    """The papers that are given back: those entered, else the lines of the catalogue's text."""
    return content.results or tuple(_text_lines(content.result))


def _text_lines(text: str) -> Iterator[str]:
    for line in re.split(r"<br\s*/?>|\n|;", text):
        plain = line.strip(" -+*•.\t")
        if plain:
            yield plain[:500]
