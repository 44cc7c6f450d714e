"""How figures, names and dates are written in the report (cách viết số liệu)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from congtam.inspections.pack_content import FlagLine, IndicatorLine, PackFigure
from congtam.kernel.periods import Period
from congtam.reports.inspection.receipts import build_part_receipt, build_receipt
from congtam.typesetting.public import BoundFigure, Runs, Text
from congtam.ui.public import MISSING, amount, day, number, rate

LANGUAGE: Final = "vi"
_UNIT_KINDS: Final = (
    "Tỉnh",
    "Thành phố",
    "Thị xã",
    "Quận",
    "Huyện",
    "Phường",
    "Thị trấn",
    "Xã",
    "Đặc khu",
    "Sở",
    "Chi cục",
    "Phòng",
    "Trung tâm",
)


def value_text(value: float | None, measure: str) -> str:
    """A value by its measure: a share in per cent, working days with one decimal, a count as a whole number."""
    if measure == "share":
        return rate(value, LANGUAGE)
    if measure == "working_days":
        return MISSING if value is None else f"{number(value, LANGUAGE, decimals=1)}\u00a0ngày làm việc"
    return amount(value, LANGUAGE)


def target_value_text(value: float, measure: str) -> str:
    """A target without decimals it does not have.

    >>> [target_value_text(value, "share").replace(chr(160), " ") for value in (0.98, 0.775)]
    ['98 %', '77,5 %']
    """
    if measure != "share":
        return value_text(value, measure)
    decimals = next((places for places in (0, 1) if abs(round(value * 100, places) - value * 100) < 1e-9), 2)
    return rate(value, LANGUAGE, decimals=decimals)


def count_text(value: float | None) -> str:
    """A count; one that was shared out between units keeps one decimal, and says that it is not exact."""
    return amount(value, LANGUAGE)


def bound_figure_runs(
    line: IndicatorLine, receipt: PackFigure | None, *, unit: str, bold: bool = False
) -> Runs:
    """A value bound to its receipt; a dash where there is none."""
    if receipt is None or receipt.value is None:
        return (Text(MISSING),)
    bound = build_receipt(line, receipt, unit_name=unit)
    printed = value_text(receipt.value, line.measure)
    return (BoundFigure(code=line.code, printed=printed, receipt=bound.dump(), bold=bold),)


def flag_count(flag: FlagLine, *, unit: str, bold: bool = False) -> Runs:
    """How many dossiers show a flag, bound to its receipt; packs made before have no receipt of it."""
    if flag.receipt is None:
        return (Text(count_text(flag.count), bold=bold),)
    bound = build_receipt(flag, flag.receipt, unit_name=unit)
    return (
        BoundFigure(code=flag.code, printed=count_text(flag.sign_count), receipt=bound.dump(), bold=bold),
    )


def part_figure(figure: PackFigure, *, name: str, unit: str) -> Runs:
    """A number of a table by unit, field or officer, bound to its receipt; a dash where there is no value."""
    if figure.value is None:
        return (Text(MISSING),)
    bound = build_part_receipt(figure, name=name, unit_name=unit)
    printed = value_text(figure.value, bound.measure)
    return (BoundFigure(code=figure.code, printed=printed, receipt=bound.dump()),)


def grouped_digest(digest: str) -> str:
    """Half by half: a person can compare them, and a cell can break the line."""
    return " ".join(digest[start : start + 32] for start in range(0, len(digest), 32))


def period_text(text: str) -> str:
    """A period as a heading writes it."""
    return Period.parse(text).label(LANGUAGE)


def map_text(text: str) -> str:
    """Which map of units a figure stands on."""
    try:
        return f"ngày {day(date.fromisoformat(text))}"
    except ValueError:
        return "tại thời điểm phát sinh hồ sơ"


def day_text(text: str) -> str:
    """An ISO date as dd/mm/yyyy, with the minute where there is one; nothing stays nothing.

    >>> day_text("2025-07-21"), day_text("2025-07-21T16:45"), day_text("")
    ('21/07/2025', '21/07/2025 16:45', '')
    """
    if not text:
        return ""
    moment = datetime.fromisoformat(text)
    return f"{moment:%d/%m/%Y %H:%M}" if "T" in text else day(moment)


def unit_name_in_sentence(name: str) -> str:
    """A unit's name inside a sentence: the word for its kind is not a capital there.

    >>> unit_name_in_sentence("Thành phố Hà Giang")
    'thành phố Hà Giang'
    """
    if name.startswith(_UNIT_KINDS) and not name.startswith(("Sở", "Chi cục", "Phòng", "Trung tâm")):
        return name[0].lower() + name[1:]
    return name


def percent_points(gap: float) -> str:
    """The distance of two shares.

    >>> percent_points(0.0312)
    '3,12 điểm phần trăm'
    """
    return f"{number(abs(gap) * 100, LANGUAGE, decimals=2)} điểm phần trăm"
