"""Pages of announcing procedures and making them public (công bố, công khai thủ tục)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congtam.foundation.public import actor_of, clock
from congtam.kernel.clock import today
from congtam.kernel.errors import InputRefused, Problem
from congtam.kernel.periods import Period
from congtam.procedures.announcements.announce import Decision, record_announcement, record_publication
from congtam.procedures.announcements.queries import (
    AnnouncedRow,
    announced_rows,
    announcing_figures,
    get_announcement,
    unpublished_rows,
)
from congtam.procedures.domain.announcing import DisclosureShare
from congtam.procedures.editing.row_forms import (
    DROP,
    FormReader,
    Rows,
    append_blank_rows,
    place_problems,
    posted_rows,
)
from congtam.procedures.labels import ANNOUNCED_KINDS, ISSUERS, PUBLICATION_STATUSES
from congtam.procedures.permissions import may_edit, require_edit
from congtam.ui.public import current_language, rate

_YEARS: Final = 6
_SINGLE: Final = (
    *("number", "title", "issuer", "signed_on", "effective_on", "legal_effective_on", "procedures"),
)
_TONES: Final = {"on_time": "good", "late": "bad", "due": "neutral", "overdue": "bad"}


@require_GET
def announcements(request: HttpRequest) -> HttpResponse:
    """What is still to be made public, what was announced in a year, and the shares on time."""
    now = today(clock())
    years = [now.year - ago for ago in range(_YEARS)]
    requested_year = request.GET.get("year", "")
    year = int(requested_year) if requested_year in {str(each) for each in years} else now.year
    rows = announced_rows(Period(date(year, 1, 1), date(year + 1, 1, 1)))
    context = {
        "year": year,
        "years": years,
        "waiting": _announced_rows(unpublished_rows()),
        "rows": _announced_rows(rows),
        "tiles": _share_tiles(rows),
        "may_edit": may_edit(actor_of(request)),
    }
    return render(request, "procedures/announcements.html", context)


def _share_tiles(rows: Sequence[AnnouncedRow]) -> list[dict[str, Any]]:
    figures = announcing_figures(rows)
    return [
        _share_tile(_("Announced on time (1.1)"), figures.announced),
        _share_tile(_("Made public on time (1.2)"), figures.made_public),
        _share_tile(_("With all required parts (1.3)"), figures.complete),
    ]


def _share_tile(label: str, share: DisclosureShare) -> dict[str, Any]:
    facts = [_("{counted} of {out_of} procedures").format(counted=share.counted, out_of=share.out_of)]
    return {
        "label": label,
        "value": rate(share.rate, current_language()),
        "facts": facts if share.out_of else [],
    }


def _announced_rows(rows: Iterable[AnnouncedRow]) -> list[dict[str, Any]]:
    return [
        {
            "announcement": row.announcement,
            "code": row.procedure_code,
            "name": row.procedure_name,
            "kind": ANNOUNCED_KINDS.get(row.kind, row.kind),
            "made_public_on": row.made_public_on,
            "publish_by": row.judged.publish_by,
            "announce_by": row.judged.announce_by,
            "is_announced_on_time": row.judged.is_announced_on_time,
            "status": PUBLICATION_STATUSES[row.judged.status],
            "tone": _TONES[row.judged.status],
            "term": row.term,
        }
        for row in rows
    ]


@require_GET
def announcement(request: HttpRequest, code: str) -> HttpResponse:
    """One decision with its procedures; those not public yet can be noted as public."""
    decision, rows = get_announcement(code)
    context = {
        "announcement": decision,
        "issuer": ISSUERS.get(decision.issuer, decision.issuer),
        "rows": _announced_rows(rows),
        "term": rows[0].term if rows else None,
        "may_edit": may_edit(actor_of(request)),
        "has_waiting": any(row.made_public_on is None for row in rows),
    }
    return render(request, "procedures/announcement.html", context)


@require_POST
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Note that the ticked procedures are public as of today."""
    actor = actor_of(request)
    require_edit(actor)
    get_announcement(code)
    ticked = request.POST.getlist("procedures")
    if ticked:
        count = record_publication(code, ticked, actor=actor, note=request.POST.get("note", ""))
        text = ngettext("{count} procedure made public", "{count} procedures made public", count)
        messages.success(request, text.format(count=count))
    return redirect("procedures:announcement", code)


@require_http_methods(["GET", "POST"])
def announce_page(request: HttpRequest) -> HttpResponse:
    """Enter a decision with its procedures."""
    actor = actor_of(request)
    require_edit(actor)
    rows = posted_rows(request.POST, "procedures", ("code", "kind", DROP), not_alone=("kind",))
    if request.method != "POST":
        return _render_form(request, append_blank_rows(rows, {}, 5))
    if "more" in request.POST:
        return _render_form(request, append_blank_rows(rows, {}, 10))
    problems: list[Problem] = []
    decision = _decision_from_form(request, rows, problems)
    try:
        if not problems:
            return redirect("procedures:announcement", record_announcement(decision, actor=actor).code)
    except InputRefused as refused:
        problems += refused.problems
    return _render_form(request, rows, problems)


def _decision_from_form(request: HttpRequest, rows: Rows, problems: list[Problem]) -> Decision:
    single = FormReader({name: request.POST.get(name, "") for name in request.POST}, problems)
    return Decision(
        number=single.text("number")[:100],
        title=single.text("title")[:1000],
        issuer=single.text("issuer"),
        signed_on=single.day("signed_on"),
        effective_on=single.day("effective_on"),
        legal_effective_on=single.day("legal_effective_on"),
        procedures=rows.read(lambda row: (row.text("code")[:40], row.text("kind")), problems),
    )


def _render_form(request: HttpRequest, rows: Rows, problems: Sequence[Problem] = ()) -> HttpResponse:
    context = {
        "rows": rows,
        "kinds": list(ANNOUNCED_KINDS.items()),
        "issuers": list(ISSUERS.items()),
        "problems": place_problems(problems, [rows], _SINGLE),
        "form_values": {name: request.POST.get(name, "") for name in _SINGLE},
    }
    return render(request, "procedures/announce.html", context, status=422 if problems else 200)
