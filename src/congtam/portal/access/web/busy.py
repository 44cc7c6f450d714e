"""Telling somebody who tried too often when to come back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from congtam.portal.access.limits import TooManyTries


def busy_response(
    request: HttpRequest, error: TooManyTries, *, template: str = "portal/busy.html", **context: Any
) -> HttpResponse:
    """A page with status 429 and the time to wait."""
    minutes = int(error.data["minutes"])
    answer = render(request, template, {"wait": minutes, **context}, status=429)
    answer.headers["Retry-After"] = str(minutes * 60)
    return answer


def with_busy_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view whose limits are told as a page of their own."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **named)
        except TooManyTries as error:
            return busy_response(request, error)

    return wrapped
