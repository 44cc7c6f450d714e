"""The page of limits on which catalogues disagree (thời hạn chờ quyết định)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from congtam.foundation.public import Actor, actor_of, clock
from congtam.kernel.clock import today
from congtam.kernel.errors import InputRefused, Problem
from congtam.kernel.input.numbers import digits_or_none
from congtam.procedures.catalogue.conflict_queries import count_open_conflicts, list_open_conflicts, names_of
from congtam.procedures.catalogue.decide_conflicts import decide_conflicts
from congtam.procedures.catalogue.web import conflict_parts
from congtam.procedures.editing.row_forms import FormReader, place_problems
from congtam.procedures.permissions import may_edit, require_edit

_SINGLE: Final = ("conflicts", "choice", "valid_from", "ground")
_LARGEST_KEY: Final = (1 << 63) - 1


@require_http_methods(["GET", "POST"])
def conflicts(request: HttpRequest) -> HttpResponse:
    """Open conflicts of all procedures or of one; who keeps the catalogue decides several at once."""
    if request.method != "POST":
        return _render_page(request)
    actor = actor_of(request)
    require_edit(actor)
    try:
        count = _decide_from_form(request.POST, actor)
    except InputRefused as refused:
        return _render_page(request, refused.problems)
    text = ngettext("Decided about {count} time limit", "Decided about {count} time limits", count)
    messages.success(request, text.format(count=count))
    return redirect(request.get_full_path())


def _decide_from_form(post: QueryDict, actor: Actor) -> int:
    problems: list[Problem] = []
    single = FormReader({name: post.get(name, "") for name in post}, problems)
    day = single.day("valid_from") or today(clock())
    if problems:
        raise InputRefused(problems)
    keys = [digits_or_none(text, most=_LARGEST_KEY) for text in post.getlist("conflicts")]
    return decide_conflicts(
        [key for key in keys if key is not None],
        single.text("choice"),
        valid_from=day,
        ground=single.text("ground"),
        actor=actor,
    )


def _render_page(request: HttpRequest, problems: Sequence[Problem] = ()) -> HttpResponse:
    code = request.GET.get("procedure", "")[:40]
    rows, ticked = list_open_conflicts(code), set(request.POST.getlist("conflicts"))
    context = {
        "code": code,
        "rows": [
            {**row, "is_ticked": str(row["key"]) in ticked}
            for row in conflict_parts.rows(rows, names_of(rows))
        ],
        "count": count_open_conflicts(code),
        "may_edit": may_edit(actor_of(request)),
        "problems": place_problems(problems, [], _SINGLE),
        "choice": request.POST.get("choice", ""),
        "valid_from": request.POST.get("valid_from") or today(clock()).isoformat(),
        "ground": request.POST.get("ground", ""),
    }
    return render(request, "procedures/conflicts.html", context, status=422 if problems else 200)
