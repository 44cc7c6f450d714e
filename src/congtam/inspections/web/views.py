"""Pages of the inspections: the list, the form, one pack."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congtam.foundation.evidence import read_evidence
from congtam.foundation.files import open_file
from congtam.foundation.lifecycle import ChangedMeanwhile, NotInState
from congtam.foundation.public import actor_of
from congtam.inspections import queries
from congtam.inspections.actions.evidence import pack_ref
from congtam.inspections.actions.prepare import prepare
from congtam.inspections.actions.refusals import InspectionImpossible
from congtam.inspections.lifecycle import PACKS, WITHDRAW, ReasonMissing
from congtam.inspections.permissions import may_prepare_anywhere, require_prepare_anywhere
from congtam.inspections.slots import PACK_LINKS
from congtam.inspections.web.evidence_view import evidence_view
from congtam.inspections.web.flag_view import FlagWriter
from congtam.inspections.web.forms import PrepareForm
from congtam.inspections.web.list_view import list_view
from congtam.inspections.web.pack_view import pack_view
from congtam.inspections.web.state_view import state_view
from congtam.inspections.web.suggestions import initial_values
from congtam.kernel.errors import NotFound
from congtam.kernel.input.numbers import digits_or_none
from congtam.kernel.periods import Period
from congtam.kernel.spreadsheets import XLSX_TYPE
from congtam.ui.public import current_language

PACKS_PER_PAGE = 30
DOSSIERS_PER_PAGE = 50
MOST_VERSIONS = 2**31 - 1


@require_GET
def pack_list(request: HttpRequest) -> HttpResponse:
    """The packs of the units the actor may see, newest first."""
    actor = actor_of(request)
    page = Paginator(queries.visible_packs(actor), PACKS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"view": list_view(page, current_language()), "may_prepare": may_prepare_anywhere(actor)}
    return render(request, "inspections/list.html", context)


@require_http_methods(["GET", "POST"])
def prepare_page(request: HttpRequest) -> HttpResponse:
    """Choose unit, period and seed; preparing leads to the pack."""
    actor = actor_of(request)
    require_prepare_anywhere(actor)
    form = PrepareForm(request.POST or None, initial=initial_values(request.GET), actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            pack = prepare(**form.choices(), actor=actor)
        except InspectionImpossible as error:
            form.refuse(error)
        else:
            return redirect("inspections:pack", pack.key)
    return render(request, "inspections/prepare.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def pack_page(request: HttpRequest, key: str) -> HttpResponse:
    """One pack: figures, flags, sample, charts, documents."""
    actor = actor_of(request)
    pack = queries.get_visible_pack(key, to=actor)
    view = pack_view(pack, queries.readable_content(pack, to=actor), language=current_language())
    state = state_view(pack, actor=actor)
    context = {
        "pack": pack,
        "view": view,
        "state": state,
        "links": PACK_LINKS.offers(pack.key, to=actor),
        # The pieces name every dossier of the sample: they are the team's.
        "evidence": evidence_view(read_evidence(pack_ref(pack.key), to=actor)) if state.is_team else None,
    }
    return render(request, "inspections/pack.html", context)


@require_POST
def perform_verb(request: HttpRequest, key: str, verb: str) -> HttpResponse:
    """Announce, open or withdraw a pack, then show it again; what cannot be done is said there."""
    actor, chosen = actor_of(request), PACKS.find_verb(verb)
    if chosen is None or chosen.is_automatic:
        raise NotFound(kind="inspection pack", key=f"{key}/{verb}")
    data = {"reason": request.POST.get("reason", "")} if chosen is WITHDRAW else {}
    version = digits_or_none(request.POST.get("version", ""), most=MOST_VERSIONS)
    try:
        PACKS.perform(key, chosen, actor=actor, version=version, data=data)
    except (ChangedMeanwhile, NotInState, ReasonMissing) as error:
        messages.error(request, error.format_message(gettext))
    else:
        messages.success(request, gettext(chosen.done))
    return redirect("inspections:pack", key)


@require_GET
def flag_page(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """All dossiers that a red flag of a pack names, page by page."""
    actor = actor_of(request)
    pack = queries.get_visible_pack(key, to=actor)
    content = queries.readable_content(pack, to=actor)
    flag = queries.get_flag(content, code)
    codes = flag.codes or tuple(row.code for row in flag.rows)
    page = Paginator(codes, DOSSIERS_PER_PAGE).get_page(request.GET.get("page"))
    rows = queries.flagged_dossiers(content, list(page.object_list), to=actor)
    last_day = Period.parse(content.period).last_day
    view = FlagWriter(pack.key, current_language(), last_day=last_day).page(flag, page, rows)
    return render(request, "inspections/flag.html", {"pack": pack, "content": content, "view": view})


@require_GET
def flag_list(request: HttpRequest, key: str) -> FileResponse:
    """The workbook with all dossiers of all flags of a pack."""
    actor = actor_of(request)
    file = queries.readable_content(queries.get_visible_pack(key, to=actor), to=actor).flag_list
    if file is None:
        raise NotFound(kind="file", key=f"{key}/flags.xlsx")
    return FileResponse(
        open_file(file.digest), as_attachment=True, filename=file.name, content_type=XLSX_TYPE
    )
