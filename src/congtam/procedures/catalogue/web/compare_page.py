"""What the page that compares two versions shows (so sánh hai phiên bản)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from congtam.procedures.catalogue.domain.comparison import Pair, compare_rows, compare_texts
from congtam.procedures.catalogue.processes_in_force import process_in_force
from congtam.procedures.catalogue.queries import content_on, days_of_change
from congtam.procedures.catalogue.wording import TEXT_PARTS, comparison_rows, step_rows
from congtam.procedures.domain.content import Content
from congtam.procedures.domain.desk import DeskProcess
from congtam.procedures.labels import CHANGE_KINDS, PARTS
from congtam.ui.public import day as written_day

_NO_CONTENT = Content()
_NO_PROCESS = DeskProcess()
_ORDER = (
    *("channels", "any_office", "online_level", "online_level_reason", "case_kinds", "limits", "papers"),
    *("form_fields", "fees", "results", "supplement_days"),
    *("process", "name", "field_name", "levels", "executing_agency", "issuing_agency", "decision", "kind"),
    *("subjects", "requirements", "steps", "result", "legal"),
)


def context(code: str, query: QueryDict) -> dict[str, Any]:
    """The values of the template; without a choice, the newest change against what held before it."""
    days = days_of_change(code)
    later = _parse_day(query.get("to", ""), days[0])
    before = [day for day in days if day < later]
    earlier = _parse_day(query.get("from", ""), before[0] if before else days[-1])
    parts = list(_compared_parts(code, earlier, later))
    return {
        "code": code,
        "name": (content_on(code, later) or content_on(code, earlier) or _NO_CONTENT).name,
        "parts": parts,
        "earlier": {"value": earlier.isoformat(), "text": _day_text(earlier)},
        "later": {"value": later.isoformat(), "text": _day_text(later)},
        "days": [{"value": day.isoformat(), "text": _day_text(day)} for day in days],
        "is_only_one": len(days) < 2,
    }


def _parse_day(text: str, default: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return default


def _day_text(day: date) -> str:
    return _("from the beginning") if day == date.min else written_day(day)


def _compared_parts(code: str, earlier: date, later: date) -> Iterator[dict[str, Any]]:
    old, new = content_on(code, earlier) or _NO_CONTENT, content_on(code, later) or _NO_CONTENT
    pairs: dict[str, tuple[Pair, ...]] = {
        name: (compare_texts(getattr(old, name), getattr(new, name)),) for name in TEXT_PARTS
    }
    old_rows, new_rows = comparison_rows(old), comparison_rows(new)
    pairs.update({name: compare_rows(old_rows[name], new_rows[name]) for name in old_rows})
    processes = [process_in_force(code, day) or _NO_PROCESS for day in (earlier, later)]
    pairs["process"] = compare_rows(*(step_rows(process.steps) for process in processes))
    for name in _ORDER:
        rows = [_pair_row(pair) for pair in pairs[name] if pair.kind != "same"]
        if rows:
            yield {"title": PARTS[name], "rows": rows, "same": len(pairs[name]) - len(rows)}


def _pair_row(pair: Pair) -> dict[str, Any]:
    tones = {"added": "good", "removed": "bad", "changed": "warn"}
    return {
        "kind": CHANGE_KINDS[pair.kind],
        "tone": tones[pair.kind],
        "before": pair.before,
        "after": pair.after,
    }
