"""What the page of a procedure shows to people (trang thủ tục)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congtam.forms.public import disclosed_sections
from congtam.portal.access.web.offices import office_codes
from congtam.procedures.public import (
    LEVELS,
    ONLINE_LEVELS,
    PublicFee,
    PublicLimit,
    PublicPaper,
    PublicProcedure,
    Suggestion,
)
from congtam.ui.public import current_language, dong, time_limit_text
from congtam.ui.public import day as day_text

CHANNELS: Final[Mapping[str, str | Promise]] = {
    "": gettext_lazy("Any way of filing"),
    "desk": gettext_lazy("At the one-stop shop"),
    "online": gettext_lazy("Online"),
    "post": gettext_lazy("By public post"),
}


def suggestion_row(suggestion: Suggestion) -> dict[str, Any]:
    """One line of the list."""
    return {
        "code": suggestion.code,
        "name": suggestion.name,
        "field": suggestion.field_name,
        "levels": _level_names(suggestion.levels),
    }


def _level_names(codes: Sequence[str]) -> str:
    language = current_language()
    return ", ".join(LEVELS[code].name(language) for code in codes if code in LEVELS)


def procedure_context(procedure: PublicProcedure, *, day: date, is_today: bool) -> dict[str, Any]:
    """The parts that the law wants disclosed."""
    cases = procedure.case_names()
    may_file, has_office = is_today and "online" in procedure.channels, bool(office_codes(procedure.levels))
    return {
        "procedure": procedure,
        "day": day_text(day),
        "day_value": day.isoformat(),
        "is_today": is_today,
        "may_file": may_file and has_office,
        "has_no_office": may_file and not has_office,
        "levels": _level_names(procedure.levels),
        "channels": [CHANNELS.get(code, code) for code in procedure.channels],
        "limits": _time_limit_rows(procedure.limits, cases),
        "papers": [_paper_row(row, procedure.code, cases) for row in procedure.papers],
        "fees": [_fee_row(row, cases) for row in procedure.fees],
        "form_sections": disclosed_sections(procedure.form_fields, cases),
        "online_level": ONLINE_LEVELS.get(procedure.online_level, ""),
        "legal": [" – ".join(part for part in pair if part) for pair in procedure.legal],
        "steps": _text_lines(procedure.steps),
        "requirements": _text_lines(procedure.requirements),
        "valid_from": day_text(procedure.valid_from) if procedure.valid_from else "",
    }


def _time_limit_rows(rows: Sequence[PublicLimit], cases: Mapping[str, str]) -> list[dict[str, Any]]:
    """The limits; channels with the same one stand on one line."""
    lines: list[dict[str, Any]] = []
    for row in rows:
        line, where = _time_limit_row(row, cases), str(CHANNELS.get(row.channel, row.channel))
        same = next((each for each in lines if {**each, "where": ""} == {**line, "where": ""}), None)
        if same is None:
            lines.append({**line, "where": where})
        else:
            same["where"] = f"{same['where']}, {where}"
    return lines


def _time_limit_row(row: PublicLimit, cases: Mapping[str, str]) -> dict[str, Any]:
    return {
        "where": "",
        "case": cases.get(row.case_kind, ""),
        "text": row.raw_text or _time_limit_text(row),
        "notes": row.notes,
        "latest": row.latest_receipt.strftime("%H:%M") if row.latest_receipt else "",
    }


def _time_limit_text(row: PublicLimit) -> str:
    return "—" if row.value is None else time_limit_text(row.value, row.unit)


def _paper_row(row: PublicPaper, code: str, cases: Mapping[str, str]) -> dict[str, Any]:
    counts = (
        (row.originals, _("original")),
        (row.certified, _("certified copy")),
        (row.copies, _("copy")),
    )
    return {
        "name": row.name,
        "case": cases.get(row.case_kind, ""),
        "counts": ", ".join(f"{count} {what}" for count, what in counts if count),
        "is_required": row.is_required,
        "filled_online": row.filled_online,
        "form_name": row.form_name,
        "form_url": reverse("portal:form", args=[code, row.form_digest]) if row.form_digest else "",
    }


def _fee_row(row: PublicFee, cases: Mapping[str, str]) -> dict[str, Any]:
    free = row.amount_dong == 0
    amount = _("free of charge") if free else dong(row.amount_dong) if row.amount_dong else row.raw_text
    return {
        "name": row.name,
        "amount": amount or "—",
        "where": CHANNELS.get(row.channel, row.channel) if row.channel else "",
        "case": cases.get(row.case_kind, ""),
    }


def _text_lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
