"""What became of the units below a unit that ended (đơn vị trực thuộc về sau)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from congtam.org_units.queries import VisibleUnits, register


def describe_continuation(code: str, after: date, visible: VisibleUnits) -> dict[str, Any]:
    """In words, with links to what the reader may see: it goes on, was taken over, or nothing is on record.

    ``after`` is the first day without the unit above.
    """
    units = register()
    version = units.version_on(code, after)
    if version is not None:
        above = [version.parent] if version.parent else []
        text = _("continues as {name}").format(name=version.name)
        return {
            "text": f"{text}, {_('under')}" if above else text,
            "units": _unit_links(above, after, visible),
        }
    history = units.history(code)
    successions = [row for row in history.successors if row.on_date >= after] if history else []
    if not successions:
        return {"text": _("no successor on record"), "units": []}
    first = min(row.on_date for row in successions)
    taken = sorted((-row.weight, row.successor) for row in successions if row.on_date == first)
    codes = [code for _weight, code in taken]
    return {"text": _("became part of"), "units": _unit_links(codes, first, visible)}


def _unit_links(codes: list[str], day: date, visible: VisibleUnits) -> list[dict[str, str]]:
    return [
        {
            "name": register().name_on(code, day),
            "url": reverse("org_units:detail", args=[code]) if code in visible else "",
        }
        for code in codes
    ]
