"""The offices of the demonstration, how busy they are and how well they keep time."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from congtam.demonstration.domain.people import Staff, draw_staff

CATALOGUE: Final = Path(__file__).parents[1] / "catalogue"
PROVINCE: Final = "02"
PAID_ONLINE: Final = 0.895
"""The usual share of fees that are paid online."""
LEVEL_SHARE: Final = {"province": 0.14, "district": 0.26, "commune": 0.60}
_KIND_WEIGHT: Final = {"city": 2.4, "ward": 3.0, "township": 2.2}
_BUSIER: Final = {"030": 1.6, "034": 1.7, "029": 0.7, "031": 0.8}
_SLOWER: Final = {"034": 2.4, "024": 1.5, "H22.08": 2.6, "00913": 2.0, "00769": 1.8}

DEPARTMENTS: Final = {
    "H22.01": "Sở Tư pháp",
    "H22.02": "Sở Công Thương",
    "H22.03": "Sở Giáo dục và Đào tạo",
    "H22.04": "Sở Kế hoạch và Đầu tư",
    "H22.05": "Sở Xây dựng",
    "H22.06": "Sở Y tế",
    "H22.07": "Sở Lao động - Thương binh và Xã hội",
    "H22.08": "Sở Tài nguyên và Môi trường",
    "H22.09": "Sở Nông nghiệp và Phát triển nông thôn",
    "H22.10": "Sở Văn hóa, Thể thao và Du lịch",
}
"""Departments with codes made up for the demonstration: the official table of 2024 is not public."""


@dataclass(frozen=True, kw_only=True)
class DemoProcedure:
    """A procedure of the demonstration (thủ tục mẫu); code, name, field and most limits are facts."""

    code: str
    name: str
    field_name: str
    level: str
    agency: str
    limit: int
    unit: str
    fee_dong: int
    weight: float
    online_rate: float
    late_factor: float
    steps: tuple[str, ...]

    @property
    def limit_text(self) -> str:
        """The limit in the words of a receipt."""
        if not self.limit:
            return "Trong ngày làm việc"
        return f"{self.limit} ngày làm việc" if self.unit == "working_days" else f"{self.limit} ngày"


@dataclass(frozen=True, kw_only=True)
class Office:
    """A unit that handles dossiers, with its habits."""

    code: str
    name: str
    level: str
    prefix: str
    weight: float
    late_factor: float
    online_factor: float
    digitised_rate: float
    paid_online: float
    staff: Staff


@dataclass(frozen=True)
class Unit:
    """A unit of the province as the register has it."""

    code: str
    name: str
    kind: str
    parent: str


def read_procedures() -> list[DemoProcedure]:
    """The procedures of the demonstration; derived by tools/derive_demo_procedures.py."""
    with (CATALOGUE / "procedures.csv").open(encoding="utf-8", newline="") as stream:
        return [_demo_procedure(row) for row in csv.DictReader(stream)]


def _demo_procedure(row: Mapping[str, str]) -> DemoProcedure:
    return DemoProcedure(
        code=row["code"],
        name=row["name"],
        field_name=row["field_name"],
        level=row["level"],
        agency=row["agency"],
        limit=int(row["limit"]),
        unit=row["unit"],
        fee_dong=int(row["fee_dong"]),
        weight=float(row["weight"]),
        online_rate=float(row["online_rate"]),
        late_factor=float(row["late_factor"]),
        steps=tuple(row["steps"].split()),
    )


def offices(
    units: Iterable[Unit], rng: np.random.Generator, *, paid_online: Mapping[str, float]
) -> list[Office]:
    """All offices that handle dossiers: departments, districts, communes, in the order of their codes."""
    return [
        _draw_office(unit, rng, paid_online=paid_online.get(unit.code, PAID_ONLINE))
        for unit in sorted(units, key=lambda unit: unit.code)
    ]


def _draw_office(unit: Unit, rng: np.random.Generator, *, paid_online: float) -> Office:
    level = "province" if unit.code in DEPARTMENTS else "district" if unit.parent == PROVINCE else "commune"
    weight = _KIND_WEIGHT.get(unit.kind, 1.0) * _BUSIER.get(unit.code, 1.0) * rng.lognormal(0, 0.3)
    return Office(
        code=unit.code,
        name=unit.name,
        level=level,
        prefix=_number_prefix(unit, level),
        weight=weight,
        late_factor=_SLOWER.get(unit.code, 1.0) * rng.lognormal(-0.15, 0.55),
        online_factor=float(np.clip(rng.normal(1.0, 0.15), 0.6, 1.4)),
        digitised_rate=float(np.clip(rng.normal(0.81, 0.08), 0.5, 0.97)),
        paid_online=paid_online,
        staff=draw_staff(size={"commune": 2, "district": 7, "province": 5}[level], rng=rng),
    )


def _number_prefix(unit: Unit, level: str) -> str:
    """The agency part of a dossier number, in the form the province used."""
    if level == "province":
        return unit.code
    if level == "district":
        return f"H22.{int(unit.code):02}"
    return f"H22.{int(unit.parent):02}.{int(unit.code):03}"


@dataclass(frozen=True)
class Pairs:
    """Every office with every procedure it handles, and how likely a dossier falls on the pair."""

    office: npt.NDArray[np.int64]
    procedure: npt.NDArray[np.int64]
    share: npt.NDArray[np.float64]


def office_pairs(all_offices: list[Office], procedures: list[DemoProcedure]) -> Pairs:
    """The pairs; the shares sum to 1."""
    pairs = [
        (index, number, _volume_weight(office, procedure))
        for index, office in enumerate(all_offices)
        for number, procedure in enumerate(procedures)
        if procedure.level == office.level and procedure.agency in ("", office.code)
    ]
    totals = dict.fromkeys(LEVEL_SHARE, 0.0)
    for index, _, weight in pairs:
        totals[all_offices[index].level] += weight
    share = np.array(
        [w / totals[all_offices[p].level] * LEVEL_SHARE[all_offices[p].level] for p, _, w in pairs]
    )
    return Pairs(np.array([p for p, _, _ in pairs]), np.array([n for _, n, _ in pairs]), share / share.sum())


def _volume_weight(office: Office, procedure: DemoProcedure) -> float:
    """A department's volume is that of its procedures; elsewhere the size of the place counts too."""
    return procedure.weight * (1.0 if office.level == "province" else office.weight)
