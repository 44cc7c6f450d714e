"""Who is there without an account: the slips a browser has opened, its own key, its network address."""

from __future__ import annotations

import secrets
from typing import Final, TypeVar

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from congtam.dossiers.applicant.public import CitizenDossier, CitizenFiling, find_for_citizen, normalize_code
from congtam.kernel.errors import NotFound

SLIPS: Final = "congtam_slips"
BROWSER: Final = "congtam_browser"
OPEN_SECONDS: Final = 30 * 60
BROWSER_SECONDS: Final = 30 * 24 * 3600
_SALT: Final = "portal.slips"
_MOST: Final = 5
_PATH: Final = "/public/"

Answer = TypeVar("Answer", bound=HttpResponseBase)
DossierOrFiling = CitizenDossier | CitizenFiling


def find_opened_dossier_or_filing(request: HttpRequest, code: str) -> DossierOrFiling | None:
    """The dossier or filing whose slip this browser has shown in the last half hour."""
    proof = _opened_slips(request).get(normalize_code(code))
    return find_for_citizen(code, proof) if proof else None


def get_opened_dossier(request: HttpRequest, code: str) -> CitizenDossier:
    """As `find_opened_dossier_or_filing`, but only a dossier; raises NotFound."""
    dossier = find_opened_dossier_or_filing(request, code)
    if not isinstance(dossier, CitizenDossier):
        raise NotFound(kind="dossier", key=code)
    return dossier


def remember_slip(request: HttpRequest, response: HttpResponse, *, code: str, proof: str) -> None:
    """Let this browser see the dossier for half an hour; the cookie holds a proof, never the secret."""
    slips = {**_opened_slips(request), normalize_code(code): proof}
    latest = dict(list(slips.items())[-_MOST:])
    _set_cookie(response, SLIPS, signing.dumps(latest, salt=_SALT, compress=True), seconds=OPEN_SECONDS)


def forget_slips(response: HttpResponse) -> None:
    """Close all dossiers this browser has opened, as one does on a shared machine."""
    response.delete_cookie(SLIPS, path=_PATH, samesite="Lax")


def delete_browser_cookie(response: HttpResponse) -> None:
    """Let the browser's own key go, and with it the way back to what was sent."""
    response.delete_cookie(BROWSER, path=_PATH, samesite="Lax")


def read_browser_key(request: HttpRequest) -> str:
    """The browser's own key; empty for one that has none yet."""
    try:
        return str(signing.loads(request.COOKIES.get(BROWSER, ""), salt=BROWSER, max_age=BROWSER_SECONDS))
    except signing.BadSignature:
        return ""


def give_browser_key(response: HttpResponse, key: str) -> None:
    """Let the browser keep its key for as long as a draft lives."""
    _set_cookie(response, BROWSER, signing.dumps(key, salt=BROWSER), seconds=BROWSER_SECONDS)


def new_browser_key() -> str:
    """A key that cannot be guessed."""
    return secrets.token_urlsafe(24)


def mark_private(response: Answer) -> Answer:
    """A page about a person is kept by no cache and found by no search engine."""
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _opened_slips(request: HttpRequest) -> dict[str, str]:
    try:
        slips = signing.loads(request.COOKIES.get(SLIPS, ""), salt=_SALT, max_age=OPEN_SECONDS)
    except signing.BadSignature:
        return {}
    return {str(code): str(proof) for code, proof in slips.items()} if isinstance(slips, dict) else {}


def _set_cookie(response: HttpResponse, name: str, value: str, *, seconds: int) -> None:
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path=_PATH,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
