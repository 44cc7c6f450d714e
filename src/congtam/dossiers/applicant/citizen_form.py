"""What an applicant filled in, for the holder of its slip (tờ khai của người nộp)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from congtam.dossiers.form.answers import editable_answers, readable_form
from congtam.dossiers.form.corrections import (
    FormCorrection,
    FormToCorrect,
    build_form_correction,
    form_to_correct,
)
from congtam.dossiers.models import DeskRecord, Filing
from congtam.forms.public import FormPart
from congtam.foundation.public import clock
from congtam.kernel.clock import today
from congtam.kernel.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class DeclinedFiling:
    """What was handed in with a filing that was turned down, to be mended and handed in again."""

    procedure_code: str
    unit_code: str
    case_kind: str
    return_way: str
    applicant: Mapping[str, str]
    form: Mapping[str, Any]
    files: tuple[Mapping[str, Any], ...]


def citizen_form_answers(code: str, *, language: str) -> list[FormPart]:
    """The answers given with a dossier or filing, by heading; the caller has checked code and secret of the slip."""
    stored = DeskRecord.objects.filter(dossier__code=code).values_list("form", flat=True).first()
    if stored is None:
        stored = Filing.objects.filter(code=code).values_list("form", flat=True).first()
    return readable_form(stored or {}, language=language)


def citizen_form_to_correct(code: str, *, begun: Mapping[str, Any] | None = None) -> FormToCorrect | None:
    """The form to be corrected with a supplement, or as a correction had ``begun``. As above.

    None where it was not filled in electronically.
    """
    desk = _desk_of(code)
    form = form_to_correct(desk, begun=begun) if desk else None
    return form if form and form.is_filled_in else None


def build_citizen_form_correction(code: str, answers: Mapping[str, Any]) -> FormCorrection:
    """Hold what the holder of a slip sent anew to the form; nothing is written. As above."""
    desk = _desk_of(code)
    if desk is None:
        raise NotFound(kind="dossier", key=code)
    return build_form_correction(desk, answers, on=today(clock()))


def _desk_of(code: str) -> DeskRecord | None:
    return DeskRecord.objects.filter(dossier__code=code).select_related("dossier").first()


def find_declined_filing(code: str) -> DeclinedFiling | None:
    """A filing that was turned down; None for any other. The caller has checked code and secret of the slip."""
    filing = Filing.objects.filter(code=code, state="declined").first()
    if filing is None:
        return None
    return DeclinedFiling(
        procedure_code=filing.procedure_code,
        unit_code=filing.unit_code,
        case_kind=filing.case_kind,
        return_way=filing.return_way,
        applicant=filing.applicant,
        form=editable_answers(filing.form),
        files=tuple(filing.files),
    )
