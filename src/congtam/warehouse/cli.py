"""`congtam warehouse`: rebuild and verify the column store."""

from __future__ import annotations

from typing import Any

import click
from django.utils.translation import gettext as _

from congtam.foundation.cli_support import emit_json, progress, say
from congtam.kernel.clock import LOCAL
from congtam.warehouse import public, queries
from congtam.warehouse.actions import sync
from congtam.warehouse.actions.compare import Comparison


@click.group("warehouse")
def warehouse_command() -> None:
    """The column store that figures are computed from."""


@warehouse_command.command()
@click.option("--fact", "fact_name", help="Only this fact table [all].")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document to standard output.")
def rebuild(fact_name: str | None, *, as_json: bool) -> None:
    """Rebuild the warehouse from the database."""
    names = [fact_name] if fact_name else [fact.name for fact in public.facts()]
    with progress(_("Rebuilding the warehouse")) as advance:
        for done, name in enumerate(names):
            advance(done, len(names))
            sync.rebuild(name)
        advance(len(names), len(names))
    _print_tables(names, as_json=as_json)


@warehouse_command.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document to standard output.")
def status(*, as_json: bool) -> None:
    """Show the version of each fact table and when it was written."""
    _print_tables([fact.name for fact in public.facts()], as_json=as_json)


@warehouse_command.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document to standard output.")
def compare(*, as_json: bool) -> None:
    """Compare the warehouse with the database, row by row where sums differ; exit code 1 when they differ."""
    comparisons = [public.compare_with_database(fact.name) for fact in public.facts()]
    if as_json:
        emit_json(
            {
                "facts": [_serialize_comparison(one) for one in comparisons],
                "agrees": all(one.agrees for one in comparisons),
            }
        )
    for one in comparisons:
        if not as_json:
            text = _("{fact}: {database} rows in the database, {warehouse} in the warehouse")
            click.echo(
                text.format(fact=one.fact, database=one.rows_in_database, warehouse=one.rows_in_warehouse)
            )
        for difference in one.differences:
            say(f"  {difference.month:%Y-%m} {difference.key}: {_(difference.kind)}")
    if not all(one.agrees for one in comparisons):
        raise SystemExit(1)


def _serialize_comparison(one: Comparison) -> dict[str, Any]:
    differences = [{"month": d.month, "key": d.key, "kind": d.kind} for d in one.differences]
    return {
        "fact": one.fact,
        "version": one.version,
        "rows_in_database": one.rows_in_database,
        "rows_in_warehouse": one.rows_in_warehouse,
        "differences": differences,
    }


def _print_tables(names: list[str], *, as_json: bool) -> None:
    tables = [_table_status(name) for name in names]
    if as_json:
        emit_json({"facts": tables})
        return
    for table in tables:
        changed_at = table["changed_at"]
        text = (
            _("{fact}: version {version}, {rows} rows, written {instant}")
            if changed_at
            else _("{fact}: not built yet")
        )
        instant = f"{changed_at.astimezone(LOCAL):%d/%m/%Y %H:%M}" if changed_at else ""
        click.echo(text.format(**table, instant=instant))


def _table_status(name: str) -> dict[str, Any]:
    public.fact(name)
    row = queries.find_table(name)
    if row is None:
        return {"fact": name, "version": public.NO_VERSION, "rows": 0, "changed_at": None}
    return {"fact": name, "version": row.version, "rows": row.row_count, "changed_at": row.changed_at}
