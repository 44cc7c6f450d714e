"""Put the report of a pack together (báo cáo phân tích số liệu phục vụ kiểm tra)."""

from __future__ import annotations

import json
from datetime import date
from typing import Final

from congtam.inspections.public import PackContent, dump
from congtam.kernel.periods import Period
from congtam.reports.inspection.annexes import annexes
from congtam.reports.inspection.breakdowns import breakdown_blocks
from congtam.reports.inspection.findings import proposals_section, sample_section
from congtam.reports.inspection.letterhead import (
    SIGNER,
    SYMBOL,
    Offices,
    grounds_for,
    inspection_issuer,
    offices_of,
    place_of_issue,
    report_recipients,
)
from congtam.reports.inspection.overview import overview
from congtam.reports.inspection.red_flags import red_flags_section
from congtam.reports.inspection.results import results
from congtam.reports.inspection.sources import append_sources_annex
from congtam.reports.inspection.writing import period_text, unit_name_in_sentence
from congtam.typesetting.public import Attachment, OfficialDocument

INSPECTION_REPORT: Final = "inspection_report"
"""The key of the form, as the templates know it."""


def inspection_report(
    content: PackContent, *, key: str, prepared_on: date, offices: Offices | None = None, digest: str = ""
) -> OfficialDocument:
    """The draft report that an inspection team signs; the pack itself travels inside the PDF.

    Sender, recipients and legal bases are those of the day it was prepared: ``offices``, else the names of the pack.
    ``digest`` is that of the whole pack where only a part of it is printed.
    """
    offices = offices or offices_of(content.unit)
    unit = unit_name_in_sentence(content.unit.name)
    period = period_text(content.period)
    report = OfficialDocument(
        issuer=inspection_issuer(offices),
        symbol=SYMBOL,
        place=place_of_issue(offices),
        date=prepared_on,
        type_name="BÁO CÁO",
        abstract=(
            f"Kết quả phân tích số liệu phục vụ kiểm tra cải cách hành chính tại {unit}, "
            f"{period[0].lower()}{period[1:]}"
        ),
        grounds=grounds_for(Period.parse(content.period), prepared_on),
        blocks=(
            *overview(content),
            *results(content),
            *breakdown_blocks(content),
            *red_flags_section(content),
            *sample_section(content),
            *proposals_section(content),
        ),
        signer=SIGNER,
        recipients=report_recipients(offices),
        annexes=annexes(content, digest=digest or content.digest()),
        attachments=(_pack_attachment(content),),
        synthetic=content.synthetic,
        trace=f"Bộ số liệu {key}",
    )
    return append_sources_annex(report)


def _pack_attachment(content: PackContent) -> Attachment:
    text = json.dumps(dump(content), ensure_ascii=False, sort_keys=True, indent=1)
    return Attachment(
        name="pack.json",
        media_type="application/json",
        content=text.encode(),
        description="Bộ số liệu kiểm tra ở dạng máy đọc được",
    )
