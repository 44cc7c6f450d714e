"""What payments keep in words of an erased person (xóa dữ liệu cá nhân): the reasons; money stays in the books."""

from __future__ import annotations

from congtam.foundation.person_keys import declare_erasure
from congtam.foundation.public import Actor, record
from congtam.payments.models import FeeRequest, Refund, RefusedRefund
from congtam.payments.seals import add_request_seal

VERB = "payment.person_erased"


def declare() -> None:
    """Have the reasons blanked when the applicant of a dossier is erased."""
    declare_erasure("payments", _blank_reasons)


def _blank_reasons(ref: str, actor: Actor) -> None:
    kind, _slash, code = ref.partition("/")
    requests = FeeRequest.objects.select_for_update().filter(dossier_code=code if kind == "dossier" else "")
    for request in requests.order_by("pk"):
        request.reason = request.closing_reason = ""
        request.save(update_fields=["reason", "closing_reason"])
        Refund.objects.filter(payment__request=request).update(reason="")
        RefusedRefund.objects.filter(payment__request=request).update(reason="")
        data = add_request_seal(
            request, {"dossier": request.dossier_code, "amount_dong": request.amount_dong}
        )
        record(actor, VERB, kind="payment", key=request.code, unit_code=request.unit_code, data=data)
