"""What rooms above may use of the reports: forms for those who hold a dossier's slip (mẫu phiếu)."""

from congtam.reports.actions.forms import Printed, form_for_holder, print_form, print_slip
from congtam.reports.dossier_forms.catalogue import Form, form_on
from congtam.reports.dossier_forms.documents import FormNotThere

__all__ = ["Form", "FormNotThere", "Printed", "form_for_holder", "form_on", "print_form", "print_slip"]
