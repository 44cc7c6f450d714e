"""What is shown while a large file cannot be had yet (đang bận xuất tệp lớn)."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from congtam.foundation.public import AGAIN_AFTER


def busy_page(request: HttpRequest, *, back: str) -> HttpResponse:
    """Say that somebody else's large file is leaving; the page asks again by itself, programs are told when to."""
    context = {"back": back, "seconds": AGAIN_AFTER}
    answer = render(request, "ui/busy.html", context, status=HTTPStatus.SERVICE_UNAVAILABLE)
    answer["Retry-After"] = answer["Refresh"] = str(AGAIN_AFTER)
    answer["Cache-Control"] = "no-store"
    answer._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 - for Django any 503 is a fault
    return answer
