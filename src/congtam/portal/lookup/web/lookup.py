"""Looking up one's own dossier (tra cứu hồ sơ) by its code and the secret on the slip."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congtam.dossiers.applicant.public import compute_citizen_proof, find_for_citizen, normalize_code
from congtam.foundation.web.addresses import client_address
from congtam.kernel.input.numbers import digits_or_none
from congtam.portal.access.limits import (
    LOOKUP_BY_ADDRESS,
    LOOKUP_BY_CODE,
    TooManyTries,
    consume_tries,
    give_back_tries,
)
from congtam.portal.access.web import access
from congtam.portal.access.web.busy import busy_response
from congtam.portal.queries import drafts_of

_LONGEST: Final = 100


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def lookup(request: HttpRequest) -> HttpResponse:
    """Ask for code and secret; a wrong code and a wrong secret get the same answer."""
    if request.method != "POST":
        wait = request.GET.get("wait", "")
        context = {
            "code": request.GET.get("code", "")[:_LONGEST],
            "is_unknown": request.GET.get("answer") == "unknown",
            "wait": min(digits_or_none(wait, most=99) or 0, 10),
        }
        return render(request, "portal/lookup.html", context, status=429 if context["wait"] else 200)
    code, secret = request.POST.get("code", "")[:_LONGEST], request.POST.get("secret", "")[:_LONGEST]
    try:
        answer = _open_dossier(request, code, secret)
    except TooManyTries as error:
        return access.mark_private(busy_response(request, error, template="portal/lookup.html", code=code))
    if answer is None:
        answer = render(request, "portal/lookup.html", {"code": code, "is_unknown": True}, status=422)
    return access.mark_private(answer)


@login_not_required
@require_safe
def by_slip(request: HttpRequest, code: str) -> HttpResponse:
    """The address in the QR code of a slip: the secret is exchanged for a short-lived cookie at once."""
    try:
        answer = _open_dossier(request, code, request.GET.get("k", "")[:_LONGEST])
    except TooManyTries as error:
        answer = _redirect_to_lookup({"code": code, "wait": error.data["minutes"]})
    answer = answer or _redirect_to_lookup({"code": code, "answer": "unknown"})
    answer.headers["Referrer-Policy"] = "no-referrer"
    return access.mark_private(answer)


@login_not_required
@require_POST
def close_slips(request: HttpRequest) -> HttpResponse:
    """Close what was opened in this browser; its key stays while something is being written."""
    response = redirect("portal:home")
    access.forget_slips(response)
    if not drafts_of(access.read_browser_key(request)).exists():
        access.delete_browser_cookie(response)
    return response


def _open_dossier(request: HttpRequest, code: str, secret: str) -> HttpResponse | None:
    """The way to the dossier, or None; raises TooManyTries. What succeeds is not counted."""
    tries = ((LOOKUP_BY_ADDRESS, client_address(request)), (LOOKUP_BY_CODE, normalize_code(code)))
    consume_tries(*tries)
    proof = compute_citizen_proof(code, secret)
    dossier_or_filing = find_for_citizen(code, proof)
    if dossier_or_filing is None:
        return None
    give_back_tries(*tries)
    response = redirect("portal:dossier", normalize_code(code))
    access.remember_slip(request, response, code=code, proof=proof)
    return response


def _redirect_to_lookup(query: dict[str, str]) -> HttpResponse:
    return redirect(f"{reverse('portal:lookup')}?{urlencode(query)}")
