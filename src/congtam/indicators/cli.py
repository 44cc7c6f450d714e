"""`congtam figure` and `congtam indicators`: count a figure with its receipt; list and check definitions."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext

from congtam.foundation.cli_support import REFUSED_INPUT, emit_json, fail, say
from congtam.foundation.public import console_actor
from congtam.indicators import public
from congtam.indicators.definitions.catalogue_file import read_definitions
from congtam.indicators.definitions.shipped import checked
from congtam.indicators.domain.figure import Figure
from congtam.indicators.figures.queries import figure
from congtam.indicators.figures.recounting import recount
from congtam.indicators.rows.listing import row_keys
from congtam.kernel.errors import InputRefused, NotFound, Problem
from congtam.kernel.input.periods import parse_period
from congtam.kernel.periods import Period, PeriodMalformed
from congtam.ui.public import current_language
from congtam.warehouse import public as warehouse

JSON_HELP = "Print one JSON document on standard output."


class PeriodType(click.ParamType[Period]):
    """A period as people write it, or as addresses do: “quý III/2025”, “2025-Q3”."""

    name = "period"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        try:
            return parse_period(str(value))
        except PeriodMalformed as error:
            self.fail(str(error), param, ctx)


@click.command("figure")
@click.argument("code")
@click.option("--unit", required=True, help="Code of the unit; everything below it is included.")
@click.option(
    "--period", required=True, type=PeriodType(), help="2025-Q3, 2025-07, 2025 or FROM..TO (without TO)."
)
@click.option("--map", "map_on", type=click.DateTime(["%Y-%m-%d"]), help="Show on the units of this day.")
@click.option(
    "--rows", "with_rows", is_flag=True, help="List the rows behind the numerator and the denominator."
)
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def figure_command(
    code: str, *, unit: str, period: Period, map_on: Any, with_rows: bool, as_json: bool
) -> None:
    """Count an indicator for a unit and a period, and print its receipt."""
    map_day: date | None = map_on.date() if map_on else None
    actor = console_actor()
    try:
        found = figure(code, unit=unit, period=period, to=actor, map_on=map_day)
    except NotFound as error:
        if error.data.get("kind") != "indicator":
            raise
        fail(_not_found(error, code))
    document = found.receipt
    if with_rows:
        document["rows"] = {
            part: row_keys(code, unit=unit, period=period, to=actor, part=part, map_on=map_day)
            for part in ("numerator", "denominator")
        }
    if as_json:
        emit_json(document)
    else:
        _print(found, document.get("rows", {}))


def _not_found(error: NotFound, code: str) -> str:
    """The refusal, and the indicators whose code is nearest to a mistyped one."""
    known = [one.code for one in public.definitions(date.today())]  # noqa: DTZ011 - the operator's day
    near = get_close_matches(code, known, n=3) or [one for one in known if code and code in one][:3]
    return f"congtam: {error} " + (
        f"Did you mean: {', '.join(near)}?" if near else f"Known are: {', '.join(known)}"
    )


def _print(found: Figure, rows: dict[str, list[str]]) -> None:
    language = current_language()
    click.echo(f"{found.definition.name.of(language)} ({found.code})")
    click.echo(found.definition.words(language))
    value = (
        "—"
        if found.value is None
        else f"{float(found.value):.2%}"
        if found.definition.is_share
        else found.value
    )
    click.echo(
        f"{found.unit}, {found.period.label(language)}: {value}  ({found.numerator} / {found.denominator})"
    )
    if found.interval:
        low, high = found.interval
        click.echo(f"95 %: {low:.2%} – {high:.2%}")
    for name in ("definition_version", "data_version", "map", "as_of", "digest"):
        click.echo(f"{name}: {found.receipt[name]}")
    for part, keys in rows.items():
        click.echo(f"{part} ({len(keys)}):")
        for key in keys:
            click.echo(f"  {key}")


@click.group("indicators")
def indicators_command() -> None:
    """List and check indicator definitions."""


@indicators_command.command("list")
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def list_definitions(*, as_json: bool) -> None:
    """The indicators in force today."""
    language = current_language()
    known = public.definitions(date.today())  # noqa: DTZ011 - the operator's day
    if as_json:
        emit_json([_described(one) for one in known])
        return
    for one in known:
        click.echo(f"{one.code:<34} {one.kind:<7} {one.name.of(language)}")


@indicators_command.command("columns")
@click.argument("fact")
def list_columns(fact: str) -> None:
    """The columns an expression over a fact may use."""
    for column in warehouse.fact(fact).shown_columns:
        click.echo(f"{column.name:<22} {column.type:<10} {column.vi} / {column.en}")


@indicators_command.command("recount")
@click.argument("key")
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def recount_figure(key: str, *, as_json: bool) -> None:
    """Count a stored figure again by its receipt's key; exit code 1 when it is another figure now."""
    found = recount(key, to=console_actor())
    if as_json:
        changes = {part: vars(rows) for part, rows in (found.changes or {}).items()}
        emit_json(
            {"same": found.is_same, "stored": found.stored, "now": found.now.receipt, "changes": changes}
        )
    else:
        before, now = found.stored, found.now
        click.echo(f"{before['numerator']} / {before['denominator']} → {now.numerator} / {now.denominator}")
        for part, rows in (found.changes or {}).items():
            click.echo(f"{part}: + {', '.join(rows.came) or '–'}  − {', '.join(rows.went) or '–'}")
    if not found.is_same:
        raise SystemExit(1)


@indicators_command.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def check_file(file: Path, *, as_json: bool) -> None:
    """Check a file of definitions; every mistake is told with its place."""
    found = _problems(file)
    if as_json:
        emit_json({"file": file.name, "problems": [one.as_dict(gettext) for one in found]})
    for problem in () if as_json else found:
        say(_told(problem))
    if found:
        fail(f"{file.name}: {len(found)} problem(s)", code=REFUSED_INPUT)
    if not as_json:
        click.echo(f"{file.name}: ok")


def _problems(file: Path) -> list[Problem]:
    try:
        known = read_definitions(file)
    except InputRefused as refusal:
        return list(refusal.problems)
    found: list[Problem] = []
    for one in known:
        try:
            checked(one)
        except InputRefused as refusal:
            found.extend(refusal.problems)
    return found


def _told(problem: Problem) -> str:
    place = ":".join(str(part) for part in (problem.file, problem.row, problem.column) if part is not None)
    return f"{place}: {problem.in_words(gettext)} {problem.advice_in_words(gettext)}".rstrip()


def _described(one: public.Definition) -> dict[str, Any]:
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
        "source": one.source,
    }
