"""What earlier versions wrote of fees in the ledger: plain seals over reasons that people wrote (dòng nhật ký cũ)."""

from __future__ import annotations

from typing import Any

from congtam.foundation.ledger_rewriting import Rewriting, declare_rewriting
from congtam.foundation.person_keys import ensure_keys, person_ref
from congtam.foundation.sealing import SEAL
from congtam.payments.models import FeeRequest
from congtam.payments.seals import is_former_seal, keyed_seal


def declare() -> None:
    """Have such seals put under the applicant's key when the ledger is rewritten."""
    declare_rewriting(Rewriting(kind="payment", text_pattern='"seal":"1:', rewrite=_rewrite))


def _rewrite(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    former = {entry["key"] for entry in entries if is_former_seal(_seal(entry))}
    rows = FeeRequest.objects.filter(code__in=former).values_list("code", "dossier_code")
    refs = {code: person_ref("dossier", dossier) for code, dossier in rows}
    keys = ensure_keys(refs.values())
    return [
        {
            **entry,
            "data": {**entry["data"], SEAL: _under_key(_seal(entry), keys.get(refs.get(entry["key"], "")))},
        }
        if is_former_seal(_seal(entry))
        else entry
        for entry in entries
    ]


def _seal(entry: dict[str, Any]) -> str:
    return str(entry.get("data", {}).get(SEAL, ""))


def _under_key(seal: str, key: bytes | None) -> str:
    return keyed_seal(key, seal) if key else ""
