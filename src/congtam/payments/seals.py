"""The seal of a fee request with its payments and refunds (mã niêm phong): the ledger gets it with every change.

Worked out by the database from the rows as they are stored, so that `congtam verify` finds what was changed behind the
program. The rows hold reasons that people wrote and the ledger is never erased: the seal is an HMAC under the key of
the applicant of the dossier; once that was destroyed, a plain digest (edition ``2e``) of what is left.

A request that was only asked for has none: its line in the ledger says all there is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from django.db import connection

from congtam.foundation.person_keys import keyed_digest, keys_of, person_ref
from congtam.foundation.public import newest_sealed_entries
from congtam.foundation.sealing import SEAL, Alteration, find_alterations, find_missing
from congtam.kernel.errors import msgid
from congtam.payments.models import FeeRequest, RequestState

REQUESTED_VERB: Final = "payment.requested"
_EDITION: Final = "2"
_ERASED_EDITION: Final = "2e"
_FORMER_EDITION: Final = "1"
_KEYED: Final = "hmac:"
"""Begins a seal of the former edition that was put under the applicant's key when the ledger was rewritten."""
"""A column that comes later begins another edition: what was sealed by this one is read by this one. Another name for a
column does not, for a seal is of the values in their order."""
_INSTANTS: Final = frozenset({"requested_at", "due_at", "settled_at", "paid_at", "recorded_at", "done_at"})
SEALED: Final[Mapping[str, tuple[str, ...]]] = {
    "payments_feerequest": (
        "code", "dossier_code", "unit_code", "counter_unit_code", "amount_dong", "reason", "state", "requested_at",
        "requested_by", "due_at", "settled_at", "closing_reason",
    ),
    "payments_payment": (
        "code", "way", "gateway", "reference", "amount_dong", "paid_at", "recorded_at", "recorded_by", "counts",
        "receipt_number", "counter_unit_code",
    ),
    "payments_refund": (
        "amount_dong", "reason", "requested_at", "requested_by", "done_at", "done_by", "reference",
    ),
}  # fmt: skip


def add_request_seal(request: FeeRequest, data: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What the ledger shall say of a change, with the seal of the request as it is now."""
    seal = _compute_seals([request.pk], makes_keys=True)[request.pk]
    seal = seal or _compute_seals([request.pk], edition=_ERASED_EDITION)[request.pk]
    return {**(data or {}), SEAL: seal}


def keyed_seal(key: bytes, seal: str) -> str:
    """A seal of the former edition under the applicant's key, as a rewritten ledger holds it."""
    return f"{_KEYED}{seal.partition(':')[0]}:{keyed_digest(key, seal)}"


def is_former_seal(seal: str) -> bool:
    """Whether a seal is a plain digest, from before there were keys."""
    return seal.startswith(f"{_FORMER_EDITION}:")


def altered_requests() -> Iterator[Alteration]:
    """Requests that are not as the ledger sealed them, which it does not know, or which are gone."""
    yield from find_alterations(FeeRequest.objects.all(), _find_alterations)
    yield from find_missing(REQUESTED_VERB, kind="payment", stored=FeeRequest.objects.all())


def _find_alterations(keys: Sequence[int]) -> dict[int, Alteration]:
    requests = {row.pk: row for row in FeeRequest.objects.filter(pk__in=keys).prefetch_related("payments")}
    ledger_lines = newest_sealed_entries("payment", [row.code for row in requests.values()])
    sealed = {key: _seal_of(ledger_lines.get(row.code)) for key, row in requests.items()}
    current_seals = _seals_to_compare(requests, sealed)
    faults = {
        key: _seal_fault(row, ledger_lines.get(row.code), current_seals[key]) for key, row in requests.items()
    }
    return {key: Alteration(code=requests[key].code, fault=fault) for key, fault in faults.items() if fault}


def _seal_of(line: Mapping[str, Any] | None) -> str:
    return str(line.get("data", {}).get(SEAL, "")) if line else ""


def _seals_to_compare(requests: Mapping[int, FeeRequest], sealed: Mapping[int, str]) -> dict[int, str]:
    """The seals of requests as they are stored, each in the edition of the seal that the ledger has of it."""
    by_edition: dict[str, list[int]] = defaultdict(list)
    for key, seal in sealed.items():
        by_edition[seal.removeprefix(_KEYED).partition(":")[0]].append(key)
    current: dict[int, str] = {}
    for edition, keys in by_edition.items():
        known = edition if edition in {_ERASED_EDITION, _FORMER_EDITION} else _EDITION
        current |= _compute_seals(keys, edition=known)
    keyed = [key for key, seal in sealed.items() if seal.startswith(_KEYED)]
    person_keys = keys_of(person_ref("dossier", requests[key].dossier_code) for key in keyed)
    for key in keyed:
        person_key = person_keys.get(person_ref("dossier", requests[key].dossier_code))
        current[key] = keyed_seal(person_key, current[key]) if person_key else ""
    return current


def _seal_fault(request: FeeRequest, line: Mapping[str, Any] | None, seal: str) -> str:
    if line is None:
        return msgid("the ledger has no record of its creation")
    data = line.get("data", {})
    recorded = data.get("dossier"), data.get("amount_dong")
    is_untouched = request.state == RequestState.OPEN and not request.payments.all()
    if line["verb"] == REQUESTED_VERB and not (
        is_untouched and recorded == (request.dossier_code, request.amount_dong)
    ):
        return msgid("it differs from the fee request recorded in the ledger")
    if data.get(SEAL, seal) != seal:  # lines from before there were seals have none
        return msgid("the request, its payments or its refunds are not what the ledger sealed")
    return ""


def _compute_seals(
    keys: Iterable[int], *, edition: str = _EDITION, makes_keys: bool = False
) -> dict[int, str]:
    """The seals by key; empty where there is no key for it."""
    refunds = (
        f"SELECT string_agg({_row_array_sql('payments_refund', 'f')}, E'\\x1d' ORDER BY f.id)"  # noqa: S608
        " FROM payments_refund f WHERE f.payment_id = p.id"
    )
    payments = (
        f"SELECT string_agg({_row_array_sql('payments_payment', 'p')}"  # noqa: S608
        f" || E'\\x1e' || coalesce(({refunds}), ''), E'\\x1f'"
        " ORDER BY p.id) FROM payments_payment p WHERE p.request_id = r.id"
    )
    whole = f"{_row_array_sql('payments_feerequest', 'r')} || E'\\x1f' || coalesce(({payments}), '')"
    key = "(SELECT key FROM foundation_personkey WHERE ref = 'dossier/' || r.dossier_code)"
    key = "foundation_person_key('dossier/' || r.dossier_code)" if makes_keys else key
    is_keyed = edition == _EDITION
    digest = (
        f"foundation_hmac({key}, {whole})"
        if is_keyed
        else f"encode(sha256(convert_to({whole}, 'UTF8')), 'hex')"
    )
    statement = (
        f"SELECT r.id, {digest}"  # noqa: S608
        " FROM payments_feerequest r WHERE r.id = ANY(%s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(keys)])
        return {key: f"{edition}:{seal}" if seal else "" for key, seal in cursor.fetchall()}


def _row_array_sql(table: str, name: str) -> str:
    columns = (
        f"extract(epoch FROM {name}.{column})" if column in _INSTANTS else f"{name}.{column}"
        for column in SEALED[table]
    )
    return f"jsonb_build_array({', '.join(columns)})::text"
