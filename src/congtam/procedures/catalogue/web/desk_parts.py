"""The desk's parts of a procedure as its page shows them (phần tiếp nhận của trang thủ tục)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from congtam.procedures.catalogue.processes_in_force import process_in_force
from congtam.procedures.domain.content import Content
from congtam.procedures.domain.desk import DEFAULT_PROCESS, DeskProcess
from congtam.procedures.domain.desk_reading import desk_channels, desk_limits
from congtam.procedures.domain.processes import limit_exceeded_problem
from congtam.procedures.labels import CHANNELS, ONLINE_LEVELS, ROLES
from congtam.ui.public import current_language, number
from congtam.ui.public import day as written_day


def case_names(content: Content) -> Mapping[str, str]:
    """The names of the cases by their codes."""
    return {kind.code: kind.name for kind in content.case_kinds}


def papers(content: Content, code: str) -> list[dict[str, Any]]:
    """The papers, each with the address of its form."""
    cases = case_names(content)
    return [
        {
            **vars(paper),
            "case": cases.get(paper.case_kind, paper.case_kind),
            "form_url": reverse("procedures:form", args=[code, paper.form_digest])
            if paper.form_digest
            else "",
        }
        for paper in content.papers
    ]


def fees(content: Content) -> list[dict[str, Any]]:
    """The fees; what a source says beside the name stays readable."""
    cases = case_names(content)
    return [
        {
            "name": fee.name or fee.raw_text,
            "note": fee.raw_text if fee.name else "",
            "case": cases.get(fee.case_kind, fee.case_kind),
            "channel": CHANNELS.get(fee.channel, fee.channel),
            "amount": fee.amount_dong,
        }
        for fee in content.fees
    ]


def filing_facts(content: Content) -> list[dict[str, Any]]:
    """How and where it may be filed."""
    ways = ", ".join(str(CHANNELS[way]) for way in desk_channels(content))
    rows = [{"label": _("Ways of filing"), "value": ways}]
    if content.any_office:
        rows.append({"label": _("Where"), "value": _("At any one-stop shop in the province")})
    if content.online_level:
        level = ONLINE_LEVELS.get(content.online_level, content.online_level)
        rows.append({"label": _("Level of the online service"), "value": str(level)})
    if content.online_level_reason:
        rows.append({"label": _("Why only partly online"), "value": content.online_level_reason})
    if content.supplement_days:
        text = _("{count} days").format(count=content.supplement_days)
        rows.append({"label": _("Days to supplement"), "value": text})
    return rows


def process_context(code: str, content: Content, *, on: date) -> dict[str, Any]:
    """The internal process in force on a day, with its hours beside those of the limit."""
    recorded = process_in_force(code, on)
    steps = recorded.steps if recorded else DEFAULT_PROCESS
    limits = desk_limits(content)
    limit = next((limits[key] for key in (("desk", ""), ("", ""), ("online", "")) if key in limits), None)
    warning = limit_exceeded_problem(steps, limit)
    return {
        "is_default": recorded is None,
        "source": _process_source_text(recorded) if recorded else "",
        "warnings": [warning] if warning else [],
        "total": _hours_text(recorded.hours) if recorded and recorded.hours else "",
        "steps": [
            {**vars(step), "role": ROLES.get(step.role, step.role), "hours": _hours_text(step.hours)}
            for step in steps
        ],
    }


def _process_source_text(recorded: DeskProcess) -> str:
    decided = _("of {day}").format(day=written_day(recorded.decided_on)) if recorded.decided_on else ""
    since = _("since {first}").format(first=written_day(recorded.valid_from)) if recorded.valid_from else ""
    return " · ".join(
        part for part in (recorded.code, f"{recorded.decision} {decided}".strip(), since) if part
    )


def _hours_text(hours: Decimal | None) -> str:
    if hours is None:
        return ""
    decimals = 0 if hours == hours.to_integral_value() else 1
    return number(float(hours), current_language(), decimals=decimals)
