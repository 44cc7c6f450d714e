"""Put the report of a pack together (báo cáo phân tích số liệu phục vụ kiểm tra)."""

from __future__ import annotations

import json
from datetime import date
from typing import Final

from congtam.inspections.public import PackContent, dump
from congtam.kernel.periods import Period
from congtam.reports.inspection.annexes import annexes
from congtam.reports.inspection.findings import proposals_section, sample_section
from congtam.reports.inspection.letterhead import (
    SIGNER,
    SYMBOL,
    grounds_for,
    inspection_issuer,
    place_of_issue,
    report_recipients,
)
from congtam.reports.inspection.overview import overview
from congtam.reports.inspection.red_flags import red_flags_section
from congtam.reports.inspection.results import results
from congtam.reports.inspection.sources import with_sources
from congtam.reports.inspection.writing import in_sentence, period_text
from congtam.typesetting.public import Attachment, OfficialDocument

INSPECTION_REPORT: Final = "inspection_report"
"""The key of the form, as the templates know it."""


def inspection_report(content: PackContent, *, key: str, prepared_on: date) -> OfficialDocument:
    """The draft report that an inspection team signs; the pack itself travels inside the PDF."""
    unit = in_sentence(content.unit.name)
    period = period_text(content.period)
    report = OfficialDocument(
        issuer=inspection_issuer(content.unit),
        symbol=SYMBOL,
        place=place_of_issue(content.unit),
        date=prepared_on,
        type_name="BÁO CÁO",
        abstract=(
            f"Kết quả phân tích số liệu phục vụ kiểm tra cải cách hành chính tại {unit}, "
            f"{period[0].lower()}{period[1:]}"
        ),
        grounds=grounds_for(Period.parse(content.period).last_day),
        blocks=(
            *overview(content),
            *results(content),
            *red_flags_section(content),
            *sample_section(content),
            *proposals_section(content),
        ),
        signer=SIGNER,
        recipients=report_recipients(content.unit),
        annexes=annexes(content),
        attachments=(_pack_attachment(content),),
        synthetic=content.synthetic,
        trace=f"Bộ số liệu {key}",
    )
    return with_sources(report)


def _pack_attachment(content: PackContent) -> Attachment:
    text = json.dumps(dump(content), ensure_ascii=False, sort_keys=True, indent=1)
    return Attachment(
        name="pack.json",
        media_type="application/json",
        content=text.encode(),
        description="Bộ số liệu kiểm tra ở dạng máy đọc được",
    )
