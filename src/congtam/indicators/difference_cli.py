"""`congtam figures diff`: which rows came, went and changed between two receipts, and why."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext as _

from congtam.foundation.cli_support import JsonCommand, emit_json, exit_with_problems
from congtam.foundation.public import console_actor
from congtam.indicators.domain.receipt_files import ReceiptFile, read_receipt
from congtam.indicators.domain.row_changes import Change, Reason, RowDifferences
from congtam.indicators.figures.differences import receipt_differences
from congtam.kernel.errors import InputRefused, Problem, msgid

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_CHANGES = {Change.CAME: msgid("Came"), Change.WENT: msgid("Went"), Change.CHANGED: msgid("Changed")}
REASON_LABELS = {
    Reason.MAP: msgid("another map of units"),
    Reason.DEFINITION: msgid("another version of the definition"),
    Reason.TIME: msgid("time passed"),
    Reason.LATE_ENTRY: msgid("entered later"),
    Reason.CORRECTION: msgid("corrected in the data"),
}


@click.group("figures")
def figures_command() -> None:
    """Compare figures by their receipts."""


@figures_command.command("diff", cls=JsonCommand)
@click.argument("first", type=_FILE)
@click.argument("second", type=_FILE)
@click.option("--rows", "with_rows", is_flag=True, help="List the rows that came, went and changed.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document to standard output.")
def compare_receipts(first: Path, second: Path, *, with_rows: bool, as_json: bool) -> None:
    """Say what changed between two receipts that `congtam figure --json` printed, and why."""
    try:
        receipts = _read_both(first, second)
        differences = receipt_differences(*receipts, names=(first.name, second.name), to=console_actor())
    except InputRefused as refusal:
        exit_with_problems(refusal.problems, as_json=as_json, counts={})
    if as_json:
        emit_json(_serialize(differences, with_rows=with_rows))
    else:
        _print_differences(differences, with_rows=with_rows)


def _read_both(first: Path, second: Path) -> tuple[ReceiptFile, ReceiptFile]:
    """Both receipts, or InputRefused with the problems of both files."""
    problems: list[Problem] = []
    receipts: list[ReceiptFile] = []
    for path in (first, second):
        try:
            receipts.append(read_receipt(path.read_bytes(), name=path.name))
        except InputRefused as refusal:
            problems.extend(refusal.problems)
    if problems:
        raise InputRefused(problems)
    return receipts[0], receipts[1]


def _serialize(differences: RowDifferences, *, with_rows: bool) -> dict[str, Any]:
    counts = {change.value: differences.count(change) for change in Change}
    rows = [asdict(one) for one in differences.rows] if with_rows else []
    return {**counts, "reasons": differences.reasons, "rows": rows}


def _print_differences(differences: RowDifferences, *, with_rows: bool) -> None:
    for change, label in _CHANGES.items():
        click.echo(f"{_(label)}: {differences.count(change)}")
    for reason, count in differences.reasons.items():
        click.echo(f"  {_(REASON_LABELS[Reason(reason)])}: {count}")
    for one in differences.rows if with_rows else ():
        click.echo(f"{one.key}  {_(_CHANGES[one.change])}  {_(REASON_LABELS[one.reason])}")
