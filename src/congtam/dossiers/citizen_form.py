"""What an applicant filled in, for the holder of its slip (tờ khai của người nộp)."""

from __future__ import annotations

from congtam.dossiers.form_answers import FormPart, told_form
from congtam.dossiers.models import DeskRecord, Filing


def form_of_holder(code: str, *, language: str) -> list[FormPart]:
    """The answers given with a dossier or filing, by heading; the caller has checked code and secret of the slip."""
    kept = DeskRecord.objects.filter(dossier__code=code).values_list("form", flat=True).first()
    if kept is None:
        kept = Filing.objects.filter(code=code).values_list("form", flat=True).first()
    return told_form(kept or {}, language=language)
