"""A letter as the page of a dossier shows it (văn bản đã phát hành)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congtam.dossiers.deadlines.web.texts import moment
from congtam.dossiers.models import Letter, LetterKind
from congtam.org_units.public import unit_name
from congtam.ui.public import dong

KINDS: Final[Mapping[str, str | Promise]] = {
    LetterKind.SUPPLEMENT: gettext_lazy("Request for supplement"),
    LetterKind.REFUSAL: gettext_lazy("Refusal"),
    LetterKind.APOLOGY: gettext_lazy("Apology and revised due date"),
    LetterKind.STOP: gettext_lazy("Notice of stopping"),
    LetterKind.WITHDRAWAL: gettext_lazy("Withdrawal"),
    LetterKind.PAYMENT: gettext_lazy("Request for payment"),
    LetterKind.CONSULTATION: gettext_lazy("Consultation of another office"),
    LetterKind.MISTAKE: gettext_lazy("Notice of a mistaken receipt"),
}


def letter_row(letter: Letter, names: Mapping[str, str], *, with_person: bool) -> dict[str, Any]:
    """What was written, by whom, until when it is to be answered, and the answer.

    Its free text may name the applicant: who may not know the person reads only that there is a letter.
    """
    return {
        "kind": KINDS[letter.kind],
        "number": letter.number,
        "when": moment(letter.issued_at),
        "who": names.get(letter.issued_by, letter.issued_by),
        "to": unit_name(letter.to_unit_code, letter.issued_at),
        "due": moment(letter.due_at) if letter.due_at else "",
        "missing": letter.content.get("missing", ()) if with_person else (),
        "rows": list(_content_rows(letter)) if with_person else [],
        "answered": moment(letter.answered_at) if letter.answered_at else "",
        "status": _letter_status(letter),
        "answer": _answer_text(letter) if with_person else "",
        "corrected": letter.answer.get("form", ()) if with_person else (),
        "is_waiting": letter.answered_at is None and letter.due_at is not None,
    }


def _letter_status(letter: Letter) -> str:
    """What became of the letter; a payment is not answered but made or waived."""
    if letter.kind != LetterKind.PAYMENT:
        return _("Answered")
    return _("Waived") if letter.answer.get("waived") else _("Paid")


def _answer_text(letter: Letter) -> str:
    """The answer; of a waived payment, the reason."""
    answer = letter.answer
    if not answer.get("waived"):
        return str(answer.get("text", ""))
    return ", ".join(part for part in (answer.get("reason", ""), answer.get("legal", "")) if part)


def _content_rows(letter: Letter) -> Iterator[dict[str, str]]:
    labels = {
        "ground": _("Ground"),
        "reason": _("Reason"),
        "replaced_by": _("Handled instead as"),
        "question": _("Question"),
        "old_due_at": _("Previous due date"),
        "new_due_at": _("New due date"),
        "amount_dong": _("Amount"),
    }
    for name, label in labels.items():
        if value := letter.content.get(name):
            if name in {"old_due_at", "new_due_at"}:
                value = moment(datetime.fromisoformat(value))
            elif name == "amount_dong":
                value = dong(int(value))
            yield {"label": label, "value": str(value)}
