"""What the pages of payments show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from congtam.foundation.public import Actor
from congtam.foundation.references import Ref, resolve_many
from congtam.org_units.public import find_unit, unit_name, visible_units
from congtam.payments import permissions
from congtam.payments.labels import STATES, WAYS
from congtam.payments.models import FeeRequest, Payment, RequestState
from congtam.payments.queries import SURPLUS, NoBankAccount, RequestPage, vietqr
from congtam.payments.slots import LIST_LINKS
from congtam.ui.public import PageLink, dong, instant, qr_svg


def list_context(page: RequestPage, *, actor: Actor, state: str, text: str) -> dict[str, Any]:
    """The values of the list."""
    urls = _dossier_urls(page.rows, actor)
    parameters = {"state": state, "q": text, "after": page.next_after or ""}
    cash = PageLink(text=gettext("Cash at the counters"), icon="receipt", url=reverse("payments:cash"))
    return {
        "rows": [_fee_row(row, urls) for row in page.rows],
        "states": [
            *({"code": code, "text": label.text} for code, label in STATES.items()),
            {"code": SURPLUS, "text": gettext("Refund due")},
        ],
        "state": state,
        "text": text,
        "next_url": "?" + urlencode({name: value for name, value in parameters.items() if value})
        if page.next_after
        else "",
        "links": [cash, *LIST_LINKS.offers(None, to=actor)],
    }


def _dossier_urls(requests: Iterable[FeeRequest], actor: Actor) -> dict[str, str]:
    """The pages of the dossiers that the reader may see, by code."""
    refs = [Ref("dossier", request.dossier_code) for request in requests]
    return {ref.code: resolved.url for ref, resolved in resolve_many(refs, to=actor).items()}


def _fee_row(request: FeeRequest, dossier_urls: Mapping[str, str]) -> dict[str, Any]:
    unit = find_unit(request.unit_code)
    return {
        "code": request.code,
        "dossier": request.dossier_code,
        "dossier_url": dossier_urls.get(request.dossier_code, ""),
        "unit": unit.name if unit else request.unit_code,
        "amount": dong(request.amount_dong),
        "requested": instant(request.requested_at),
        "settled": instant(request.settled_at) if request.settled_at else "—",
        "state": STATES[request.state],
    }


def detail_context(request: FeeRequest, *, actor: Actor) -> dict[str, Any]:
    """The values of the page of one fee request."""
    row = _fee_row(request, _dossier_urls([request], actor))
    is_open = request.state == RequestState.OPEN
    return {
        **row,
        "facts": list(_fee_facts(request, row, with_reasons=permissions.may_read_reason(actor, request))),
        "payments": [
            _payment_row(payment, request, actor=actor) for payment in request.payments.order_by("pk")
        ],
        "is_open": is_open,
        "may_take": is_open and _may_take_payment(request, actor=actor),
        "may_cancel": is_open and permissions.may_cancel(actor, request),
        "amount_dong": request.amount_dong,
        "qr": _qr_image(request) if is_open else "",
    }


def _fee_facts(request: FeeRequest, row: dict[str, Any], *, with_reasons: bool) -> Sequence[dict[str, Any]]:
    facts = [
        {"label": gettext("Dossier"), "value": request.dossier_code, "url": row["dossier_url"]},
        {"label": gettext("Unit"), "value": row["unit"]},
        {"label": gettext("Purpose"), "value": (request.reason if with_reasons else "") or "—"},
        {"label": gettext("Amount"), "value": row["amount"]},
        {"label": gettext("Request date"), "value": row["requested"]},
        {"label": gettext("Paid on"), "value": row["settled"]},
    ]
    if request.counter_unit_code:
        facts.append({"label": gettext("Dossier received at"), "value": unit_name(request.counter_unit_code)})
    if request.closing_reason and with_reasons:
        facts.append({"label": gettext("Reason for cancellation"), "value": request.closing_reason})
    return facts


def _may_take_payment(request: FeeRequest, *, actor: Actor) -> bool:
    reach = visible_units(actor, *permissions.MAY_TAKE)
    return request.unit_code in reach or bool(
        request.counter_unit_code and request.counter_unit_code in reach
    )


def _payment_row(payment: Payment, request: FeeRequest, *, actor: Actor) -> dict[str, Any]:
    refunds = list(payment.refunds.order_by("pk"))
    refundable = payment.amount_dong - sum(refund.amount_dong for refund in refunds)
    takes = permissions.may_refund(actor, payment, *permissions.MAY_TAKE, *permissions.MAY_REFUND)
    reads = permissions.may_read_reason(actor, request)
    refunds_here = permissions.may_refund(actor, payment, *permissions.MAY_REFUND)
    pending = [refund for refund in refunds if refund.done_at is None]
    return {
        "code": payment.code,
        "way": WAYS[payment.way].text,
        "amount": dong(payment.amount_dong),
        "paid": instant(payment.paid_at),
        "reference": payment.reference or payment.receipt_number,
        "counter": unit_name(payment.counter_unit_code),
        "counts": payment.counts,
        "refunds": [
            {
                "amount": dong(one.amount_dong),
                "reason": one.reason if reads else "",
                "done_at": instant(one.done_at) if one.done_at else "",
            }
            for one in refunds
        ],
        "refused": [
            {
                "amount": dong(one.amount_dong),
                "at": instant(one.refused_at),
                "reason": one.reason if reads else "",
            }
            for one in payment.refused_refunds.order_by("pk")
        ],
        "refundable": refundable,
        "pending": sum(one.amount_dong for one in pending),
        "may_request_refund": refundable > 0 and takes,
        "may_refuse_refund": bool(pending)
        and (refunds_here or all(one.requested_by == actor.username for one in pending)),
        "may_complete_refund": refunds_here
        and bool(pending)
        and all(one.requested_by != actor.username for one in pending),
    }


def _qr_image(request: FeeRequest) -> str:
    try:
        return qr_svg(vietqr(request.code), label=gettext("VietQR code of this fee"))
    except NoBankAccount:
        return ""
