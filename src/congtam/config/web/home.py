"""The first page after signing in (trang chủ): my units, and what needs me."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the units in which the person has a role."""
    return render(request, "home.html")
