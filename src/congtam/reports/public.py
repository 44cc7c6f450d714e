"""What rooms above may use of the reports: forms for those who hold a dossier's slip (mẫu phiếu)."""

from congtam.reports.actions.forms import form_for_holder

__all__ = ["form_for_holder"]
