"""What earlier versions wrote of dossiers in the ledger: plain digests that held the applicant (dòng nhật ký cũ)."""

from __future__ import annotations

from typing import Any, Final

from congtam.dossiers.record.digests import person_of
from congtam.dossiers.record.seals import FORMER_EDITIONS, keyed_former_digest, keyed_seal
from congtam.foundation.ledger_rewriting import Rewriting, declare_rewriting
from congtam.foundation.person_keys import ensure_keys
from congtam.foundation.sealing import SEAL

_DIGESTS: Final = ("before", "after")
_PLAIN_LENGTH: Final = 64


def declare() -> None:
    """Have such digests put under the applicant's key when the ledger is rewritten."""
    declare_rewriting(
        Rewriting(
            kind="dossier",
            text_pattern='"(before|after)":"[0-9a-f]{64}"|"seal":"[12]:',
            rewrite=_rewrite,
        )
    )


def _rewrite(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    former = {entry["key"] for entry in entries if _is_former(entry)}
    keys = ensure_keys(person_of(code) for code in former)
    return [
        _under_key(entry, keys[person_of(entry["key"])]) if entry["key"] in former else entry
        for entry in entries
    ]


def _is_former(entry: dict[str, Any]) -> bool:
    return any(_is_plain(entry.get(name)) for name in _DIGESTS) or _has_former_seal(entry)


def _is_plain(digest: str | None) -> bool:
    return digest is not None and len(digest) == _PLAIN_LENGTH


def _has_former_seal(entry: dict[str, Any]) -> bool:
    return str(entry.get("data", {}).get(SEAL, "")).partition(":")[0] in FORMER_EDITIONS


def _under_key(entry: dict[str, Any], key: bytes | None) -> dict[str, Any]:
    """The line with its digests under the key; of an erased applicant they are left empty."""
    mended = dict(entry)
    for name in _DIGESTS:
        if _is_plain(entry.get(name)):
            mended[name] = keyed_former_digest(key, entry[name]) if key else ""
    if _has_former_seal(entry):
        seal = keyed_seal(key, entry["data"][SEAL]) if key else ""
        mended["data"] = {**entry["data"], SEAL: seal}
    return mended
