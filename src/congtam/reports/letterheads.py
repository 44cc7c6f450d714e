"""Letterheads of offices (thể thức phần đầu văn bản): who issues, under whom, from which place."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from congtam.dossiers.printing.public import PrintedUnit
from congtam.kernel.clock import LOCAL
from congtam.kernel.precision import has_time
from congtam.reports.form_catalogue import one_stop_shop_name_lines
from congtam.typesetting.public import Issuer, day_in_words

COMMITTEES: Final = frozenset(
    {
        "province",
        "municipality",
        "city",
        "town",
        "urban_district",
        "district",
        "ward",
        "township",
        "commune",
        "special_zone",
    }
)
"""Kinds of units governed by a people's committee (UBND)."""
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
)
_DOTS: Final = "…………"


def body_name(unit: PrintedUnit) -> str:
    """The body that acts for a unit: its people's committee, or the agency itself.

    >>> body_name(PrintedUnit(code="00688", name="Phường Quang Trung", kind="ward"))
    'UBND phường Quang Trung'
    """
    return f"UBND {unit_name_in_sentence(unit.name)}" if unit.kind in COMMITTEES else unit.name


def office_issuer(unit: PrintedUnit) -> Issuer:
    """The unit itself issues, under the people's committee above it."""
    parent = ""
    if unit.parent_name:
        is_committee = unit.parent_kind in COMMITTEES
        parent = f"UBND {unit_name_in_sentence(unit.parent_name)}" if is_committee else unit.parent_name
    return Issuer(parent=(parent,) if parent else (), body=(body_name(unit),))


def desk_issuer(unit: PrintedUnit, on: date) -> Issuer:
    """The one-stop shop of the unit issues."""
    return Issuer(parent=(body_name(unit),), body=one_stop_shop_name_lines(unit.kind, on))


def desk_name(unit: PrintedUnit, on: date) -> str:
    """The one-stop shop with the body it belongs to, as in running text."""
    if unit.kind == "service_centre":
        return unit.name
    shop = " ".join(one_stop_shop_name_lines(unit.kind, on))
    # A centre is named after its place, a section after the body it belongs to.
    owner = unit_name_in_sentence(unit.name) if shop.startswith("Trung tâm") else body_name(unit)
    return f"{shop} {owner}"


def place_of_issue(unit: PrintedUnit) -> str:
    """The place of the date line: a commune by its own name, an agency by the name of its province."""
    named = unit.name if unit.kind in COMMITTEES else unit.province_name or unit.parent_name or unit.name
    for word in _UNIT_KINDS:
        if named.startswith(f"{word} "):
            bare = named.removeprefix(f"{word} ")
            # A place that is only a number keeps the word for its kind: Phường 1, Quận 3.
            return named if bare[:1].isdigit() else bare
    return named


def unit_name_in_sentence(name: str) -> str:
    """A unit's name inside a sentence: the word for its kind small.

    >>> unit_name_in_sentence("Thành phố Hà Giang"), unit_name_in_sentence("Sở Nội vụ")
    ('thành phố Hà Giang', 'Sở Nội vụ')
    """
    for word in _UNIT_KINDS:
        if name.startswith(f"{word} "):
            return word.lower() + name[len(word) :]
    return name


def moment(instant: datetime | None) -> str:
    """``09 giờ 05 phút, ngày 02 tháng 3 năm 2026``, in Vietnam's time; dots to be filled in where it is not known.

    >>> moment(datetime(2026, 3, 2, 9, 5, tzinfo=LOCAL))
    '09 giờ 05 phút, ngày 02 tháng 3 năm 2026'
    """
    if instant is None:
        return f"{_DOTS} giờ {_DOTS} phút, ngày {_DOTS} tháng {_DOTS} năm {_DOTS}"
    local = instant.astimezone(LOCAL)
    return f"{local:%H} giờ {local:%M} phút, {day_in_words(local.date())}"


def short_moment(instant: datetime | None) -> str:
    """``09:05 02/03/2026``; empty where it is not known."""
    if instant is None:
        return ""
    form = "%H:%M %d/%m/%Y" if has_time(instant, LOCAL.key, is_limit=True) else "%d/%m/%Y"
    return f"{instant.astimezone(LOCAL):{form}}"
