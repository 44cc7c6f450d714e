"""Answers that the caller has already (304): a version made from the content, where the thing itself has none."""

from __future__ import annotations

import hashlib
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from congtam.api.responses import has_current_version, not_modified_response

_BYTES = 12


def with_etag(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The answer to a read with a version; an empty 304 when the caller sent that version along."""
    if request.method != "GET" or answer.status_code != HTTPStatus.OK or answer.streaming:
        return answer
    if not answer.headers.get("Content-Type", "").startswith("application/json") or "ETag" in answer.headers:
        return answer
    version = hashlib.blake2b(answer.content, digest_size=_BYTES).hexdigest()
    if request.headers.get("If-None-Match", "").strip() not in {"", "*"} and has_current_version(
        request, version
    ):
        return not_modified_response(version)
    answer.headers["ETag"] = f'W/"{version}"'
    return answer
