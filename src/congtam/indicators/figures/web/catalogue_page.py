"""The catalogue of indicators (danh mục chỉ tiêu): what each one means and how it is counted."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from congtam.foundation.public import EVERYWHERE, Actor, actor_of, clock
from congtam.indicators.definitions import shipped
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.figures.web.part_lines import part_name
from congtam.indicators.language.sentences import sentence
from congtam.indicators.selection import wording
from congtam.indicators.targets.actions import MAY_SET
from congtam.indicators.targets.queries import list_targets
from congtam.indicators.targets.web.targets_page import shown_target
from congtam.kernel.clock import today
from congtam.org_units import public as org_units
from congtam.ui.public import current_language
from congtam.warehouse import public as warehouse


@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """All indicators in force, and the units in which the reader can open them."""
    actor = actor_of(request)
    day = today(clock())
    units = own_units(actor)
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in list_targets():
        rows[row.indicator].append(shown_target(row, actor))
    definitions = [
        _definition_row(one, units) | {"targets": rows[one.code]} for one in shipped.definitions(day)
    ]
    may_try = actor.is_console or actor.has_role(*MAY_SET)
    return render(
        request, "indicators/catalogue.html", {"definitions": definitions, "units": units, "may_try": may_try}
    )


def own_units(actor: Actor) -> list[dict[str, str]]:
    """The units of a person's roles; the roots of the tree for who has a role everywhere."""
    day = today(clock())
    granted = dict.fromkeys(grant.unit_code for grant in actor.grants)
    codes = [code for code in granted if code != EVERYWHERE]
    if EVERYWHERE in granted or actor.is_console:
        codes += [root.code for root in org_units.tree(day).roots]
    return [
        {"code": code, "name": org_units.unit_name(code, day), "url": reverse("indicators:unit", args=[code])}
        for code in dict.fromkeys(codes)
    ]


def _shown_expressions(one: Definition) -> list[dict[str, str]]:
    """The expressions of a definition in words, and as they are written; of a composition its parts."""
    if one.is_composed:
        return [
            {"name": gettext("Part"), "text": part.code, "words": part_name(part.code)} for part in one.parts
        ]
    labels = shipped.column_labels(warehouse.fact(one.fact))
    named = (
        (gettext("Out of"), one.out_of),
        (gettext("Counted rows"), one.counts),
        (gettext("Value"), one.value),
        (gettext("Divided by the sum of"), one.per),
    )
    return [
        {"name": name, "text": text, "words": sentence(text, labels, current_language())}
        for name, text in named
        if text
    ]


def _definition_row(one: Definition, units: list[dict[str, str]]) -> dict[str, Any]:
    target = one.target_on(today(clock()))
    return {
        "code": one.code,
        "version": one.version,
        "name": one.name.in_language(current_language()),
        "explanation": one.describe(current_language()),
        "description": one.description.in_language(current_language()),
        "source": one.source,
        "target": wording.value_text(one, target.value) if target else "",
        "target_source": target.source if target else "",
        "better": {"higher": gettext("higher is better"), "lower": gettext("lower is better")}.get(
            one.better, ""
        ),
        "expressions": _shown_expressions(one),
        "url": reverse("indicators:figure", args=[one.code, units[0]["code"]]) if units else "",
    }
