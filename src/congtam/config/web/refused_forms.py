"""What a page says when a form came without the mark of our own pages (yêu cầu bị từ chối): nothing was saved."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import render


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say what to do; whether the browser sends no cookies is all of the reason that is shown."""
    context = {"has_no_cookie": reason == REASON_NO_CSRF_COOKIE}
    answer = render(request, "403_form.html", context, status=HTTPStatus.FORBIDDEN)
    answer["Cache-Control"] = "private, no-store"
    return answer
