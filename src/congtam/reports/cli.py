"""`congtam inspect` and `congtam reports`: an inspection pack, and the figures of a printed file, on the console."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any, Final

import click
from django.utils.translation import gettext as _

from congtam.foundation.cli_support import (
    FAILED,
    REFUSED_INPUT,
    WRONG_USAGE,
    PeriodType,
    emit_json,
    fail,
    say,
)
from congtam.foundation.lifecycle import Verb
from congtam.foundation.operator import operator
from congtam.foundation.public import Actor, clock, console_actor, drain_outbox
from congtam.inspections.public import (
    ANNOUNCE,
    LARGEST_SAMPLE,
    LARGEST_SEED,
    METHOD,
    METHODS,
    OPEN,
    PACKS,
    USUAL_SAMPLE,
    WITHDRAW,
    PackContent,
    content_of,
    dump,
    prepare,
)
from congtam.kernel.clock import today
from congtam.kernel.errors import DomainError, InputRefused, NotFound, msgid
from congtam.kernel.periods import Period
from congtam.org_units.public import resolve_unit_code
from congtam.reports.actions.check import CheckedFigure, RecountOutcome, check_file
from congtam.reports.actions.export import export_pack
from congtam.typesetting.public import LARGEST_FILE
from congtam.ui.public import current_language

_AS_ACCOUNT: Final = click.option(
    "--as",
    "account",
    metavar="ACCOUNT",
    help="Act as this account, with its roles; the pack names it [the user of this system].",
)


@click.group(name="inspect")
def inspect_command() -> None:
    """Prepare an inspection."""


@inspect_command.command(name="prepare")
@click.option("--unit", required=True, help="The unit by name or code: 'Thành phố Hà Giang', 024.")
@click.option(
    "--period",
    required=True,
    type=PeriodType(),
    help="As you write it: '9 tháng đầu năm 2024', 'quý III/2025', 'từ 01/01 đến 30/09/2024', or 2025-Q3.",
)
@click.option(
    "--out",
    "folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write to; it must be empty or not exist.",
)
@click.option("--seed", type=click.IntRange(0, LARGEST_SEED), help="Seed of the draw [random].")
@click.option(
    "--sample",
    "size",
    type=click.IntRange(1, LARGEST_SAMPLE),
    default=USUAL_SAMPLE,
    show_default=True,
    help="Dossiers in the sample.",
)
@click.option(
    "--method",
    type=click.Choice(METHODS),
    default=METHOD,
    show_default=True,
    help="Rules of the draw; an earlier one repeats the sample of a pack made with it.",
)
@click.option("--force", is_flag=True, help="Replace a folder that is not empty.")
@_AS_ACCOUNT
@click.option("--json", "as_json", is_flag=True, help="Print the pack as one JSON document.")
def prepare_pack(
    *,
    unit: str,
    period: Period,
    folder: Path,
    account: str | None,
    force: bool,
    as_json: bool,
    **draw: Any,
) -> None:
    """Write the report, pack.json, figures.csv, sample.csv, all flagged dossiers and the charts of a unit."""
    actor = _operator(account)
    drain_outbox()
    seed = secrets.randbelow(LARGEST_SEED) if draw["seed"] is None else draw["seed"]
    try:
        code = resolve_unit_code(unit, on=today(clock()), to=actor)
        pack = prepare(
            unit=code,
            period=period,
            seed=seed,
            sample_size=draw["size"],
            method=draw["method"],
            actor=actor,
        )
    except DomainError as refused:
        problems = refused.problems if isinstance(refused, InputRefused) else (refused,)
        fail("\n".join(one.format_message(_) for one in problems), code=REFUSED_INPUT)
    try:
        files = export_pack(pack, folder.absolute(), actor=actor, force=force)
    except OSError as error:
        text = _("The folder {folder} cannot be written: {reason}. Choose another one with --out.")
        fail(text.format(folder=folder, reason=error.strerror))
    content = content_of(pack)
    if as_json:
        written = {"key": pack.key, "digest": pack.digest, "out": str(folder), "files": files}
        emit_json({**written, **dump(content)})
    else:
        click.echo(f"{pack.key}")
        _print_content(content, period=period, seed=seed)
        click.echo(f"  {folder}: {', '.join(files)}")


def _print_content(content: PackContent, *, period: Period, seed: int) -> None:
    """What a pack holds, in two lines."""
    text = _("{unit}, {period}: {figures} figures, {flags} red flags raised").format(
        unit=content.unit.name,
        period=period.label(current_language()),
        figures=len(content.indicators),
        flags=sum(flag.count > 0 for flag in content.flags),
    )
    click.echo(f"  {text}")
    sample = content.sample
    text = _("sample of {size} from {population} dossiers, seed {seed}")
    click.echo("  " + text.format(size=sample.size, population=sample.population, seed=seed))


def _register_verb_command(verb: Verb[Any], summary: str) -> None:
    """A command that does one verb with one pack."""

    @inspect_command.command(name=verb.code, help=summary)
    @click.argument("key")
    @_AS_ACCOUNT
    def perform(*, key: str, account: str | None) -> None:
        _perform_verb(key, verb, {}, account=account)


@inspect_command.command(name="withdraw")
@click.argument("key")
@click.option("--reason", required=True, help="Why the pack is withdrawn; kept in the ledger.")
@_AS_ACCOUNT
def withdraw_pack(*, key: str, reason: str, account: str | None) -> None:
    """Withdraw a pack made by mistake: off all lists, kept in the ledger."""
    _perform_verb(key, WITHDRAW, {"reason": reason}, account=account)


_register_verb_command(
    ANNOUNCE, msgid("Announce the inspection to the unit: it sees period, seed and its own figures.")
)
_register_verb_command(OPEN, msgid("Open the pack to the unit: it gets flags, sample and report."))


def _operator(account: str | None) -> Actor:
    try:
        return operator(account)
    except NotFound as unknown:
        fail(unknown.format_message(_), code=WRONG_USAGE)


def _perform_verb(key: str, verb: Verb[Any], data: dict[str, str], *, account: str | None) -> None:
    actor = _operator(account)
    try:
        PACKS.perform(key, verb, actor=actor, data=data)
    except DomainError as error:
        fail(error.format_message(_), code=REFUSED_INPUT)
    click.echo(f"{key}: {_(verb.done)}")


@click.group(name="reports")
def reports_command() -> None:
    """Check printed reports."""


@reports_command.command(name="check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document to standard output.")
def check_report(file: Path, *, as_json: bool) -> None:
    """Compare every figure of a .docx or PDF report with its receipt, and count it again.

    Exit code 0 when all are as printed, 1 when one is not or counts otherwise today, 3 when the file cannot be checked.
    """
    actor = console_actor()
    drain_outbox()
    try:
        checked = check_file(read_file_prefix(file), actor=actor)
    except DomainError as error:
        fail(f"{file.name}: {error.format_message(_)}", code=REFUSED_INPUT)
    if as_json:
        emit_json({"file": file.name, "figures": [_serialize_figure(one) for one in checked]})
    for one in () if as_json else checked:
        click.echo(_format_figure(one))
    wrong = sum(not one.is_right for one in checked)
    text = _("{file}: {count} figures checked, {wrong} to review")
    say(text.format(file=file.name, count=len(checked), wrong=wrong))
    if wrong:
        raise SystemExit(FAILED)


def read_file_prefix(file: Path) -> bytes:
    """The file, or its beginning when it is larger than any that is checked: that is refused by its size."""
    with file.open("rb") as source:
        return source.read(LARGEST_FILE + 1)


def _format_figure(one: CheckedFigure) -> str:
    receipt = one.receipt
    remarks = [
        *([] if one.is_as_receipt else [_printed_remark(one)]),
        *([] if one.recounted is RecountOutcome.SAME else [_recount_remark(one)]),
    ]
    head = f"[{one.figure.n}] {receipt.code} {receipt.unit} {receipt.period}: {one.figure.printed or '–'}"
    return f"{head}  {'; '.join(remarks) or _('OK')}"


def _printed_remark(one: CheckedFigure) -> str:
    if not one.figure.printed:
        return _("no longer in the text")
    return _("the receipt says {value}").format(value=one.expected_text)


def _recount_remark(one: CheckedFigure) -> str:
    remarks = {
        RecountOutcome.CHANGED: _("counted today: {value}, from other rows or by another definition").format(
            value=one.now
        ),
        RecountOutcome.UNKNOWN: _("no such receipt is stored here"),
        RecountOutcome.FORGED: _("the stored receipt says something else: the file was forged"),
    }
    return remarks[one.recounted]


def _serialize_figure(one: CheckedFigure) -> dict[str, Any]:
    return {
        "n": one.figure.n,
        "code": one.receipt.code,
        "unit": one.receipt.unit,
        "period": one.receipt.period,
        "printed": one.figure.printed,
        "receipt": one.expected_text,
        "is_as_receipt": one.is_as_receipt,
        "recounted": one.recounted.value,
        "now": one.now,
        "digest": one.receipt.digest,
    }
