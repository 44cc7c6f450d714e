"""The page on which a definition is tried (thử chỉ tiêu): mistakes with their places, figure, what it changes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from congtam.foundation.public import Actor, actor_of, clock
from congtam.indicators.definitions import shipped
from congtam.indicators.definitions.checking import read_checked
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.figure import Figure
from congtam.indicators.figures import queries
from congtam.indicators.figures.trial import Trial, try_definition
from congtam.indicators.selection import wording
from congtam.indicators.selection.choices import read_choice
from congtam.indicators.selection.links import page_url
from congtam.indicators.targets.actions import MAY_SET
from congtam.kernel.clock import today
from congtam.kernel.errors import DomainError, InputRefused, NotAllowed, Problem, msgid
from congtam.kernel.input.yaml_text import parse_yaml
from congtam.kernel.periods import Period
from congtam.org_units import public as org_units
from congtam.ui.public import current_language
from congtam.warehouse import public as warehouse

LONGEST: Final = 20_000
MOST_DEFINITIONS: Final = 5
MOST_NODES: Final = 2_000
FIRST_CHOICE: Final = "dossiers.on_time_rate"


@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: HttpRequest) -> HttpResponse:
    """A definition as text beside what it gives on the rows of now; nothing is saved."""
    actor = actor_of(request)
    if not (actor.is_console or actor.has_role(*MAY_SET)):
        raise NotAllowed(right="indicators.try")
    asked = request.POST if request.method == "POST" else request.GET
    text = request.POST.get("text", "") or shipped.source_text(asked.get("start", "") or FIRST_CHOICE)
    context: dict[str, Any] = {"text": text, "unit_text": "", "period": "", "codes": _start_codes()}
    try:
        unit = _requested_unit(asked.get("unit", ""), actor)
        period = read_choice(asked, unit=unit).period
        context |= {"unit_text": org_units.unit_text(unit, on=today(clock())), "period": period.text}
        if request.method == "POST":
            drafts = _read_drafts(text)
            context["trials"] = [_trial_context(one, drafts, unit, period=period, to=actor) for one in drafts]
    except InputRefused as refusal:
        context["problems"] = [_problem_line(one, text) for one in refusal.problems]
    status = 400 if "problems" in context else 200
    return render(request, "indicators/trial.html", context, status=status)


def _start_codes() -> list[dict[str, str]]:
    language = current_language()
    return [
        {"code": one.code, "name": one.name.in_language(language)}
        for one in shipped.definitions(today(clock()))
    ]


def _requested_unit(text: str, actor: Actor) -> str:
    """The unit that was entered, else the first of the person's own."""
    day = today(clock())
    if text:
        return org_units.resolve_unit_code(text, on=day, to=actor)
    granted = [grant.unit_code for grant in actor.grants if org_units.is_registered_unit(grant.unit_code)]
    return granted[0] if granted else org_units.tree(day).roots[0].code


def _read_drafts(text: str) -> tuple[Definition, ...]:
    """The definitions of a text, or InputRefused with every mistake and its place in the text."""
    if len(text) > LONGEST:
        message = msgid("The text is longer than {limit} characters.")
        raise InputRefused([Problem(code="trial.too_long", message=message, data={"limit": LONGEST})])
    try:
        parse_yaml(text, most_nodes=MOST_NODES)
    except DomainError as error:
        line = getattr(error, "line", None)
        problem = Problem(code=error.code, message=error.message, data=error.data, row=line)
        raise InputRefused([problem]) from None
    with TemporaryDirectory() as folder:
        file = Path(folder) / "trial.yaml"
        file.write_text(text.replace("\r\n", "\n"), encoding="utf-8")
        drafts = read_checked(file)
    if len(drafts) > MOST_DEFINITIONS:
        message = msgid("Try at most {limit} definitions at once.")
        raise InputRefused(
            [Problem(code="trial.too_many", message=message, data={"limit": MOST_DEFINITIONS})]
        )
    return drafts


def _problem_line(problem: Problem, text: str) -> dict[str, Any]:
    """A mistake with the line of the text it stands in."""
    lines = text.splitlines()
    row = problem.row or 0
    column = problem.column if problem.column and problem.column.isdigit() else ""
    place = gettext("line {row}").format(row=row) if row else ""
    if place and column:
        place = gettext("line {row}, column {column}").format(row=row, column=column)
    return {
        "place": place,
        "message": problem.format_message(gettext),
        "advice": problem.format_advice(gettext),
        "line": lines[row - 1] if 0 < row <= len(lines) else "",
        "mark": " " * (int(column) - 1) + "^" if column and 0 < row <= len(lines) else "",
    }


def _trial_context(
    one: Definition, drafts: Sequence[Definition], unit: str, *, period: Period, to: Actor
) -> dict[str, Any]:
    """What one definition gives: its figure, some of its rows, and each unit below as now and as it would be."""
    tried = try_definition(one, unit=unit, period=period, to=to, drafts=drafts)
    return {
        "name": one.name.in_language(current_language()),
        "code": one.code,
        "value": wording.value_text(one, tried.figure.value),
        "measure": wording.measure_text(one),
        "counted": wording.counted_text(tried.figure),
        "explanation": one.describe(current_language()),
        "period": period.label(current_language()),
        "unit": org_units.unit_name(unit, period.last_day),
        "rows": _sample_rows(tried, one),
        **_moved_units(one, drafts, unit, period=period, to=to),
    }


def _sample_rows(tried: Trial, one: Definition) -> list[dict[str, Any]]:
    names = {"numerator": gettext("Counted"), "rest": gettext("Not counted")}
    fact = warehouse.fact(one.fact) if one.fact else None
    is_key = fact is not None and not fact.group
    return [
        {
            "name": names[part],
            "keys": [
                {"key": key, "url": page_url(fact.row_url, key) if fact and is_key and fact.row_url else ""}
                for key in keys
            ],
        }
        for part, keys in tried.sample.items()
    ]


def _moved_units(
    one: Definition, drafts: Sequence[Definition], unit: str, *, period: Period, to: Actor
) -> dict[str, Any]:
    """The units directly below with the figure of now, where the code is in force, and the one of the text."""
    after = dict(
        queries.figures_by_child([one.code], unit=unit, period=period, to=to, drafts=drafts)[one.code]
    )
    is_in_force = any(each.code == one.code for each in shipped.all_definitions())
    before: dict[str, Figure] = {}
    if is_in_force:
        before = dict(queries.figures_by_child([one.code], unit=unit, period=period, to=to)[one.code])
    lines = [
        {
            "name": org_units.unit_name(code, period.last_day),
            "before": wording.value_text(before[code].definition, before[code].value)
            if code in before
            else "",
            "after": wording.value_text(one, figure.value),
            "change": wording.describe_change(figure, before.get(code)).get("text", ""),
        }
        for code, figure in after.items()
    ]
    return {"units": lines, "is_in_force": is_in_force, "url": reverse("indicators:catalogue")}
