"""Entering units and successions into the register."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import uuid4

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from congtam.foundation.public import Actor, record, set_installation_notes
from congtam.foundation.row_seals import reseal
from congtam.kernel.errors import InputRefused, NotAllowed
from congtam.kernel.vietnamese import fold, nfc
from congtam.org_units import models, queries
from congtam.org_units.domain.records import SuccessionRow, UnitVersionRow
from congtam.org_units.domain.validation import validate_register


@dataclass(frozen=True)
class EnteredUnits:
    """What an entry changed."""

    units: int
    versions: int
    successions: int
    unchanged: int
    """Codes that were already on record; they stay as the installation has them.

    Ledger lines before the first release call this `kept`; nothing reads it from there.
    """


@transaction.atomic
def enter_units(
    versions: Iterable[UnitVersionRow], successions: Iterable[SuccessionRow] = (), *, actor: Actor
) -> EnteredUnits:
    """Add the units that are not on record yet (nhập danh mục đơn vị); what is on record stays as it is.

    The whole register, old and new together, must be sound, or nothing is entered and every problem is told.
    """
    if not actor.administers_everything:
        raise NotAllowed
    current = queries.register()
    offered = list(versions)
    new = [row for row in offered if row.code not in current]
    handed_over = {(row.predecessor, row.on_date) for row in current.successions}
    followed = [row for row in successions if (row.predecessor, row.on_date) not in handed_over]
    problems = validate_register([*current.versions, *new], [*current.successions, *followed])
    if problems:
        raise InputRefused(problems)
    unchanged = len({row.code for row in offered}) - len({row.code for row in new})
    if not new and not followed:
        return EnteredUnits(0, 0, 0, unchanged)
    _write_units(new, followed)
    entered = EnteredUnits(len({row.code for row in new}), len(new), len(followed), unchanged)
    set_installation_notes(**{queries.EDITION_NOTE: uuid4().hex})
    record(actor, "units.entered", kind="org_units", key="register", data=vars(entered))
    return entered


def _write_units(versions: Sequence[UnitVersionRow], successions: Sequence[SuccessionRow]) -> None:
    models.OrgUnit.objects.bulk_create(
        models.OrgUnit(code=code) for code in {row.code: None for row in versions}
    )
    keys = dict(models.OrgUnit.objects.values_list("code", "pk"))
    new_versions = models.UnitVersion.objects.bulk_create(_version_row(row, keys) for row in versions)
    handed_over = models.Succession.objects.bulk_create(_succession_row(row, keys) for row in successions)
    reseal(models.UnitVersion, [row.pk for row in new_versions])
    reseal(models.Succession, [row.pk for row in handed_over])


def _version_row(row: UnitVersionRow, keys: dict[str, int]) -> models.UnitVersion:
    name = nfc(row.name.strip())
    return models.UnitVersion(
        unit_id=keys[row.code],
        name=name,
        search_key=fold(name),
        kind=row.kind,
        parent_id=keys[row.parent] if row.parent else None,
        valid=DateRange(row.opens, row.closes),
        legal_source=row.legal_source,
        longitude=row.longitude,
        latitude=row.latitude,
    )


def _succession_row(row: SuccessionRow, keys: dict[str, int]) -> models.Succession:
    return models.Succession(
        predecessor_id=keys[row.predecessor],
        successor_id=keys[row.successor],
        on_date=row.on_date,
        weight=Decimal(row.weight).quantize(Decimal("1e-10")),
        whole=row.whole,
        only_forward=row.only_forward,
        legal_source=row.legal_source,
        note=row.note,
    )
