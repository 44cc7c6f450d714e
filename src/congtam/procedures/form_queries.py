"""Reading the form of a version long after it was in force."""

from __future__ import annotations

from congtam.procedures.domain.forms import FormField, fields_from_json
from congtam.procedures.models import ProcedureForm


def form_of_version(code: str, digest: str) -> tuple[FormField, ...]:
    """The electronic form of the version with a digest (tờ khai của phiên bản); none where it had none.

    Every version that ever held stays readable, one corrected on its first day too. Of a case: `of_case`.
    """
    kept = ProcedureForm.objects.filter(procedure__code=code, digest=digest).values_list("fields", flat=True)
    return fields_from_json(kept.first() or ())
