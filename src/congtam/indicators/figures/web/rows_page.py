"""The rows behind a figure (các dòng của số liệu): page by page as a fragment, and whole as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from congtam.foundation.public import Actor, actor_of
from congtam.indicators.counting.apportioning import is_shared
from congtam.indicators.counting.scopes import require_visible
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.figure import Figure
from congtam.indicators.figures import queries
from congtam.indicators.rows import listing
from congtam.indicators.rows.web.row_columns import ShownColumn, file_columns, shown_columns
from congtam.indicators.selection import wording
from congtam.indicators.selection.choices import FigureChoice, read_choice
from congtam.indicators.selection.links import page_url
from congtam.kernel.spreadsheets import csv_lines
from congtam.ui.public import current_language
from congtam.warehouse import public as warehouse

PAGE = 25
EXPORT_PAGE = 500
PARTS = ("numerator", "rest", "denominator")


@require_GET
def rows(request: HttpRequest, indicator: str, unit: str) -> HttpResponse:
    """One page of rows, to be put into the page of the figure; a whole page for those without scripts."""
    actor = actor_of(request)
    require_visible(unit, actor)
    choice = read_choice(request.GET, unit=unit)
    shown = _requested_figure(indicator, unit, choice, to=actor)
    context = rows_context(request.GET, shown, choice, to=actor)
    template = "indicators/part/rows.html" if request.headers.get("HX-Request") else "indicators/rows.html"
    return render(request, template, {"rows": context, "query": choice.query})


@require_GET
def export(request: HttpRequest, indicator: str, unit: str) -> StreamingHttpResponse:
    """All rows of one part, with every column that may be shown, in the reader's language; codes are in the API."""
    actor = actor_of(request)
    require_visible(unit, actor)
    choice = read_choice(request.GET, unit=unit)
    shown = _requested_figure(indicator, unit, choice, to=actor)
    part = _chosen_part(request.GET, shown.definition)
    columns = file_columns(warehouse.fact(shown.definition.fact), is_shared=is_shared(shown))
    rows = _file_rows(shown, part, actor, is_own=choice.is_own)
    lines = csv_lines(
        [column.heading for column in columns], ([column.cell(row) for column in columns] for row in rows)
    )
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"{indicator}_{unit}_{choice.period.text}_{part}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _requested_figure(indicator: str, unit: str, choice: FigureChoice, *, to: Actor) -> Figure:
    return queries.figures_of_periods(
        [indicator], unit=unit, periods=[choice.period], to=to, map_on=choice.map_on, is_own=choice.is_own
    )[choice.period][indicator]


def rows_context(
    query: Mapping[str, str], shown: Figure, choice: FigureChoice, *, to: Actor
) -> dict[str, Any]:
    """What the list of rows shows: the tabs of the parts, one page, the way to the next."""
    part = _chosen_part(query, shown.definition)
    list_rows = listing.own_rows if choice.is_own else listing.rows
    page = list_rows(
        shown.code,
        unit=shown.unit,
        period=choice.period,
        to=to,
        part=part,
        after=query.get("after") or None,
        limit=PAGE,
        map_on=choice.map_on,
    )
    columns = shown_columns(warehouse.fact(shown.definition.fact), is_shared=is_shared(shown))
    base = reverse("indicators:rows", args=[shown.code, shown.unit])
    address = f"{base}?{choice.query}&part={part}"
    return {
        "tabs": _part_tabs(part, f"{base}?{choice.query}", shown.definition),
        "columns": columns,
        "lines": [_row_line(row, columns, shown) for row in page.rows],
        "total": wording.amount(page.total),
        "hidden": wording.amount(page.hidden) if page.hidden else "",
        "is_withheld": page.total is None,
        "count": len(page.rows),
        "is_shared": is_shared(shown),
        "first_url": address if query.get("after") else "",
        "next_url": f"{address}&{urlencode({'after': page.next})}" if page.next else "",
        "csv_url": f"{reverse('indicators:rows_csv', args=[shown.code, shown.unit])}?{choice.query}&part={part}",
    }


def _chosen_part(query: Mapping[str, str], definition: Definition) -> Any:
    """The part that was chosen; a rate that names its rest, such as what was late, opens on it."""
    first = "rest" if definition.rest_label else PARTS[0]
    part = query.get("part", first)
    return part if part in PARTS else first


def _part_tabs(chosen: str, address: str, definition: Definition) -> list[dict[str, Any]]:
    rest = definition.rest_label.in_language(current_language()) if definition.rest_label else ""
    names = {
        "numerator": gettext("Counted"),
        "rest": f"{rest[:1].upper()}{rest[1:]}" if rest else gettext("Not counted"),
        "denominator": gettext("All"),
    }
    return [
        {"label": names[part], "url": f"{address}&part={part}", "is_current": part == chosen}
        for part in sorted(PARTS, key=lambda part: part != "rest" if rest else False)
    ]


def _row_line(row: dict[str, Any], columns: list[ShownColumn], shown: Figure) -> dict[str, Any]:
    fact = warehouse.fact(shown.definition.fact)
    key = row[fact.key]
    return {
        "key": key,
        "url": page_url(fact.row_url, row[fact.group or fact.key]),
        "cells": [column.cell(row) for column in columns],
    }


def _file_rows(shown: Figure, part: Any, actor: Actor, *, is_own: bool) -> Iterator[Mapping[str, Any]]:
    """The rows behind a figure, page after page."""
    list_rows = listing.own_rows if is_own else listing.rows
    after: str | None = None
    while True:
        page = list_rows(
            shown.code,
            unit=shown.unit,
            period=shown.period,
            to=actor,
            part=part,
            after=after,
            limit=EXPORT_PAGE,
            map_on=shown.map_on,
        )
        yield from page.rows
        if page.next is None:
            return
        after = page.next
