"""Stored receipts, read by key; always for an actor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from congtam.foundation.public import Actor
from congtam.indicators.counting.scopes import THEN
from congtam.indicators.counting.windows import Window
from congtam.indicators.counting.withholding import Withholding
from congtam.indicators.definitions.shipped import narrowed_definition
from congtam.indicators.models import StoredReceipt
from congtam.indicators.rows.flags import find_flag
from congtam.kernel.errors import NotFound
from congtam.kernel.periods import Period
from congtam.org_units import public as org_units
from congtam.warehouse import public as warehouse


def get_stored_receipt(key: str, *, to: Actor) -> dict[str, Any]:
    """The content of a stored receipt, or NotFound; also where its unit or the figure itself is not visible."""
    row = StoredReceipt.objects.filter(key=key).first()
    if row is None or row.unit_code not in org_units.visible_units(to) or is_withheld(row.content, to=to):
        raise NotFound(kind="receipt", key=key)
    content: dict[str, Any] = row.content
    return content


def is_withheld(receipt: Mapping[str, Any], *, to: Actor) -> bool:
    """Whether the figure of a receipt would be withheld from the actor on the data of now."""
    version = receipt["definition_version"]
    if find_flag(receipt["code"], version) is not None:
        return False
    if "parts" in receipt:
        return any(is_withheld(part["receipt"], to=to) for part in receipt["parts"] if part["receipt"])
    one = narrowed_definition(receipt["code"], version=version)
    map_on = None if receipt["map"] == THEN else date.fromisoformat(receipt["map"])
    withholding = Withholding(version=warehouse.data_version(one.fact), map_on=map_on, to=to)
    window = Window(Period.parse(receipt["period"]), datetime.fromisoformat(receipt["as_of"]))
    whole = replace(one, narrowing=None)
    return any(withholding.of_unit(each, window, receipt["unit"]) for each in {one, whole})
