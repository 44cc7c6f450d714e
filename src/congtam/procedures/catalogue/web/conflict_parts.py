"""How limits on which catalogues disagree are shown (hiển thị thời hạn khác nhau giữa hai nguồn)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congtam.foundation.public import display_names
from congtam.procedures.catalogue.wording import format_limit
from congtam.procedures.domain.content import limits_from_json
from congtam.procedures.labels import CHANNELS, RECORDED_SOURCES
from congtam.procedures.models import LimitConflict
from congtam.ui.public import day as written_day

_DECIDED: Final = {
    "kept": gettext_lazy("{person} decided on {day} for the limit in force, not that of {other} ({ground})."),
    "taken": gettext_lazy("{person} decided on {day} for the limit of {other} ({ground})."),
}


def rows(conflicts: Iterable[LimitConflict], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The rows of the table: both sides with their values, sources and days."""
    return [
        {
            "key": row.pk,
            "code": row.procedure.code,
            "name": names.get(row.procedure.code, ""),
            "recorded": _side_context(row.recorded_limits, row.recorded_source, row.recorded_on),
            "incoming": _side_context(row.incoming_limits, row.incoming_source, row.incoming_on),
        }
        for row in conflicts
    ]


def _side_context(limits: Sequence[dict[str, Any]], source: str, day: date | None) -> dict[str, Any]:
    """One side: limits that are the same for several ways of filing stand on one line."""
    by_text: dict[str, list[str]] = {}
    for row in limits_from_json(limits):
        by_text.setdefault(format_limit(row), []).append(str(CHANNELS.get(row.channel, row.channel)))
    return {
        "limits": [{"text": text, "channels": ", ".join(names)} for text, names in by_text.items()],
        "source": str(RECORDED_SOURCES.get(source, source)) or _("source not recorded"),
        "day": written_day(day) if day else _("from the beginning"),
    }


def decided_texts(conflicts: Sequence[LimitConflict]) -> list[str]:
    """A sentence for each decision."""
    people = display_names({row.decided_by for row in conflicts})
    return [
        str(_DECIDED[row.state]).format(
            person=people[row.decided_by],
            day=written_day(row.decided_at),
            other=row.incoming_source,
            ground=row.ground,
        )
        for row in conflicts
    ]
