"""The parts of a content that the province enters for its desks, and what must hold of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from congtam.forms.definitions import FormField, definition_problems
from congtam.kernel.errors import Problem, msgid
from congtam.procedures.domain.content import DESK_PARTS, CataloguePaper, ChannelLimit, Content
from congtam.procedures.domain.desk import CaseKind
from congtam.procedures.domain.desk_reading import OFFERED_CHANNELS
from congtam.procedures.domain.fees import CatalogueFee

_MOST_COPIES: Final = 99
_MOST_DAYS: Final = 365
_MOST_DONG: Final = 1_000_000_000_000
_LONGEST_REASON: Final = 1000
ONLINE_LEVELS: Final = ("full", "partial")


@dataclass(frozen=True, kw_only=True)
class DeskParts:
    """What is asked for, charged, promised and given back at a desk (nội dung tiếp nhận)."""

    channels: tuple[str, ...] = OFFERED_CHANNELS
    any_office: bool = False
    supplement_days: int = 0
    case_kinds: tuple[CaseKind, ...] = ()
    limits: tuple[ChannelLimit, ...] = ()
    papers: tuple[CataloguePaper, ...] = ()
    fees: tuple[CatalogueFee, ...] = ()
    results: tuple[str, ...] = ()
    form_fields: tuple[FormField, ...] = ()
    online_level: str = ""
    online_level_reason: str = ""

    @classmethod
    def from_content(cls, content: Content) -> DeskParts:
        """The parts as a content has them."""
        return cls(**{name: getattr(content, name) for name in DESK_PARTS})

    def put_into(self, content: Content) -> Content:
        """The content with these parts."""
        values: dict[str, Any] = {name: getattr(self, name) for name in DESK_PARTS}
        return replace(content, **values)


def validate_desk_parts(parts: DeskParts) -> list[Problem]:
    """All that is wrong; ``column`` names the field as ``papers.2.name``."""
    cases = {kind.code for kind in parts.case_kinds}
    problems = [*_check_general(parts), *_online_problems(parts), *_case_problems(parts.case_kinds)]
    for number, limit in enumerate(parts.limits):
        problems += _limit_problems(limit, f"limits.{number}")
    problems += _duplicate_limit_problems(parts.limits)
    for number, paper in enumerate(parts.papers):
        problems += _paper_problems(paper, f"papers.{number}")
    for number, fee in enumerate(parts.fees):
        problems += _fee_problems(fee, f"fees.{number}")
    for name in ("limits", "papers", "fees"):
        problems += _unknown_case_problems(name, getattr(parts, name), cases)
    return [*problems, *validate_form(parts)]


def validate_form(parts: DeskParts | Content) -> list[Problem]:
    """What is wrong with the electronic form and with the papers it stands for."""
    problems = definition_problems(parts.form_fields, case_kinds={kind.code for kind in parts.case_kinds})
    if parts.form_fields:
        return problems
    return [
        Problem(
            code="paper_without_form",
            message=msgid(
                "“{paper}” is marked to be filled in online, but the procedure has no electronic form."
            ),
            data={"paper": paper.name},
            column=f"papers.{position}.filled_online",
        )
        for position, paper in enumerate(parts.papers)
        if paper.filled_online
    ]


def _online_problems(parts: DeskParts) -> Iterator[Problem]:
    """Source: NĐ 224/2026/NĐ-CP Điều 16: why a service is online only in part is told to everybody."""
    level, reason = parts.online_level, parts.online_level_reason.strip()
    if level and (level not in ONLINE_LEVELS or "online" not in parts.channels):
        message = msgid(
            "The level of an online service is full or partial, and only where online filing is offered."
        )
        yield Problem(code="online_level", message=message, column="online_level")
    if level == "partial" and not reason:
        message = msgid(
            "Enter why the procedure is only partly online: the law requires the reason to be made public."
        )
        yield Problem(code="online_reason_missing", message=message, column="online_level_reason")
    if len(reason) > _LONGEST_REASON:
        yield Problem(
            code="too_long",
            message=msgid("This is longer than {limit} characters."),
            data={"limit": _LONGEST_REASON},
            column="online_level_reason",
        )


def _check_general(parts: DeskParts) -> Iterator[Problem]:
    if not parts.channels or set(parts.channels) - set(OFFERED_CHANNELS):
        yield Problem(
            code="channels_missing", message=msgid("Choose at least one way of filing."), column="channels"
        )
    if not 0 <= parts.supplement_days <= _MOST_DAYS:
        yield Problem(
            code="supplement_days",
            message=msgid("Enter a number of days to supplement between 0 and {maximum}."),
            data={"maximum": _MOST_DAYS},
            column="supplement_days",
        )


def _case_problems(kinds: Sequence[CaseKind]) -> Iterator[Problem]:
    times = Counter(kind.code for kind in kinds)
    for number, kind in enumerate(kinds):
        if not kind.code or not kind.name:
            yield Problem(
                code="case_incomplete",
                message=msgid("Enter a code and a name for each case."),
                column=f"case_kinds.{number}.{'name' if kind.code else 'code'}",
            )
        elif times[kind.code] > 1:
            yield Problem(
                code="case_twice",
                message=msgid("Case “{case}” is entered twice."),
                data={"case": kind.code},
                column=f"case_kinds.{number}.code",
            )


def _limit_problems(row: ChannelLimit, at: str) -> Iterator[Problem]:
    if row.channel not in {"", "unknown", *OFFERED_CHANNELS}:
        yield Problem(
            code="channel_unknown", message=msgid("This is not a way of filing."), column=f"{at}.channel"
        )
    if row.limit.amount is None and not row.limit.raw_text:
        yield Problem(
            code="limit_missing",
            message=msgid("Enter a number and a unit for the time limit."),
            column=f"{at}.value",
        )
    if row.limit.amount is not None and row.limit.amount.value < 0:
        yield Problem(
            code="limit_negative", message=msgid("A time limit cannot be below 0."), column=f"{at}.value"
        )


def _duplicate_limit_problems(limits: Sequence[ChannelLimit]) -> Iterator[Problem]:
    plain = [(row.channel, row.case_kind) if row.limit.amount else None for row in limits]
    for number, key in enumerate(plain):
        if key is not None and key in plain[:number]:
            yield Problem(
                code="limit_twice",
                message=msgid("There is already a time limit for this way of filing and case."),
                column=f"limits.{number}.channel",
                advice=msgid("Keep one of them or split them into different cases."),
            )


def _paper_problems(paper: CataloguePaper, at: str) -> Iterator[Problem]:
    if not paper.name.strip():
        yield Problem(
            code="paper_without_name", message=msgid("Enter the name of the paper."), column=f"{at}.name"
        )
    for name in ("originals", "certified", "copies"):
        count = getattr(paper, name)
        if count is not None and not 0 <= count <= _MOST_COPIES:
            yield Problem(
                code="paper_count",
                message=msgid("Enter a number of copies between 0 and {maximum}."),
                data={"maximum": _MOST_COPIES},
                column=f"{at}.{name}",
            )


def _fee_problems(fee: CatalogueFee, at: str) -> Iterator[Problem]:
    if not fee.name.strip() and not fee.raw_text.strip():
        yield Problem(
            code="fee_without_name", message=msgid("Enter the name of the fee."), column=f"{at}.name"
        )
    if fee.amount_dong is not None and not 0 <= fee.amount_dong <= _MOST_DONG:
        yield Problem(
            code="fee_amount", message=msgid("A fee cannot be below 0."), column=f"{at}.amount_dong"
        )
    if fee.channel not in {"", *OFFERED_CHANNELS}:
        yield Problem(
            code="channel_unknown", message=msgid("This is not a way of filing."), column=f"{at}.channel"
        )


def _unknown_case_problems(name: str, rows: Iterable[Any], cases: set[str]) -> Iterator[Problem]:
    for number, row in enumerate(rows):
        if row.case_kind and row.case_kind not in cases:
            yield Problem(
                code="case_unknown",
                message=msgid("Case “{case}” is not in the list of cases above."),
                data={"case": row.case_kind},
                column=f"{name}.{number}.case_kind",
            )
