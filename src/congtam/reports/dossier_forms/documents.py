"""Which document a form of a dossier is (văn bản của từng mẫu)."""

from __future__ import annotations

from typing import ClassVar, Final

from congtam.dossiers.printing.public import PrintedDossier
from congtam.kernel.errors import DomainError, msgid
from congtam.reports.dossier_forms.control import control_slip
from congtam.reports.dossier_forms.handover import handover_slip, results_slip
from congtam.reports.dossier_forms.letters import BODIES, letter_document
from congtam.reports.dossier_forms.receipt import receipt
from congtam.typesetting.public import OfficialDocument

FOR_HOLDERS: Final = frozenset({"receipt", *BODIES})
"""What an applicant gets; the control slip stays inside the office."""
APPLICATION: Final = "application"
"""The form the applicant filled in: of a dossier or of a filing, with no official number (tờ khai)."""
SLIPS: Final = {"handover": handover_slip, "results": results_slip}


class FormUnavailable(DomainError):
    """The dossier has nothing this form could say."""

    code: ClassVar[str] = "reports.form_not_there"
    message: ClassVar[str] = msgid("Dossier {dossier} has no such document: it was never issued.")


def document_for(dossier: PrintedDossier, form: str, *, letter: int | None = None) -> OfficialDocument:
    """The document of a form; FormNotThere when the dossier has no such letter or no slip."""
    if form == "control":
        return control_slip(dossier)
    if form == "receipt" and dossier.is_of_desk:
        return receipt(dossier)
    printed_letter = dossier.last_letter(form, sequence=letter) if form in BODIES else None
    if printed_letter is None:
        raise FormUnavailable(dossier=dossier.code, form=form)
    return letter_document(form, dossier, printed_letter)
