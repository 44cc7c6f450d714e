"""`congtam indicators parameters`: list the parameters that decisions set, and enter a file of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext as _

from congtam.foundation.cli_support import emit_json, exit_with_problems
from congtam.foundation.public import console_actor
from congtam.indicators.models import SetParameter
from congtam.indicators.targets.parameter_file import read_parameters
from congtam.indicators.targets.parameters import list_parameters, set_parameters
from congtam.kernel.errors import InputRefused

_JSON_HELP = "Print one JSON document to standard output."


@click.group("parameters")
def parameters_command() -> None:
    """List and enter parameters that expressions look up."""


@parameters_command.command("list")
@click.option("--json", "as_json", is_flag=True, help=_JSON_HELP)
def show_parameters(*, as_json: bool) -> None:
    """The parameters that are set."""
    rows = [_serialize_parameter(one) for one in list_parameters()]
    if as_json:
        emit_json(rows)
        return
    for row in rows:
        ends = f"{row['from']}..{row['until'] or ''}"
        click.echo(
            f"{row['code']:<30} {row['value']:<12g} {row['unit']} {row['kind']} {ends}  {row['decision']}"
        )


@parameters_command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help=_JSON_HELP)
def import_parameters(file: Path, *, as_json: bool) -> None:
    """Enter the parameters of a YAML file; all of them or, with any mistake, none."""
    try:
        rows = set_parameters(read_parameters(file), actor=console_actor())
    except InputRefused as refusal:
        exit_with_problems(refusal.problems, as_json=as_json, counts={"entered": 0})
    if as_json:
        emit_json({"entered": len(rows), "problems": []})
    else:
        click.echo(_("Parameters entered: {count}").format(count=len(rows)))


def _serialize_parameter(one: SetParameter) -> dict[str, Any]:
    return {
        "key": one.key,
        "code": one.code,
        "name": one.name,
        "measure": one.measure,
        "value": float(one.value),
        "unit": one.unit_code,
        "kind": one.unit_kind,
        "from": one.valid.lower.isoformat(),
        "until": one.valid.upper.isoformat() if one.valid.upper else None,
        "decision": one.decision,
        "decided_on": one.decided_on.isoformat(),
    }
