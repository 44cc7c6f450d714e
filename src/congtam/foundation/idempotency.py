"""Doing a thing once however often it is sent (chống lặp yêu cầu): for requests of programs and for forms of pages.

The key is written in the transaction of the change: either both are there or neither. A second request with the key
waits for the first one in the database and then gets its result.

An answer may name a person, and so may what was asked for: the body is stored encrypted and the digest of the request
under a key, both made from the installation's secret.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from django.db import connection, transaction

from congtam.foundation.domain.keyed_digests import keyed_digest
from congtam.foundation.installation_secret import decrypt, encrypt, installation_key
from congtam.foundation.models import IdempotencyKey
from congtam.foundation.time import real_clock

_PURPOSE: Final = "idempotency"
RETENTION: Final = timedelta(hours=24)
_CLAIM: Final = (
    "INSERT INTO foundation_idempotencykey AS k"
    " (username, key, request_digest, created_at, status, headers, body)"
    " VALUES (%s, %s, %s, %s, 0, '{}', '') ON CONFLICT (username, key) DO UPDATE SET"
    " request_digest = excluded.request_digest, created_at = excluded.created_at"
    " WHERE k.created_at < %s RETURNING id"
)
_STORE: Final = "UPDATE foundation_idempotencykey SET status = %s, headers = %s, body = %s WHERE id = %s"


class KeyUsedOtherwise(Exception):
    """The key was used for another request."""


@dataclass(frozen=True, kw_only=True)
class StoredResult:
    """What came of a request, as it is stored: a body, and for the API its status and headers."""

    body: str
    status: int = 0
    headers: Mapping[str, Any] = field(default_factory=dict)
    is_replayed: bool = False
    """Whether it was carried out earlier, and this is the stored result."""


@transaction.atomic
def carry_out_once(
    username: str, key: str, *, carry_out: Callable[[], StoredResult], digest: str = ""
) -> StoredResult:
    """Carry out and store the result, or return the result stored under the key within the last 24 hours.

    The key and what ``carry_out`` writes are one transaction: a part of the caller's, or one of its own where there is
    none. ``digest`` tells requests apart: raises KeyUsedOtherwise when the key came with another one. An exception of
    ``carry_out`` takes back what it wrote and leaves the key free.
    """
    now = real_clock().now()
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [username, key, _keyed(digest), now, now - RETENTION])
        claimed = cursor.fetchone()
    if claimed is None:
        return _fetch_stored(username, key, digest)
    result = carry_out()
    with connection.cursor() as cursor:
        body = encrypt(result.body, purpose=_PURPOSE)
        cursor.execute(_STORE, [result.status, json.dumps(dict(result.headers)), body, claimed[0]])
    return result


def _fetch_stored(username: str, key: str, digest: str) -> StoredResult:
    row = IdempotencyKey.objects.get(username=username, key=key)
    body = decrypt(row.body, purpose=_PURPOSE, accepts_plain=True)
    if row.request_digest not in {digest, _keyed(digest)} or body is None:
        raise KeyUsedOtherwise
    return StoredResult(body=body, status=row.status, headers=row.headers, is_replayed=True)


def _keyed(digest: str) -> str:
    return keyed_digest(installation_key(_PURPOSE), digest) if digest else ""


def forget_old_keys() -> int:
    """Remove keys that are no longer kept; how many there were."""
    count, _ = IdempotencyKey.objects.filter(created_at__lt=real_clock().now() - RETENTION).delete()
    return count
