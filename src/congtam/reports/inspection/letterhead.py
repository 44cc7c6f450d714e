"""Who issues the report, and the law it stands on (thể thức, căn cứ)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from congtam.inspections.pack_content import UnitLine
from congtam.kernel.periods import Period
from congtam.reports.inspection.writing import unit_name_in_sentence
from congtam.typesetting.public import Issuer, Signer


@dataclass(frozen=True, kw_only=True)
class LegalGround:
    """A legal basis and the days on which it was in force; the end is exclusive."""

    text: str
    valid_from: date
    valid_until: date = date.max


GROUNDS: Final = (
    LegalGround(
        text=(
            "Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010 của Chính phủ về kiểm soát thủ tục hành chính "
            "và các nghị định sửa đổi, bổ sung"
        ),
        valid_from=date(2010, 10, 14),
    ),
    LegalGround(
        text=(
            "Căn cứ Nghị định số 61/2018/NĐ-CP ngày 23 tháng 4 năm 2018 của Chính phủ về thực hiện cơ chế một cửa, "
            "một cửa liên thông trong giải quyết thủ tục hành chính"
        ),
        valid_from=date(2018, 6, 21),
        valid_until=date(2025, 7, 1),
    ),
    LegalGround(
        text=(
            "Căn cứ Nghị định số 118/2025/NĐ-CP ngày 09 tháng 6 năm 2025 của Chính phủ về thực hiện thủ tục "
            "hành chính theo cơ chế một cửa, một cửa liên thông tại Bộ phận Một cửa và Cổng Dịch vụ công quốc gia"
        ),
        valid_from=date(2025, 7, 1),
    ),
    LegalGround(
        text=(
            "Căn cứ Quyết định số 766/QĐ-TTg ngày 23 tháng 6 năm 2022 của Thủ tướng Chính phủ phê duyệt Bộ chỉ số "
            "chỉ đạo, điều hành và đánh giá chất lượng phục vụ người dân, doanh nghiệp trong thực hiện thủ tục "
            "hành chính, dịch vụ công theo thời gian thực trên môi trường điện tử"
        ),
        valid_from=date(2022, 6, 23),
    ),
)
DECISION: Final = "Căn cứ Quyết định số ……/QĐ-…… ngày …/…/…… về việc kiểm tra công tác cải cách hành chính"
"""The decision on the inspection; the clerk fills in its number."""


IN_THE_PERIOD: Final = " (áp dụng trong thời kỳ được kiểm tra)"


@dataclass(frozen=True, kw_only=True)
class Offices:
    """Who sends and who gets the report, by their names on its day (cơ quan ban hành, nơi nhận)."""

    above: str
    inspected: tuple[str, ...]


def offices_of(unit: UnitLine) -> Offices:
    """The offices as the pack names them, on the day of its map."""
    return Offices(above=unit.province_name or unit.parent_name or unit.name, inspected=(unit.name,))


def grounds_for(period: Period, on: date) -> tuple[str, ...]:
    """The bases in force on the day of the report, those that only governed the period, and the decision."""
    in_force: list[str] = []
    for ground in GROUNDS:
        if ground.valid_from <= on < ground.valid_until:
            in_force.append(ground.text)
        elif ground.valid_from < period.end and period.start < ground.valid_until:
            in_force.append(ground.text + IN_THE_PERIOD)
    return (*in_force, DECISION)


def inspection_issuer(offices: Offices) -> Issuer:
    """The inspection team under the people's committee above the unit."""
    return Issuer(
        parent=(f"UBND {unit_name_in_sentence(offices.above)}",),
        body=("Đoàn kiểm tra", "cải cách hành chính"),
    )


def place_of_issue(offices: Offices) -> str:
    """The place in the date line: the province's name without the word for its kind."""
    above = offices.above
    for kind in ("Tỉnh ", "Thành phố "):
        above = above.removeprefix(kind)
    return above


def report_recipients(offices: Offices) -> tuple[str, ...]:
    """Who gets the report: the committee above, the unit or what followed it, the team, the file of the inspection."""
    units = []
    for name in offices.inspected:
        named = unit_name_in_sentence(name)
        units.append(f"UBND {named}" if named != name else name)
    return (
        f"UBND {unit_name_in_sentence(offices.above)} (để báo cáo)",
        *units,
        "Thành viên Đoàn kiểm tra",
        "Lưu: VT, HSKT",
    )


SIGNER: Final = Signer(capacity=("TRƯỞNG ĐOÀN",))
SYMBOL: Final = "BC-ĐKT"
