"""What the page of one's own dossier shows (trang tra cứu hồ sơ), in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from congtam.dossiers.applicant.public import (
    CitizenDossier,
    CitizenFiling,
    CitizenLetter,
    citizen_form_answers,
)
from congtam.dossiers.public import State
from congtam.foundation.public import system_actor
from congtam.org_units.public import unit_name
from congtam.payments.public import ONLINE_PAYMENT, FeeRequestView, NoBankAccount, fee_requests, vietqr
from congtam.portal.access.web import wording as words
from congtam.portal.models import OfferState
from congtam.portal.queries import is_rated, offers_of
from congtam.ui.public import current_language, dong, instant

_DARK = "#17232e"


def filing_context(filing: CitizenFiling) -> dict[str, Any]:
    """A filing the desk has not made a dossier of."""
    return {
        "code": filing.code,
        "secret": filing.secret,
        "qr": slip_qr(filing.code, filing.secret),
        "procedure": filing.procedure_name,
        "state": words.FILINGS[filing.state],
        "reason": filing.reason,
        "form_parts": citizen_form_answers(filing.code, language=current_language()),
        "is_declined": filing.state == "declined",
        "procedure_code": filing.procedure_code,
        "facts": [
            {"label": _("Office"), "value": unit_name(filing.unit_code)},
            {"label": _("Sent"), "value": instant(filing.submitted_at)},
            *(
                [{"label": _("Answered"), "value": instant(filing.answered_at)}]
                if filing.answered_at
                else [{"label": _("Answer by"), "value": instant(filing.answer_due_at)}]
            ),
        ],
    }


def dossier_context(dossier: CitizenDossier) -> dict[str, Any]:
    """A dossier: where it stands, what is asked of its applicant, why it is due then, what happened."""
    offers = offers_of(dossier.code)
    waiting = next((each for each in offers if each.state == OfferState.WAITING), None)
    fees = [_fee_row(row) for row in fee_requests([dossier.code], to=system_actor("portal"))]
    return {
        "code": dossier.code,
        "procedure": dossier.procedure_name,
        "state": _state_text(dossier, is_supplement_sent=waiting is not None, fees=fees),
        "facts": list(_dossier_facts(dossier)),
        "clock_explanation": words.clock_paragraph(dossier.explanation),
        "form_parts": citizen_form_answers(dossier.code, language=current_language()),
        "supplement": _supplement_context(dossier.supplement),
        "offer": waiting,
        "declined": next((each for each in offers[:1] if each.state == OfferState.DECLINED), None),
        "fees": fees,
        "letters": [_letter_row(dossier.code, letter) for letter in dossier.letters],
        "result": _result_context(dossier),
        "timeline": [_event_row(event) for event in dossier.events],
        "may_rate": dossier.state == State.RETURNED and not is_rated(dossier.code),
        "is_rated": dossier.state == State.RETURNED and is_rated(dossier.code),
    }


def _state_text(
    dossier: CitizenDossier, *, is_supplement_sent: bool, fees: Sequence[Mapping[str, Any]]
) -> words.StateText:
    """Where the dossier stands for its applicant: who has done their part is not told to do it."""
    if dossier.state == State.AWAITING_SUPPLEMENT and is_supplement_sent:
        return words.PAPERS_SENT
    states = {fee["state"] for fee in fees}
    if dossier.state == State.AWAITING_PAYMENT and "paid" in states and "open" not in states:
        return words.PAID
    return words.STATES[dossier.state]


def slip_qr(code: str, secret: str) -> str:
    """A QR code that opens the look-up of a dossier, as an image for the page."""
    path = reverse("portal:by_slip", args=[code])
    return qr(f"{settings.CONGTAM_SITE_URL}{path}?{urlencode({'k': secret})}")


def qr(text: str) -> str:
    """A QR code as an address of image data."""
    return str(
        segno.make(text, error="m", micro=False).svg_data_uri(scale=4, border=2, dark=_DARK, light="#fff")
    )


def _dossier_facts(dossier: CitizenDossier) -> list[dict[str, Any]]:
    office = unit_name(dossier.unit_code)
    if dossier.office and dossier.office != office:
        office = f"{dossier.office}, {office}"
    facts = [
        {"label": _("Applicant"), "value": dossier.applicant},
        {"label": _("Current office") if dossier.is_open else _("Handled by"), "value": office},
        {"label": _("Received"), "value": instant(dossier.received_at)},
        {
            "label": _("Result due"),
            "value": instant(dossier.due_at) if dossier.due_at else _("no due date set"),
        },
    ]
    if dossier.finished_at:
        facts.append({"label": _("Handling ended"), "value": instant(dossier.finished_at)})
    if dossier.returned_at:
        facts.append({"label": _("Result returned"), "value": instant(dossier.returned_at)})
    else:
        facts.append({"label": _("How you receive the result"), "value": str(words.WAYS[dossier.return_way])})
    return facts


def _supplement_context(letter: CitizenLetter | None) -> dict[str, Any] | None:
    if letter is None:
        return None
    return {
        "missing": letter.content.get("missing", ()),
        "reason": letter.content.get("reason", ""),
        "until": instant(letter.due_at) if letter.due_at else "",
    }


def _letter_row(code: str, letter: CitizenLetter) -> dict[str, Any]:
    return {
        "title": words.LETTERS.get(letter.kind, letter.kind),
        "number": letter.number,
        "when": instant(letter.issued_at),
        "url": reverse("portal:letter", args=[code, letter.sequence]),
    }


def _fee_row(row: FeeRequestView) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "reason": row.reason,
        "amount": dong(row.amount_dong),
        "state": row.state,
        "why": row.closing_reason,
        "paid_at": instant(row.paid_at) if row.paid_at else "",
        "until": instant(row.due_at) if row.due_at else "",
    }
    if row.state == "open":
        shown |= {"link": ONLINE_PAYMENT.url(row.code), "qr": _payment_qr(row.code)}
    return shown


def _payment_qr(request_code: str) -> str:
    """The VietQR of a fee; empty where the unit has no account for fees."""
    try:
        return qr(vietqr(request_code))
    except NoBankAccount:
        return ""


def _result_context(dossier: CitizenDossier) -> dict[str, Any] | None:
    if dossier.state not in {State.FINISHED, State.RETURNED}:
        return None
    result = dossier.result
    return {
        "summary": result.get("summary", ""),
        "number": result.get("number", ""),
        "url": reverse("portal:result", args=[dossier.code]) if dossier.is_returned_online else "",
        "name": result.get("name", ""),
        "signature": result.get("signature", "") if dossier.is_returned_online else "",
    }


def _event_row(event: Any) -> dict[str, Any]:
    tone = "paused" if event.what in {"letter.supplement", "letter.payment"} else "done"
    return {"title": words.event_title(event), "when": instant(event.at), "tone": tone}
