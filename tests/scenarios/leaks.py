"""A small random country for the tests of visibility: units through a reform, grants of every age, dossiers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from congtam.dossiers.public import DossierRow, SuspensionRow, store_dossiers
from congtam.foundation.public import Account, Role, console_actor, create_or_update_account
from congtam.org_units.public import UnitVersionRow, enter_units
from congtam.testing.doors.org_units import SuccessionRow
from congtam.testing.doors.warehouse import sync

REFORM = date(2025, 7, 1)
TODAY = date(2026, 3, 2)
MAPS = (None, date(2025, 1, 15), date(2026, 1, 15))
OLD = ("c1", "c2", "c3", "c4")
NEW = ("n1", "n2")
SECRET = "Hoàng Bí Mật"


@dataclass(frozen=True)
class Country:
    """What was drawn."""

    units: tuple[str, ...]
    dossiers: tuple[DossierRow, ...]


def make_country(draw: Random) -> Country:
    """Enter units and dossiers, and bring the dossiers into the warehouse."""
    versions, successions = list(_versions(draw)), list(_successions(draw))
    enter_units(versions, successions, actor=console_actor())
    units = tuple(dict.fromkeys(row.code for row in versions))
    dossiers = tuple(_dossier(number, draw, units) for number in range(40))
    for unit in units:
        rows = [row for row in dossiers if row.unit_code == unit]
        key = f"import-{unit}"
        store_dossiers(rows, unit_code=unit, actor=console_actor(), import_key=key, source="test")
        sync("dossiers", import_keys=[key])
    return Country(units, dossiers)


def _versions(draw: Random) -> Iterator[UnitVersionRow]:
    """Two provinces become one; communes merge; an office may move, and a commune's code may go on elsewhere."""
    for province in ("p1", "p2"):
        yield UnitVersionRow(code=province, name=province, kind="province", valid_until=REFORM)
    yield UnitVersionRow(code="p3", name="p3", kind="province", valid_from=REFORM)
    yield UnitVersionRow(code="p4", name="p4", kind="province")
    for code in OLD:
        parent = draw.choice(("p1", "p2"))
        yield UnitVersionRow(code=code, name=code, kind="commune", parent=parent, valid_until=REFORM)
        if code == "c4" and draw.random() < 0.5:
            yield UnitVersionRow(code=code, name=code, kind="commune", parent="p4", valid_from=REFORM)
    for code in NEW:
        yield UnitVersionRow(code=code, name=code, kind="commune", parent="p3", valid_from=REFORM)
    yield UnitVersionRow(code="o1", name="o1", kind="department", parent="p1", valid_until=REFORM)
    yield UnitVersionRow(
        code="o1", name="o1", kind="department", parent=draw.choice(("p3", "p4")), valid_from=REFORM
    )


def _successions(draw: Random) -> Iterator[SuccessionRow]:
    for province in ("p1", "p2"):
        yield SuccessionRow(predecessor=province, successor="p3", on_date=REFORM)
    for code in OLD[:3]:
        if draw.random() < 0.3:
            yield SuccessionRow(predecessor=code, successor="n1", on_date=REFORM, weight=0.25, whole=False)
            yield SuccessionRow(predecessor=code, successor="n2", on_date=REFORM, weight=0.75, whole=False)
        else:
            yield SuccessionRow(predecessor=code, successor=draw.choice(NEW), on_date=REFORM)


def _dossier(number: int, draw: Random, units: tuple[str, ...]) -> DossierRow:
    received = datetime(2024, 12, 1, 2, tzinfo=UTC) + timedelta(hours=draw.randrange(24 * 400))
    finished = received + timedelta(days=draw.choice((1, 9))) if draw.random() < 0.7 else None
    return DossierRow(
        code=f"XX{number:04}XX",
        unit_code=draw.choice(units),
        procedure_name=f"Thủ tục {number % 3}",
        applicant=f"{SECRET} {number}",
        attributes={"note": f"{SECRET} {number}"},
        suspensions=(SuspensionRow(ground="supplement", started_at=received, note=f"{SECRET} {number}"),),
        received_at=received,
        due_at=received + timedelta(days=5),
        finished_at=finished,
        state="finished" if finished else "in_progress",
        officer="Cán bộ A",
    )


def make_account(name: str, draw: Random, units: tuple[str, ...]) -> Account:
    """An account with up to three grants, some of them over or not yet begun."""
    account = create_or_update_account(
        username=name,
        name=name,
        password="only for this test",
        grants=[],
        actor=console_actor(),
    )
    spans: list[tuple[date | None, date | None]] = [
        (date(2025, 1, 1), None),
        (None, TODAY + timedelta(days=1)),
        (None, TODAY),
        (TODAY + timedelta(days=1), None),
    ]
    grants: Any = account.role_grants
    for _ in range(draw.randrange(4)):
        grants.create(role=draw.choice(list(Role)), unit_code=draw.choice(units), valid=draw.choice(spans))
    return account
