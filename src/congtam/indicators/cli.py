"""`congtam figure` and `congtam indicators`: count a figure with its receipt; list and check definitions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext as _

from congtam.foundation.cli_support import (
    FAILED,
    REFUSED_INPUT,
    DayType,
    JsonCommand,
    PeriodType,
    emit_json,
    fail,
    say,
)
from congtam.foundation.public import clock, console_actor
from congtam.indicators import public
from congtam.indicators.definitions.checking import read_checked
from congtam.indicators.definitions.file_formatting import format_file
from congtam.indicators.definitions.shipped import definitions
from congtam.indicators.domain.figure import Figure
from congtam.indicators.figures.queries import figure, without_due_date_figure
from congtam.indicators.figures.recounting import recount
from congtam.indicators.figures.trial import try_definition
from congtam.indicators.rows.listing import row_keys
from congtam.indicators.targets.console import parameters_command
from congtam.kernel.clock import today
from congtam.kernel.errors import InputRefused, NotFound, Problem, msgid
from congtam.kernel.periods import Period
from congtam.ui.public import current_language, instant, rate
from congtam.warehouse import public as warehouse

JSON_HELP = "Print one JSON document to standard output."
_RECEIPT_LABELS = {
    "definition_version": msgid("Definition version"),
    "data_version": msgid("Data version"),
    "map": msgid("Map of units"),
    "as_of": msgid("As of"),
    "digest": msgid("Digest of the rows"),
}
_PART_LABELS = {
    "numerator": msgid("Numerator"),
    "denominator": msgid("Denominator"),
    "rest": msgid("Rows that do not count"),
}
_MISTAKES = 2
"""The exit code of a file with mistakes, as for wrong usage."""


@click.command("figure", cls=JsonCommand)
@click.argument("code")
@click.option("--unit", required=True, help="Code of the unit; everything below it is included.")
@click.option(
    "--period", required=True, type=PeriodType(), help="2025-Q3, 2025-07, 2025 or FROM..TO (without TO)."
)
@click.option("--map", "map_on", type=DayType(), help="Show on the units of this day.")
@click.option(
    "--rows", "with_rows", is_flag=True, help="List the rows behind the numerator and the denominator."
)
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def figure_command(
    code: str, *, unit: str, period: Period, map_on: Any, with_rows: bool, as_json: bool
) -> None:
    """Compute an indicator for a unit and a period, and print its receipt."""
    map_day: date | None = map_on.date() if map_on else None
    actor = console_actor()
    try:
        result = figure(code, unit=unit, period=period, to=actor, map_on=map_day)
    except NotFound as error:
        if error.data.get("kind") != "indicator":
            raise
        if as_json:
            emit_json({"problems": [{"code": error.code, "message": _unknown_indicator_text(error, code)}]})
            raise SystemExit(FAILED) from None
        fail(f"congtam: {_unknown_indicator_text(error, code)}")
    document = result.receipt
    if result.definition.fact == "dossiers" and result.definition.is_share:
        lacking = without_due_date_figure(result, to=actor)
        document["without_due_date"] = lacking.receipt["numerator"] if lacking else 0
    if with_rows and not result.definition.is_composed:
        document["rows"] = {
            part: row_keys(code, unit=unit, period=period, to=actor, part=part, map_on=map_day)
            for part in ("numerator", "denominator")
        }
    if as_json:
        emit_json(document)
    else:
        _print_figure(result, document.get("rows", {}), document.get("without_due_date"))


def _unknown_indicator_text(error: NotFound, code: str) -> str:
    """The refusal, and the indicators whose code is nearest to a mistyped one."""
    codes = [one.code for one in definitions(today(clock()))]
    near = get_close_matches(code, codes, n=3) or [one for one in codes if code and code in one][:3]
    hint = (
        _("Did you mean: {codes}?").format(codes=", ".join(near))
        if near
        else _("Available indicators: {codes}").format(codes=", ".join(codes))
    )
    return f"{error.format_message(_)} {hint}"


def _print_figure(result: Figure, rows: dict[str, list[str]], without: float | None) -> None:
    language = current_language()
    click.echo(f"{result.definition.name.in_language(language)} ({result.code})")
    click.echo(result.definition.describe(language))
    value = "—" if result.value is None else str(result.value)
    if result.value is not None and result.definition.is_share:
        value = rate(result.value, language)
    counted = "" if result.definition.is_composed else f"  ({result.numerator} / {result.denominator})"
    click.echo(f"{result.unit}, {result.period.label(language)}: {value}{counted}")
    _print_parts(result.receipt.get("parts", ()))
    if without is not None:
        click.echo(f"{_('Without a due date')}: {without:g}")
    if result.interval:
        low, high = result.interval
        click.echo(f"95 %: {rate(low, language)} – {rate(high, language)}")
    shown = {**result.receipt, "as_of": instant(result.as_of)}
    if result.map_on is None:
        shown["map"] = _("units at the time of each dossier")
    for name, label in _RECEIPT_LABELS.items():
        click.echo(f"{_(label)}: {shown[name]}")
    for part, keys in rows.items():
        click.echo(f"{_(_PART_LABELS[part])} ({len(keys)}):")
        for key in keys:
            click.echo(f"  {key}")


def _print_parts(parts: Iterable[Mapping[str, Any]]) -> None:
    for part in parts:
        value = part["receipt"]["value"] if part["receipt"] else None
        click.echo(f"  {part['code']}: {'—' if value is None else value}")


@click.group("indicators")
def indicators_command() -> None:
    """List and check indicator definitions."""


indicators_command.add_command(parameters_command)


@indicators_command.command("list", cls=JsonCommand)
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def list_definitions(*, as_json: bool) -> None:
    """The indicators in force today."""
    language = current_language()
    in_force = definitions(today(clock()))
    if as_json:
        emit_json([_serialize_definition(one) for one in in_force])
        return
    for one in in_force:
        click.echo(f"{one.code:<34} {one.kind:<7} {one.name.in_language(language)}")


@indicators_command.command("columns")
@click.argument("fact")
def list_columns(fact: str) -> None:
    """The columns an expression over a fact may use."""
    for column in warehouse.fact(fact).shown_columns:
        click.echo(
            f"{column.name:<22} {column.type:<10} {column.vi if current_language() == 'vi' else column.en}"
        )


@indicators_command.command("recount", cls=JsonCommand)
@click.argument("key")
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def recount_figure(key: str, *, as_json: bool) -> None:
    """Recompute a stored figure by the key of its receipt; exit code 1 if the result differs."""
    result = recount(key, to=console_actor())
    if as_json:
        changes = {part: vars(rows) for part, rows in (result.changes or {}).items()}
        emit_json(
            {"same": result.is_same, "stored": result.stored, "now": result.now.receipt, "changes": changes}
        )
    else:
        before, now = result.stored, result.now
        click.echo(f"{before['numerator']} / {before['denominator']} → {now.numerator} / {now.denominator}")
        for part, rows in (result.changes or {}).items():
            click.echo(
                f"{_(_PART_LABELS[part])}: + {', '.join(rows.added) or '–'}  − {', '.join(rows.removed) or '–'}"
            )
    if not result.is_same:
        raise SystemExit(1)


@indicators_command.command("check", cls=JsonCommand)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def check_file(file: Path, *, as_json: bool) -> None:
    """Check a file of definitions; every error is reported with its location."""
    problems = _definition_problems(file)
    if as_json:
        emit_json({"file": file.name, "problems": [one.as_dict(_) for one in problems]})
    for problem in () if as_json else problems:
        say(_format_problem(problem))
    if problems:
        fail(
            _("{file}: problems: {count}").format(file=file.name, count=len(problems)),
            code=REFUSED_INPUT,
        )
    if not as_json:
        click.echo(_("{file}: no problems").format(file=file.name))


def _definition_problems(file: Path) -> list[Problem]:
    try:
        read_checked(file)
    except InputRefused as refusal:
        return list(refusal.problems)
    return []


@indicators_command.command("format")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def format_definitions(file: Path) -> None:
    """Write the expressions of a file in their usual form; a file with mistakes stays as it is."""
    try:
        formatted = format_file(file)
    except InputRefused as refusal:
        for problem in refusal.problems:
            say(_format_problem(problem))
        raise SystemExit(_MISTAKES) from None
    file.write_text(formatted, encoding="utf-8")


@indicators_command.command("try", cls=JsonCommand)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--unit", required=True, help="Code of the unit; everything below it is included.")
@click.option(
    "--period", required=True, type=PeriodType(), help="2025-Q3, 2025-07, 2025 or FROM..TO (without TO)."
)
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def try_file(file: Path, *, unit: str, period: Period, as_json: bool) -> None:
    """Compute definitions that are not saved yet, and show some of the rows behind them."""
    try:
        read = read_checked(file)
    except InputRefused as refusal:
        if as_json:
            emit_json({"problems": [_located_problem(one) for one in refusal.problems]})
        for problem in () if as_json else refusal.problems:
            say(_format_problem(problem))
        raise SystemExit(_MISTAKES) from None
    trials = [try_definition(one, unit=unit, period=period, to=console_actor(), drafts=read) for one in read]
    if as_json:
        documents = [{**one.figure.receipt, "rows": one.sample} for one in trials]
        emit_json(documents[0] if len(documents) == 1 else documents)
        return
    for one in trials:
        _print_figure(one.figure, one.sample, None)


def _located_problem(problem: Problem) -> dict[str, Any]:
    column = int(problem.column) if problem.column else None
    return {
        "file": problem.file,
        "line": problem.row,
        "column": column,
        "code": problem.code,
        "message": problem.format_message(_),
        "advice": problem.format_advice(_),
    }


def _format_problem(problem: Problem) -> str:
    location = ":".join(str(part) for part in (problem.file, problem.row, problem.column) if part is not None)
    return f"{location}: {problem.format_message(_)} {problem.format_advice(_)}".rstrip()


def _serialize_definition(one: public.Definition) -> dict[str, Any]:
    return {
        "code": one.code,
        "version": one.version,
        "name": {"vi": one.name.vi, "en": one.name.en},
        "fact": one.fact,
        "kind": one.kind.value,
        "period": one.period,
        "out_of": one.out_of,
        "counts": one.counts,
        "value": one.value,
        "parts": [part.code for part in one.parts],
        "source": one.source,
    }
