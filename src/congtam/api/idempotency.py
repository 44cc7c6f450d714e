"""Requests that may be sent again without being carried out again (Idempotency-Key, chống lặp yêu cầu).

The key is written in the transaction of the change: either both are there or neither. A second request with the key
waits for the first one in the database and then gets its answer.
"""

from __future__ import annotations

import functools
import hashlib
import inspect
import json
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

from congtam.api.problems import RequestRefused
from congtam.foundation.public import IDEMPOTENCY_KEPT, IdempotencyKey, actor_of, clock
from congtam.kernel.errors import msgid

HEADER: Final = "Idempotency-Key"
_KEY: Final = re.compile(r"[\x21-\x7e]{1,100}")
_KEPT_HEADERS: Final = ("ETag", "Location", "Content-Type")
_CLAIM: Final = (
    "INSERT INTO foundation_idempotencykey AS k"
    " (username, key, request_digest, created_at, status, headers, body)"
    " VALUES (%s, %s, %s, %s, 0, '{}', '') ON CONFLICT (username, key) DO UPDATE SET"
    " request_digest = excluded.request_digest, created_at = excluded.created_at"
    " WHERE k.created_at < %s RETURNING id"
)
_KEEP: Final = "UPDATE foundation_idempotencykey SET status = %s, headers = %s, body = %s WHERE id = %s"


class KeyMalformed(RequestRefused):
    """An idempotency key is 1 to 100 visible ASCII characters."""

    code = "idempotency.key_malformed"
    message = msgid("An idempotency key is made of 1 to 100 letters, digits and signs without spaces.")


class KeyReused(RequestRefused):
    """The key was used for another request."""

    code = "idempotency.key_reused"
    message = msgid("This idempotency key was already used for another request. Take a new key.")
    status = HTTPStatus.UNPROCESSABLE_ENTITY


View = Callable[..., HttpResponse]


def once(view: View) -> View:
    """Carry a request out in one transaction, and with an idempotency key only once."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.headers.get(HEADER, "")
        with transaction.atomic():
            if not key:
                return view(request, *args, **kwargs)
            return _once(request, key, lambda: view(request, *args, **kwargs))

    # Its types are written as text that only the view's own module can read.
    wrapped.__signature__ = inspect.signature(view, eval_str=True)  # type: ignore[attr-defined]
    return wrapped


def _once(request: HttpRequest, key: str, carry_out: Callable[[], HttpResponse]) -> HttpResponse:
    if not _KEY.fullmatch(key):
        raise KeyMalformed
    username, digest, now = actor_of(request).username, _digest(request), clock().now()
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [username, key, digest, now, now - IDEMPOTENCY_KEPT])
        claimed = cursor.fetchone()
    if claimed is None:
        return _again(username, key, digest)
    answer = carry_out()
    headers = {name: answer.headers[name] for name in _KEPT_HEADERS if name in answer.headers}
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [answer.status_code, json.dumps(headers), answer.content.decode(), claimed[0]])
    return answer


def _again(username: str, key: str, digest: str) -> HttpResponse:
    kept = IdempotencyKey.objects.get(username=username, key=key)
    if kept.request_digest != digest:
        raise KeyReused
    headers = {**kept.headers, "Idempotency-Replayed": "true"}
    return HttpResponse(kept.body, status=kept.status, headers=headers)


def _digest(request: HttpRequest) -> str:
    """What the request asks for: method, address and body; of uploads the files' content."""
    hasher = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type == "multipart/form-data":
        for name, value in sorted(request.POST.items()):
            hasher.update(f"{name}={value}\n".encode())
        for name in sorted(request.FILES):
            for sent in request.FILES.getlist(name):
                hasher.update(f"{name}:{sent.name}\n".encode())
                for chunk in sent.chunks():
                    hasher.update(chunk)
                sent.seek(0)
    else:
        hasher.update(request.body)
    return hasher.hexdigest()
