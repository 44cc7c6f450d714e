"""Units of measure (đơn vị đo): what a number is a number of, and which kinds of indicators go with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.kinds import RANKED, Kind
from congtam.kernel.errors import Problem, msgid
from congtam.kernel.localized_text import LocalizedText

SHARE: Final = "share"
MEASURES: Final[Mapping[str, LocalizedText]] = {
    SHARE: LocalizedText(vi="tỷ lệ", en="share"),
    "dossiers": LocalizedText(vi="hồ sơ", en="dossiers"),
    "steps": LocalizedText(vi="bước", en="steps"),
    "filings": LocalizedText(vi="hồ sơ trực tuyến", en="filings"),
    "procedures": LocalizedText(vi="thủ tục", en="procedures"),
    "people": LocalizedText(vi="người", en="people"),
    "times": LocalizedText(vi="lần", en="times"),
    "dong": LocalizedText(vi="đồng", en="đồng"),
    "working_days": LocalizedText(vi="ngày làm việc", en="working days"),
    "working_hours": LocalizedText(vi="giờ làm việc", en="working hours"),
    "days": LocalizedText(vi="ngày", en="days"),
    "hours": LocalizedText(vi="giờ", en="hours"),
    "minutes": LocalizedText(vi="phút", en="minutes"),
    "seconds": LocalizedText(vi="giây", en="seconds"),
    "weeks": LocalizedText(vi="tuần", en="weeks"),
    "months": LocalizedText(vi="tháng", en="months"),
    "quarters": LocalizedText(vi="quý", en="quarters"),
    "years": LocalizedText(vi="năm", en="years"),
    "number": LocalizedText(vi="số", en="number"),
    "points": LocalizedText(vi="điểm", en="points"),
    "percentage_points": LocalizedText(vi="điểm phần trăm", en="percentage points"),
}
"""The units of measure a definition may have."""
_OF_SIZE: Final = frozenset(
    {
        "points",
        "percentage_points",
        "dong",
        "working_days",
        "working_hours",
        "days",
        "hours",
        "minutes",
        "seconds",
        "weeks",
        "months",
        "quarters",
        "years",
    }
)
"""Units of what is measured, not counted."""
_SHARES: Final = (Kind.RATE, Kind.RATE_IN_HAND, Kind.DISTINCT_RATE)
_COUNTS: Final = (Kind.COUNT, Kind.STOCK, Kind.DISTINCT)


def unknown_measure_problem(one: Definition) -> Problem | None:
    """That the measure of a definition is none; None where it is one."""
    if one.measure in MEASURES:
        return None
    near = get_close_matches(one.measure, MEASURES, n=1)
    advice = msgid("Did you mean {nearest}?") if near else msgid("Units of measure: {allowed}.")
    data = {"code": one.code, "measure": one.measure}
    data |= {"nearest": near[0] if near else "", "allowed": ", ".join(MEASURES)}
    message = msgid("{code}: “{measure}” is not a unit of measure.")
    return Problem(code="definition.measure", message=message, data=data, advice=advice)


def measure_problems(one: Definition, *, value: str, per: str) -> Iterator[Problem]:
    """Why a definition cannot have its unit of measure; ``value`` and ``per`` are those of its expressions."""
    data = {"code": one.code, "measure": one.measure, "kind": one.kind.value, "value": value}
    unknown = unknown_measure_problem(one)
    if unknown is not None:
        yield unknown
        return
    rules = (
        (
            one.kind in _SHARES and one.measure != SHARE,
            msgid("{code}: a {kind} is a share; its measure is “share”."),
        ),
        (
            one.kind == Kind.SUM and SHARE in (one.measure, value),
            msgid("{code}: shares cannot be added up. Sum the numbers and divide them: “ratio_of_sums”."),
        ),
        (
            one.kind in _COUNTS and (one.measure == SHARE or one.measure in _OF_SIZE),
            msgid("{code}: a {kind} counts things; “{measure}” is measured, not counted."),
        ),
        (
            (one.kind in RANKED or one.kind in (Kind.SUM, Kind.MEAN))
            and bool(value)
            and value != one.measure,
            msgid("{code}: the value is in “{value}”, not in “{measure}”."),
        ),
        (
            one.kind == Kind.RATIO and bool(value) and value == per and one.measure != SHARE,
            msgid("{code}: both sums are in “{value}”: their ratio is a “share”."),
        ),
    )
    for is_broken, message in rules:
        if is_broken:
            yield Problem(code="definition.measure", message=message, data=data)
