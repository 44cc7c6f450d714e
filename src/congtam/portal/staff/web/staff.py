"""Pages for those who work there: supplements sent in online, ratings, notices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from congtam.dossiers.applicant.public import SupplementFacts, supplement_facts
from congtam.foundation.delivery import DeliveryState
from congtam.foundation.files import open_file
from congtam.foundation.public import Role, actor_of
from congtam.kernel.errors import InputRefused
from congtam.org_units.public import unit_name, visible_units
from congtam.portal import queries
from congtam.portal.models import OfferState, SupplementOffer
from congtam.portal.ratings.domain.questions import LEAST_FOR_A_RATE
from congtam.portal.supplements.offers import accept_offer, decline_offer
from congtam.ui.public import bytes_text, current_language, interval_mark, rate, scale_floor

_TONES = {"waiting": "warn", "accepted": "good", "declined": "neutral"}


def _staff_tabs(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    """The pages of staff about what citizens do; notices hold addresses and are for administrators."""
    pages = {"offers": _("Supplements sent online"), "ratings": _("Ratings by applicants")}
    if actor_of(request).has_role(Role.ADMINISTRATOR):
        pages["notices"] = _("Notices to applicants")
    return [
        {"label": label, "url": reverse(f"portal:{name}"), "is_current": name == current}
        for name, label in pages.items()
    ]


@require_safe
def sent_supplements(request: HttpRequest) -> HttpResponse:
    """What applicants sent in after being asked, the longest waiting first."""
    visible = queries.visible_offers(actor_of(request)).order_by("sent_at")
    waiting = visible.filter(state=OfferState.WAITING)[: queries.SHOWN]
    answered = visible.exclude(state=OfferState.WAITING).order_by("-answered_at")[:20]
    codes = {each.dossier_code for each in (*waiting, *answered)}
    facts = supplement_facts(codes, to=actor_of(request))
    context = {
        "tabs": _staff_tabs(request, "offers"),
        "waiting": [_offered_supplement_row(each, facts) for each in waiting],
        "answered": [_offered_supplement_row(each, facts) for each in answered],
    }
    return render(request, "portal/offers.html", context)


def _offered_supplement_row(row: SupplementOffer, facts: Mapping[str, SupplementFacts]) -> dict[str, Any]:
    return {
        "row": row,
        "unit": unit_name(row.unit_code),
        "tone": _TONES[row.state],
        "facts": facts.get(row.dossier_code),
        "files": [{**file, "size_text": bytes_text(file["size"], current_language())} for file in row.files],
    }


@require_POST
def answer_offer(request: HttpRequest, key: str) -> HttpResponse:
    """Take the papers into the dossier, or say what is still wrong."""
    actor = actor_of(request)
    try:
        if "accept" in request.POST:
            done = accept_offer(key, actor=actor)
            text = _("The papers were added to dossier {code}; its time limit runs again.")
        else:
            done = decline_offer(key, reason=request.POST.get("reason", ""), actor=actor)
            text = _("The applicant of dossier {code} will see what is still missing or wrong.")
    except InputRefused as error:
        messages.error(request, error.problems[0].format_message(_))
        return redirect("portal:offers")
    messages.success(request, text.format(code=done.dossier_code))
    return redirect("portal:offers")


@require_safe
def supplement_file(request: HttpRequest, key: str, digest: str) -> FileResponse:
    """A file an applicant sent in."""
    file = queries.get_supplement_file(key, digest, to=actor_of(request))
    return FileResponse(
        open_file(digest), as_attachment=True, filename=file["name"], content_type="application/octet-stream"
    )


@require_safe
def ratings(request: HttpRequest) -> HttpResponse:
    """How people rated the units the actor may see; a share only where enough answered."""
    actor = actor_of(request)
    readable = visible_units(actor, *queries.MAY_READ_COMMENTS)
    commented = queries.visible_ratings(actor).exclude(comment="").order_by("-rated_at")[: queries.SHOWN]
    context = {
        "tabs": _staff_tabs(request, "ratings"),
        "rows": _rating_rows(queries.ratings_by_unit(actor)),
        "minimum_ratings": LEAST_FOR_A_RATE,
        "comments": [
            {"row": each, "unit": unit_name(each.unit_code)}
            for each in commented
            if each.unit_code in readable
        ],
    }
    return render(request, "portal/ratings.html", context)


def _rating_rows(rows: list[queries.UnitRatings]) -> list[dict[str, Any]]:
    floor, language = scale_floor([row.interval for row in rows]), current_language()
    return [
        {
            "row": row,
            "unit": unit_name(row.unit_code),
            "rate": "" if row.rate is None else rate(row.rate, language),
            "mark": None
            if row.rate is None or row.interval is None
            else interval_mark(row.rate, row.interval, floor=floor),
        }
        for row in rows
    ]


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Notices to applicants and how they fared, for administrators."""
    rows = queries.visible_notices(actor_of(request))
    context = {
        "tabs": _staff_tabs(request, "notices"),
        "rows": rows[: queries.SHOWN],
        "waiting": rows.filter(state=DeliveryState.WAITING).count(),
        "failed": rows.filter(state=DeliveryState.GIVEN_UP).count(),
        "sends": settings.CONGTAM_SENDS_EMAIL,
    }
    return render(request, "portal/notices.html", context)
