"""Loading the demonstration province into an empty installation."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.db import connection, transaction

from congtam.demonstration.actions.accounts import ACCOUNTS
from congtam.demonstration.actions.catalogue import REFORM, SOURCE, enter_catalogue
from congtam.demonstration.actions.desk import simulate_past_weeks
from congtam.demonstration.actions.write_rows import months
from congtam.demonstration.domain.offices import DEPARTMENTS, PROVINCE, Unit
from congtam.demonstration.domain.scenarios import DEFAULT, SCENARIOS, TWO_TIER, Scenario
from congtam.demonstration.domain.truth import PlantedDossier, truth_document
from congtam.demonstration.domain.world import World, build_world
from congtam.dossiers.public import DossierRow, StoreCounts, set_agency_code, store_dossiers
from congtam.foundation.data_folder import data_dir
from congtam.foundation.public import (
    Actor,
    cache_notes,
    console_actor,
    create_or_update_account,
    drain_outbox,
    installation_notes,
    set_demonstration_clock,
    set_installation_notes,
)
from congtam.gateways.public import TRY_GATEWAY, create_or_update_gateway
from congtam.kernel.errors import DomainError, msgid
from congtam.kernel.progress import Advance, ignore_advance
from congtam.org_units.public import UnitVersionRow, enter_units, load_catalogue, tree
from congtam.payments.public import enter_bank_account
from congtam.work_calendar.public import working_calendar

NOTE: Final = "demonstration"
_MADE_UP: Final = "Mã trình diễn, không phải mã chính thức"


class NotEmpty(DomainError):
    """The installation holds real work; made-up dossiers must not be mixed into it (cơ sở dữ liệu không trống)."""

    code = "demonstration.not_empty"
    message = msgid(
        "This installation already holds dossiers. Load the demonstration into an empty data folder."
    )


class OtherDemonstration(DomainError):
    """Another demonstration is loaded already (đã có dữ liệu trình diễn khác)."""

    code = "demonstration.other"
    message = msgid(
        "The demonstration “{scenario}” with seed {seed}, year {year} and {dossiers} dossiers is loaded. To load "
        "another one, start with an empty data folder."
    )


@dataclass(frozen=True, kw_only=True)
class Demonstration:
    """Which demonstration: the same values always give the same dossiers."""

    scenario: str = DEFAULT
    seed: int = 2024
    dossiers: int = 80_000
    year: int = 0
    """The year shown; 0 stands for the scenario's own, the only one for a scenario with a day."""

    def __post_init__(self) -> None:
        if self.year == 0 or self.script.day is not None:
            object.__setattr__(self, "year", self.script.year)

    @property
    def script(self) -> Scenario:
        """What the scenario says."""
        return SCENARIOS[self.scenario]

    @classmethod
    def from_note(cls, note: Mapping[str, Any]) -> Demonstration:
        """What an installation notes that it holds; before there were scenarios, all was of two tiers."""
        return cls(**{"scenario": TWO_TIER.code, **note})


def loaded_demonstration() -> Demonstration | None:
    """The demonstration that this installation holds, or is about to hold after a load was interrupted."""
    note = installation_notes().get(NOTE)
    return Demonstration.from_note(note) if note else None


def load(demonstration: Demonstration, *, progress: Advance = ignore_advance) -> StoreCounts:
    """Load units, procedures, dossiers and accounts (nạp dữ liệu trình diễn); a second time changes nothing.

    The installation is marked as synthetic before the first dossier comes in.
    """
    with cache_notes():
        return _load(demonstration, progress=progress)


def _load(demonstration: Demonstration, *, progress: Advance) -> StoreCounts:
    require_loadable(demonstration)
    actor = console_actor()
    folder().mkdir(parents=True, exist_ok=True)
    prepare_province(demonstration, actor=actor)
    planted: list[PlantedDossier] = []
    counts = _store_generated(demonstration, planted, actor=actor, progress=progress)
    open_accounts(demonstration.script, actor)
    simulate_past_weeks(demonstration.script, seed=demonstration.seed)
    drain_outbox()
    _write_truth(demonstration, planted)
    return counts


def require_loadable(demonstration: Demonstration) -> None:
    """Raise unless the installation is empty or holds this very demonstration."""
    loaded = loaded_demonstration()
    if loaded is None:
        if has_dossiers():
            raise NotEmpty
    elif loaded != demonstration:
        raise OtherDemonstration(**vars(loaded))


