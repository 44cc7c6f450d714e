"""What every command shares: JSON on standard output alone, progress on a terminal only, exit codes with a meaning."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date, datetime, time
from typing import Any, Final, NoReturn

import click
from django.utils import translation
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from congtam.kernel.clock import LOCAL
from congtam.kernel.errors import DomainError, Problem
from congtam.kernel.input.days import DayMalformed, parse_day
from congtam.kernel.input.periods import parse_period
from congtam.kernel.periods import Period, PeriodMalformed
from congtam.kernel.progress import Advance, ignore_advance

DONE: Final = 0
FAILED: Final = 1
WRONG_USAGE: Final = 2
REFUSED_INPUT: Final = 3


class PeriodType(click.ParamType[Period]):
    """A period as people write it, or as addresses do: “quý III/2025”, “2025-Q3”."""

    name = "period"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        try:
            return parse_period(str(value))
        except PeriodMalformed as error:
            self.fail(error.format_message(_), param, ctx)


class JsonCommand(click.Command):
    """A command that under ``--json`` answers as JSON also where it refuses: ``{"problems": [...]}``, its exit code."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        as_json = "--json" in args
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.UsageError as error:
            if not as_json:
                raise
            emit_json({"problems": [{"code": "wrong_usage", "message": error.format_message()}]})
            raise SystemExit(WRONG_USAGE) from None

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DomainError as error:
            if not ctx.params.get("as_json"):
                raise
            emit_json(
                {"problems": [{"code": error.code, "message": error.format_message(_), "data": error.data}]}
            )
            raise SystemExit(FAILED) from None


class DayType(click.ParamType[datetime]):
    """The midnight of a day as people write it, or as programs do: “30/09/2024”, “2024-09-30”."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            day = parse_day(value if isinstance(value, date) else str(value))
            return datetime.combine(day, time(0), LOCAL)
        except DayMalformed as error:
            self.fail(error.format_message(_), param, ctx)


def emit_json(document: Any) -> None:
    """Print one JSON document to standard output."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2, default=str))


def output_language(*, as_json: bool) -> AbstractContextManager[None]:
    """While texts are made: programs read the same English words everywhere, people those of the console."""
    return translation.override("en") if as_json else nullcontext()


def say(text: str) -> None:
    """Tell the person at the terminal something, never on standard output."""
    click.echo(text, err=True)


def fail(text: str, *, code: int = FAILED) -> NoReturn:
    """Say what is wrong and what to do, and leave with an exit code."""
    say(text)
    raise SystemExit(code)


def exit_with_problems(problems: Sequence[Problem], *, as_json: bool, counts: Mapping[str, Any]) -> NoReturn:
    """Tell every problem with its place, and leave; ``counts`` says in the JSON that nothing was."""
    if as_json:
        emit_json({**counts, "problems": [problem.as_dict() for problem in problems]})
    for problem in () if as_json else problems:
        where = " ".join(
            str(part) for part in (problem.file, problem.sheet, problem.row, problem.column) if part
        )
        say(f"  {where}: {problem.format_message(_)} {problem.format_advice(_)}")
    raise SystemExit(REFUSED_INPUT)


@contextmanager
def progress(title: str) -> Iterator[Advance]:
    """A progress bar on standard error when that is a terminal; silence in a pipe."""
    if not sys.stderr.isatty():
        yield ignore_advance
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f}"),
    )
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task(title, total=None)

        def advance(done: int, total: int | None = None) -> None:
            bar.update(task, completed=done, total=total)

        yield advance
