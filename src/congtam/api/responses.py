"""Answers of the API: plain JSON, instants in UTC, versions as ETags."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, date, datetime, time
from decimal import Decimal
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

_VERSION: Final = re.compile(r'(?:W/)?"([0-9]{1,9})(?:-[0-9a-f]{1,24})?"')
_MARK_BYTES: Final = 6
_ETAG: Final = re.compile(r'\s*(?:W/)?"([^"]*)"\s*')


def json_response(
    data: Any, *, status: int = HTTPStatus.OK, version: object = None, location: str = ""
) -> HttpResponse:
    """An answer with its version as a weak ETag."""
    return _build_response(dumps(data), status=status, version=version, location=location)


def _build_response(
    text: str, *, status: int = HTTPStatus.OK, version: object = None, location: str = ""
) -> HttpResponse:
    answer = HttpResponse(text, status=status, content_type="application/json")
    if version is not None:
        answer.headers["ETag"] = f'W/"{version}"'
    if location:
        answer.headers["Location"] = location
    return answer


def conditional_response(request: HttpRequest, data: Any, *, version: object) -> HttpResponse:
    """The answer to a read whose words also change with time; an empty 304 to who has the very same.

    Its ETag is the version and a mark of all that is told; a change asked for with it heeds the version alone.
    """
    text = dumps(data)
    tag = f"{version}-{hashlib.blake2b(text.encode(), digest_size=_MARK_BYTES).hexdigest()}"
    return (
        not_modified_response(tag)
        if has_current_version(request, tag)
        else _build_response(text, version=tag)
    )


def dumps(data: Any) -> str:
    """JSON text with accents kept."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=to_json_value)


def to_json_value(value: object) -> Any:
    """What JSON has no word for: instants in UTC, days, amounts, lazy texts."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    return str(value)


def has_current_version(request: HttpRequest, version: object) -> bool:
    """Whether the caller already has this version (If-None-Match)."""
    header = request.headers.get("If-None-Match", "")
    return header.strip() == "*" or str(version) in _ETAG.findall(header)


def not_modified_response(version: object) -> HttpResponse:
    """The caller has it already."""
    return HttpResponse(status=HTTPStatus.NOT_MODIFIED, headers={"ETag": f'W/"{version}"'})


def if_match_version(request: HttpRequest) -> int | None:
    """The version the caller saw (If-Match); None without one, -1 for what is no version of ours."""
    header = request.headers.get("If-Match", "").strip()
    if header in {"", "*"}:
        return None
    match = _VERSION.fullmatch(header)
    return int(match[1]) if match else -1


def if_match_tag(request: HttpRequest) -> str | None:
    """The version the caller saw as it was told, where versions are no numbers; None without one."""
    header = request.headers.get("If-Match", "").strip()
    if header in {"", "*"}:
        return None
    match = _ETAG.fullmatch(header)
    return match[1] if match else ""
