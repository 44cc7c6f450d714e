"""What the page of one procedure shows (chi tiết thủ tục)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from congtam.forms.public import disclosed_sections
from congtam.foundation.public import Actor
from congtam.kernel.input.days import day_or_none
from congtam.procedures.catalogue.conflict_queries import decided_conflicts, list_open_conflicts
from congtam.procedures.catalogue.queries import days_of_change
from congtam.procedures.catalogue.web import conflict_parts, desk_parts
from congtam.procedures.domain.completeness import missing_parts
from congtam.procedures.domain.content import differences, from_json
from congtam.procedures.domain.levels import LEVELS
from congtam.procedures.labels import (
    CHANNELS,
    CONDITIONS,
    PARTS,
    REASONS,
    RECORDED_SOURCES,
    format_condition,
)
from congtam.procedures.models import Procedure, ProcedureLimit, ProcedureVersion
from congtam.procedures.permissions import may_edit
from congtam.ui.public import current_language, time_limit_text
from congtam.ui.public import day as written_day

_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TEXTS: Final = ("steps", "requirements", "result", "subjects")


def context(
    procedure: Procedure, versions: list[ProcedureVersion], *, requested_day: str, now: date, actor: Actor
) -> dict[str, Any]:
    """The values of the template: the version in force on the day asked for, else the newest."""
    shown = _version_on(versions, requested_day, now=now)
    language = current_language()
    content = from_json(shown.details)
    return {
        "code": procedure.code,
        "version": shown,
        "in_force": _is_in_force(shown, now),
        "facts": _version_facts(shown, language),
        "conflicts": conflict_parts.rows(list_open_conflicts(procedure.code), {procedure.code: shown.name}),
        "decided": conflict_parts.decided_texts(decided_conflicts(procedure.code)),
        "limits": [_limit_row(row, desk_parts.case_names(content)) for row in shown.limits.all()],
        "papers": desk_parts.papers(content, procedure.code),
        "fees": desk_parts.fees(content),
        "cases": content.case_kinds,
        "results": content.results,
        "form_sections": disclosed_sections(content.form_fields, desk_parts.case_names(content)),
        "process": desk_parts.process_context(procedure.code, content, on=_process_day(shown, now)),
        "missing": [PARTS[name] for name in missing_parts(content)],
        "may_edit": may_edit(actor) and versions[0].valid.upper is None,
        "has_changes": len(days_of_change(procedure.code)) > 1,
        "legal": shown.details["legal"],
        "texts": [
            {"title": PARTS[name], "text": _break_lines(shown.details[name])}
            for name in _TEXTS
            if shown.details[name]
        ],
        "timeline": _version_timeline(procedure, versions, shown=shown, now=now),
    }


def _version_on(versions: list[ProcedureVersion], requested_day: str, *, now: date) -> ProcedureVersion:
    day = day_or_none(requested_day) or now
    return next((version for version in versions if _is_in_force(version, day)), versions[0])


def _is_in_force(version: ProcedureVersion, day: date) -> bool:
    lower, upper = version.valid.lower, version.valid.upper
    return (lower is None or lower <= day) and (upper is None or day < upper)


def _process_day(version: ProcedureVersion, now: date) -> date:
    """Today where the version holds, else its last day: which process is shown beside it."""
    upper = version.valid.upper
    return now if _is_in_force(version, now) or upper is None else upper - timedelta(days=1)


def _version_facts(version: ProcedureVersion, language: str) -> list[dict[str, Any]]:
    levels = ", ".join(LEVELS[code].name(language) for code in version.levels if code in LEVELS)
    rows = (
        ("field_name", version.field_name),
        ("levels", levels),
        ("executing_agency", version.executing_agency),
        ("issuing_agency", version.issuing_agency),
        ("decision", version.decision),
        ("kind", version.kind),
    )
    facts: list[dict[str, Any]] = [
        {"label": str(PARTS[name]).capitalize(), "value": value} for name, value in rows if value
    ]
    facts += desk_parts.filing_facts(from_json(version.details))
    facts.append({"label": _("Source"), "value": str(RECORDED_SOURCES.get(version.source, version.source))})
    return facts


def _limit_row(row: ProcedureLimit, cases: Mapping[str, str]) -> dict[str, Any]:
    return {
        "channel": CHANNELS.get(row.channel, row.channel),
        "case": cases.get(row.case_kind, row.case_kind),
        "latest": f"{row.latest_receipt:%H:%M}" if row.latest_receipt else "",
        "text": time_limit_text(row.amount, row.unit) if row.amount is not None else "",
        "raw_text": _break_lines(row.raw_text),
        "reason": REASONS.get(row.reason, row.reason),
        "conditions": [
            {
                "title": CONDITIONS[condition["kind"]],
                "text": condition["text"],
                "summary": format_condition(condition),
            }
            for condition in row.conditions
        ],
    }


def _break_lines(text: str) -> str:
    return _BREAK.sub("\n", text)


def _version_timeline(
    procedure: Procedure, versions: list[ProcedureVersion], *, shown: ProcedureVersion, now: date
) -> list[dict[str, Any]]:
    earlier = [*versions[1:], None]
    return [
        {
            "title": _validity_text(version),
            "text": _change_text(before, version),
            "when": str(RECORDED_SOURCES.get(version.source, version.source)),
            "tone": "done" if _is_in_force(version, now) else "",
            "badge": _("shown here") if version is shown else "",
            "url": "" if version is shown else _version_url(procedure, version),
        }
        for version, before in zip(versions, earlier, strict=True)
    ]


def _version_url(procedure: Procedure, version: ProcedureVersion) -> str:
    day = version.valid.lower or (version.valid.upper or date.max) - timedelta(days=1)
    return f"{reverse('procedures:detail', args=[procedure.code])}?on={day.isoformat()}"


def _validity_text(version: ProcedureVersion) -> str:
    lower, upper = version.valid.lower, version.valid.upper
    if upper is None:
        return _("since {first}").format(first=written_day(lower)) if lower else _("always")
    last = written_day(upper - timedelta(days=1))
    if lower is None:
        return _("until {last}").format(last=last)
    return _("{first} to {last}").format(first=written_day(lower), last=last)


def _change_text(before: ProcedureVersion | None, version: ProcedureVersion) -> str:
    if before is None:
        return _("First version on record")
    names = differences(from_json(before.details), from_json(version.details))
    return _("Changed: {parts}").format(parts=", ".join(str(PARTS[name]) for name in names))
