"""Requests that may be sent again without being carried out again (Idempotency-Key, chống lặp yêu cầu).

See `foundation.idempotency`; here is what HTTP adds to it.
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

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from congtam.api.problems import RequestRefused
from congtam.foundation.idempotency import KeyUsedOtherwise, StoredResult, carry_out_once
from congtam.foundation.public import actor_of
from congtam.kernel.errors import msgid

HEADER: Final = "Idempotency-Key"
_KEY: Final = re.compile(r"[\x21-\x7e]{1,100}")
_STORED_HEADERS: Final = ("ETag", "Location", "Content-Type")


class KeyMalformed(RequestRefused):
    """An idempotency key is 1 to 100 visible ASCII characters."""

    code = "idempotency.key_malformed"
    message = msgid("An idempotency key has 1 to 100 letters, digits and symbols, without spaces.")


class KeyReused(RequestRefused):
    """The key was used for another request."""

    code = "idempotency.key_reused"
    message = msgid("This idempotency key was already used for another request. Use a new key.")
    status = HTTPStatus.UNPROCESSABLE_ENTITY


View = Callable[..., HttpResponse]


def idempotent(view: View) -> View:
    """Carry a request out in one transaction, and with an idempotency key only once."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.headers.get(HEADER, "")
        with transaction.atomic():
            if not key:
                return view(request, *args, **kwargs)
            return _run_once(request, key, lambda: view(request, *args, **kwargs))

    # Its types are written as text that only the view's own module can read.
    wrapped.__signature__ = inspect.signature(view, eval_str=True)  # type: ignore[attr-defined]
    return wrapped


def _run_once(request: HttpRequest, key: str, carry_out: Callable[[], HttpResponse]) -> HttpResponse:
    if not _KEY.fullmatch(key):
        raise KeyMalformed
    response: HttpResponse | None = None

    def run_and_record() -> StoredResult:
        nonlocal response
        response = carry_out()
        headers = {name: response.headers[name] for name in _STORED_HEADERS if name in response.headers}
        return StoredResult(body=response.content.decode(), status=response.status_code, headers=headers)

    try:
        result = carry_out_once(
            actor_of(request).username, key, carry_out=run_and_record, digest=_request_digest(request)
        )
    except KeyUsedOtherwise:
        raise KeyReused from None
    if response is not None:
        return response
    return HttpResponse(
        result.body, status=result.status, headers={**result.headers, "Idempotency-Replayed": "true"}
    )


def _request_digest(request: HttpRequest) -> str:
    """What the request asks for: method, address and body; the parts of a form whatever its boundary is."""
    is_form = request.content_type == "multipart/form-data"
    body = _form_text(request).encode() if is_form else request.body
    hasher = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    hasher.update(body)
    return hasher.hexdigest()


def _form_text(request: HttpRequest) -> str:
    """Every value of every field and every file by its name and content, each field's in the order sent."""
    fields = sorted(request.POST.lists())
    files = sorted(
        (name, [(sent.name, _content_digest(sent)) for sent in request.FILES.getlist(name)])
        for name in request.FILES
    )
    return json.dumps([fields, files])


def _content_digest(sent: UploadedFile[Any]) -> str:
    hasher = hashlib.sha256()
    for chunk in sent.chunks():
        hasher.update(chunk)
    sent.seek(0)
    return hasher.hexdigest()
