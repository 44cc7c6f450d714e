"""One made-up document of each form (văn bản mẫu), so that a template can be looked at before it is in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from congtam.dossiers.printing.public import PrintedApplication
from congtam.forms.public import FormLine, FormPart
from congtam.kernel.clock import LOCAL
from congtam.reports.dossier_forms.application import application_document
from congtam.reports.dossier_forms.documents import APPLICATION, SLIPS, document_for
from congtam.reports.inspection import inspection_report
from congtam.reports.inspection.report import INSPECTION_REPORT
from congtam.reports.samples.dossier import sample_dossier
from congtam.reports.samples.pack import sample_pack_content
from congtam.typesetting.public import OfficialDocument


def sample_document(form: str, on: date) -> OfficialDocument:
    """A document of the form as it would be written on a day; marked on every page as made up."""
    return replace(_sample_document(form, on), synthetic=True)


def _sample_document(form: str, on: date) -> OfficialDocument:
    if form == INSPECTION_REPORT:
        return inspection_report(sample_pack_content(), key="KT-024-2025-Q3", prepared_on=on)
    dossier = sample_dossier(datetime.combine(on, time(9, 15), tzinfo=LOCAL))
    if form == APPLICATION:
        return application_document(
            PrintedApplication(
                code=dossier.code,
                filing_code="TT-250801-ABCDEF",
                unit=dossier.unit,
                procedure_code=dossier.procedure_code,
                procedure_name=dossier.procedure_name,
                person=dossier.person,
                filled_at=dossier.received_at,
                parts=(FormPart(title="Người khai", lines=(FormLine(label="Dân tộc", text="Mông"),)),),
                lookup_secret=dossier.lookup_secret,
            )
        )
    if form in SLIPS:
        return SLIPS[form]([dossier], on=on)
    return document_for(dossier, form)