def has_dossiers() -> bool:
    """Whether any dossier is stored."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM dossiers_dossier)")
        row: tuple[bool] = cursor.fetchone()
        return row[0]


@transaction.atomic
def prepare_province(demonstration: Demonstration, *, actor: Actor) -> None:
    """Mark the installation as synthetic, set its clock, enter the departments and the procedures."""
    scenario = demonstration.script
    set_installation_notes(synthetic=True, name="Tỉnh Hà Giang", **{NOTE: vars(demonstration)})
    if scenario.starts_at is not None:
        set_demonstration_clock(scenario.starts_at)
    load_catalogue(actor=actor)
    enter_units([*departments(), *_units_of(scenario)], actor=actor)
    _enter_codes(scenario, actor)
    enter_catalogue(date(demonstration.year - 1, 1, 1), actor=actor)


def _enter_codes(scenario: Scenario, actor: Actor) -> None:
    """Identification codes and bank accounts, made up, for the offices whose desk can be tried."""
    create_or_update_gateway(TRY_GATEWAY, address="/payments/try/", actor=actor)
    for desk in scenario.desks:
        set_agency_code(desk.unit_code, desk.agency_code, source=_MADE_UP, actor=actor)
        enter_bank_account(
            desk.unit_code,
            bank_bin="970400",
            number=f"0000{desk.unit_code}",
            holder="TAI KHOAN TRINH DIEN",
            actor=actor,
            valid_from=date(2023, 1, 1),
        )


def departments() -> Iterator[UnitVersionRow]:
    """The departments of the old province, under codes made up for the demonstration."""
    for code, name in DEPARTMENTS.items():
        yield _made_up_unit(code, name, kind="department", parent=PROVINCE)


def _units_of(scenario: Scenario) -> Iterator[UnitVersionRow]:
    """The units of the scenario below those of the register, under made-up codes too."""
    for unit in scenario.units:
        yield _made_up_unit(unit.code, unit.name, kind=unit.kind, parent=unit.parent)


def _made_up_unit(code: str, name: str, *, kind: str, parent: str) -> UnitVersionRow:
    """A unit of the old province, which ended with the reform."""
    return UnitVersionRow(
        code=code, name=name, kind=kind, parent=parent, valid_until=REFORM, legal_source=_MADE_UP
    )


def prepare_world(demonstration: Demonstration) -> World:
    """The province to draw from: its departments, districts and communes; units below them receive nothing."""
    scenario, unit_tree = demonstration.script, tree(date(demonstration.year, 1, 1))
    names = {unit.code: unit.name for unit in scenario.units}
    units = [
        Unit(node.code, node.name, node.kind, node.parent or "")
        for code in unit_tree.descendants(PROVINCE)
        if (node := unit_tree[code]).kind != "province" and code not in names
    ]
    return build_world(
        seed=demonstration.seed,
        year=demonstration.year,
        calendar=working_calendar(),
        units=units,
        as_of=scenario.end_of_rows(demonstration.year),
        paid_online=scenario.paid_online,
        divisions={field: names[code] for field, code in scenario.divisions.items()},
    )


def _store_generated(
    demonstration: Demonstration, planted: list[PlantedDossier], *, actor: Actor, progress: Advance
) -> StoreCounts:
    return store_dossiers(
        _generate_rows(prepare_world(demonstration), demonstration.dossiers, planted),
        unit_code=PROVINCE,
        actor=actor,
        import_key=f"demonstration-{demonstration.seed}-{demonstration.year}-{demonstration.dossiers}",
        source=SOURCE,
        on_progress=lambda done: progress(done, demonstration.dossiers),
    )


def _generate_rows(world: World, total: int, planted: list[PlantedDossier]) -> Iterator[DossierRow]:
    for month in months(world, total):
        planted += month.list_planted()
        yield from month.rows()


def folder() -> Path:
    """Where the demonstration keeps its own files; made when it is loaded."""
    return data_dir() / "demo"


def is_complete() -> bool:
    """Whether a load came to its end: the truth file is written last."""
    return (folder() / "truth.json").exists()


def _write_truth(demonstration: Demonstration, planted: list[PlantedDossier]) -> None:
    document = truth_document(planted, **vars(demonstration))
    (folder() / "truth.json").write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")


def open_accounts(scenario: Scenario, actor: Actor) -> None:
    """Open one account for each role, all with a password made for this installation alone."""
    password_file = folder() / "password"
    if password_file.exists():
        return
    password = f"hagiang-{secrets.token_hex(3)}"
    for account in ACCOUNTS:
        create_or_update_account(
            username=account.username,
            name=account.name,
            password=password,
            position=account.position,
            grants=account.grants(scenario),
            actor=actor,
            is_demonstration=True,
        )
    password_file.touch(mode=0o600)
    password_file.write_text(password)
