"""The parts of a content in the words a person reads (cách diễn đạt), one line for each row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from congtam.forms.public import field_texts
from congtam.procedures.catalogue.domain.comparison import ComparedRow
from congtam.procedures.domain.content import CataloguePaper, ChannelLimit, Content
from congtam.procedures.domain.desk import ProcessStep
from congtam.procedures.domain.fees import CatalogueFee
from congtam.procedures.domain.levels import LEVELS
from congtam.procedures.labels import CHANNELS, ONLINE_LEVELS, ROLES
from congtam.ui.public import current_language, dong, time_limit_text


def format_limit(row: ChannelLimit) -> str:
    """The limit itself, or the words of the source where it is not plain."""
    amount = row.limit.amount
    text = time_limit_text(amount.value, amount.unit.value) if amount else row.limit.raw_text
    if row.latest_receipt:
        text += " · " + _("received after {hour}: from the next working day").format(
            hour=f"{row.latest_receipt:%H:%M}"
        )
    return text


def format_counts(paper: CataloguePaper) -> str:
    """How many of which kind: “1 original, 2 copies”."""
    counts = (
        (paper.originals, _("originals: {count}")),
        (paper.certified, _("certified copies: {count}")),
        (paper.copies, _("copies: {count}")),
    )
    return ", ".join(text.format(count=count) for count, text in counts if count)


def comparison_rows(content: Content) -> Mapping[str, list[ComparedRow]]:
    """The list parts of a content as rows to be compared."""
    cases = {kind.code: kind.name for kind in content.case_kinds}
    return {
        "channels": [ComparedRow(code, str(CHANNELS.get(code, code))) for code in content.channels],
        "any_office": [ComparedRow("any", _("At any one-stop shop in the province"))]
        if content.any_office
        else [],
        "case_kinds": [ComparedRow(kind.code, kind.name) for kind in content.case_kinds],
        "limits": [
            ComparedRow(
                f"{row.channel}|{row.case_kind}", _channel_and_case_text(row, cases) + format_limit(row)
            )
            for row in content.limits
        ],
        "papers": [
            ComparedRow(f"{paper.name}|{paper.case_kind}", _paper_text(paper, cases))
            for paper in content.papers
        ],
        "fees": [
            ComparedRow(f"{_fee_name(fee)}|{fee.case_kind}|{fee.channel}", _fee_text(fee, cases))
            for fee in content.fees
        ],
        "results": [ComparedRow(text, text) for text in content.results],
        "supplement_days": _days_row(content.supplement_days),
        "online_level": _online_level(content.online_level),
        "form_fields": [ComparedRow(name, text) for name, text in field_texts(content.form_fields, cases)],
        "legal": [
            ComparedRow(text.number or text.title, f"{text.number} {text.title}".strip())
            for text in content.legal
        ],
        "levels": [
            ComparedRow(code, LEVELS[code].name(current_language()) if code in LEVELS else code)
            for code in content.levels
        ],
    }


def step_rows(steps: tuple[ProcessStep, ...]) -> list[ComparedRow]:
    """The steps of a process as rows to be compared."""
    return [ComparedRow(step.code or step.name, _step_text(step)) for step in steps]


def _online_level(code: str) -> list[ComparedRow]:
    return [ComparedRow("level", str(ONLINE_LEVELS.get(code, code)))] if code else []


def _days_row(days: int) -> list[ComparedRow]:
    return [ComparedRow("days", _("{count} days").format(count=days))] if days else []


def _channel_and_case_text(row: ChannelLimit | CatalogueFee, cases: Mapping[str, str]) -> str:
    named = (str(CHANNELS.get(row.channel, row.channel)), cases.get(row.case_kind, row.case_kind))
    return ", ".join(name for name in named if name) + ": "


def _paper_text(paper: CataloguePaper, cases: Mapping[str, str]) -> str:
    notes = [
        format_counts(paper),
        "" if paper.is_required else _("if any"),
        cases.get(paper.case_kind, paper.case_kind),
        _("form: {file}").format(file=paper.form_name) if paper.form_name else "",
        _("filled in online") if paper.filled_online else "",
    ]
    remarks = "; ".join(note for note in notes if note)
    return f"{paper.name} ({remarks})" if remarks else paper.name


def _fee_name(fee: CatalogueFee) -> str:
    return fee.name or fee.raw_text


def _fee_text(fee: CatalogueFee, cases: Mapping[str, str]) -> str:
    amount = dong(fee.amount_dong) if fee.amount_dong is not None else ""
    return _channel_and_case_text(fee, cases) + f"{_fee_name(fee)} {amount}".strip()


def _step_text(step: ProcessStep) -> str:
    hours = time_limit_text(step.hours, "hours") if step.hours else ""
    parts = (step.name, step.office, str(ROLES.get(step.role, step.role)), hours, step.product)
    return " · ".join(part for part in parts if part)


TEXT_PARTS: Final = (
    "name",
    "field_name",
    "executing_agency",
    "issuing_agency",
    "decision",
    "kind",
    "subjects",
    "steps",
    "requirements",
    "result",
    "online_level_reason",
)
