"""A procedure as it is disclosed to everybody (công khai thủ tục hành chính), NĐ 63/2010 Điều 8.2."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from congtam.forms.definitions import FormField
from congtam.procedures.domain.content import Content
from congtam.procedures.domain.desk import CaseKind, DeskProcess
from congtam.procedures.domain.desk_reading import desk_channels, desk_results


@dataclass(frozen=True, kw_only=True)
class PublicLimit:
    """A time limit: ``value`` and ``unit`` where the catalogue says one plainly, and its words."""

    channel: str
    case_kind: str = ""
    value: Decimal | None = None
    unit: str = ""
    raw_text: str = ""
    latest_receipt: time | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PublicPaper:
    """A paper to be handed in, with its form where there is one to fetch."""

    name: str
    group: str = ""
    case_kind: str = ""
    originals: int | None = None
    certified: int | None = None
    copies: int | None = None
    is_required: bool = True
    form_digest: str = ""
    form_name: str = ""
    filled_online: bool = False


@dataclass(frozen=True, kw_only=True)
class PublicFee:
    """A fee; ``amount_dong`` None where the catalogue names no plain amount."""

    name: str
    amount_dong: int | None
    raw_text: str = ""
    case_kind: str = ""
    channel: str = ""


@dataclass(frozen=True, kw_only=True)
class PublicProcedure:
    """All that the law wants disclosed of a procedure, and since when it holds."""

    code: str
    name: str
    field_name: str
    levels: tuple[str, ...]
    agency: str
    decision: str
    subjects: str
    steps: str
    requirements: str
    url: str
    valid_from: date | None
    channels: tuple[str, ...]
    any_office: bool
    supplement_days: int
    case_kinds: tuple[CaseKind, ...]
    limits: tuple[PublicLimit, ...]
    papers: tuple[PublicPaper, ...]
    fees: tuple[PublicFee, ...]
    results: tuple[str, ...]
    legal: tuple[tuple[str, str], ...]
    """Number and title of each legal text."""
    process: DeskProcess | None = None
    form_fields: tuple[FormField, ...] = ()
    """What the form asks that is filled in online."""
    online_level: str = ""
    online_level_reason: str = ""

    def case_names(self) -> Mapping[str, str]:
        """The names of the cases by their codes."""
        return {kind.code: kind.name for kind in self.case_kinds}


def public_procedure(
    code: str, content: Content, *, valid_from: date | None, process: DeskProcess | None
) -> PublicProcedure:
    """What is disclosed of a content."""
    return PublicProcedure(
        code=code,
        name=content.name,
        field_name=content.field_name,
        levels=content.levels,
        agency=content.executing_agency or content.issuing_agency,
        decision=content.decision,
        subjects=content.subjects,
        steps=content.steps,
        requirements=content.requirements,
        url=content.url,
        valid_from=valid_from,
        channels=desk_channels(content),
        any_office=content.any_office,
        supplement_days=content.supplement_days,
        case_kinds=content.case_kinds,
        limits=_public_limits(content),
        papers=tuple(PublicPaper(**vars(paper)) for paper in content.papers),
        fees=_public_fees(content),
        results=desk_results(content),
        legal=tuple((row.number, row.title) for row in content.legal),
        process=process,
        form_fields=content.form_fields,
        online_level=content.online_level,
        online_level_reason=content.online_level_reason,
    )


def _public_limits(content: Content) -> tuple[PublicLimit, ...]:
    return tuple(
        PublicLimit(
            channel=row.channel,
            case_kind=row.case_kind,
            value=row.limit.amount.value if row.limit.amount else None,
            unit=row.limit.amount.unit.value if row.limit.amount else "",
            raw_text=row.limit.raw_text,
            latest_receipt=row.latest_receipt,
            notes=tuple(condition.text for condition in row.limit.conditions),
        )
        for row in content.limits
    )


def _public_fees(content: Content) -> tuple[PublicFee, ...]:
    return tuple(
        PublicFee(
            name=fee.name,
            amount_dong=fee.amount_dong,
            raw_text=fee.raw_text,
            case_kind=fee.case_kind,
            channel=fee.channel,
        )
        for fee in content.fees
    )
