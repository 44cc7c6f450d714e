"""What a page says while the database is away (503) or the disk is full (507); nothing of it needs the database."""

from __future__ import annotations

import logging
import sys
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error as plain_server_error

from congtam.foundation.outages import is_outage
from congtam.foundation.room import is_storage_full

logger = logging.getLogger(__name__)
RETRY_AFTER: Final = 5
"""Seconds after which a page looks again by itself."""


def outage_page(request: HttpRequest) -> HttpResponse:
    """Say that the request was not carried out; a page that was only read looks again by itself."""
    logger.warning("%s %s: the database is away", request.method, request.path, exc_info=False)
    is_read = request.method in {"GET", "HEAD"}
    content = render_to_string("503.html", {"is_read": is_read, "seconds": RETRY_AFTER})
    answer = HttpResponse(content, status=HTTPStatus.SERVICE_UNAVAILABLE)
    answer["Retry-After"] = str(RETRY_AFTER)
    answer["Cache-Control"] = "no-store"
    if is_read:
        answer["Refresh"] = str(RETRY_AFTER)
    answer._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 - for Django any 503 is a fault
    return answer


def storage_full_page(request: HttpRequest) -> HttpResponse:
    """Say that the disk is full and nothing was stored (hết dung lượng): 507; needs no room and no database."""
    logger.error("%s %s: no room on the disk", request.method, request.path, exc_info=False)
    answer = HttpResponse(render_to_string("507.html"), status=HTTPStatus.INSUFFICIENT_STORAGE)
    answer["Cache-Control"] = "no-store"
    answer._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 - logged in our own words
    return answer


def failure_page(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """The page for a fault of the machine, not of the program; None for every other error."""
    if is_storage_full(error):
        return storage_full_page(request)
    return outage_page(request) if is_outage(error) else None


def server_error(request: HttpRequest) -> HttpResponse:
    """The answer to what nobody caught, also in the middleware that reads sessions and accounts."""
    return failure_page(request, sys.exc_info()[1]) or plain_server_error(request)
