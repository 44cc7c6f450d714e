"""The API on 100,000 stored dossiers: receiving, listing, a burst, with web server, worker and database running.

What was answered is checked afterwards in the database: number, clock line, ledger row and message of every dossier
that was received, and `congtam verify`. Open Zaak's figures for the same are in docs/performance.md.
"""

from __future__ import annotations

import argparse
import http.client
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from click.testing import CliRunner

from bench import api_load
from bench.api_load import PROCEDURE, Caller, Load
from bench.installation import add_arguments, installation_of
from bench.rounds import median, percentile, table

DOSSIERS: Final = 100_000
LIST: Final = "/api/v1/dossiers?limit=100"
REST: Final = 5.0
"""Seconds after which the worker has taken in a few dozen receipts."""
CHECK: Final = """
    SELECT count(DISTINCT d.code), count(DISTINCT k.dossier_id), count(DISTINCT c.dossier_id),
           count(DISTINCT a.key), count(DISTINCT o.key)
    FROM unnest(%s::text[]) AS w(code)
    LEFT JOIN dossiers_dossier d ON d.code = w.code
    LEFT JOIN dossiers_deskrecord k ON k.dossier_id = d.id
    LEFT JOIN dossiers_clockline c ON c.dossier_id = d.id AND c.sequence = 1 AND c.due_at = d.due_at
    LEFT JOIN foundation_auditentry a ON a.kind = 'dossier' AND a.key = d.code AND a.verb = 'dossier.received'
    LEFT JOIN foundation_outboxmessage o ON o.topic = 'dossiers.changed' AND o.key = d.code
"""


@dataclass(frozen=True)
class Part:
    """How much of the whole measurement is done: all of it, or a small share to see that it works."""

    share: float

    def of(self, count: int) -> int:
        """So many of that many, at least one."""
        return max(1, round(count * self.share))


def desks_and_callers(port: int) -> tuple[list[str], list[Caller]]:
    """Ten communes of today; and with a token each a clerk, who sees everything, and who receives at all of them."""
    from congtam.foundation.public import Account, Grant, Role, console_actor, create_or_update_account
    from congtam.foundation.tokens import issue_token
    from congtam.org_units.public import tree

    actor, grants = console_actor(), [Grant(role=Role.CLERK, unit_code="08")]
    if not Account.objects.filter(username="bench").exists():
        password = "only for the bench"  # noqa: S105 - nobody signs in with it
        create_or_update_account(
            username="bench", name="Bench", password=password, grants=grants, actor=actor
        )
    tokens = [issue_token(each, name="bench", days=1, actor=actor) for each in ("motcua", "quantri", "bench")]
    desks = sorted(tree(date(2026, 1, 1)).descendants("08"))[:10]
    return desks, [Caller(port, token) for token in tokens]


def papers_of(caller: Caller) -> int:
    """How many papers the procedure asks for."""
    connection = http.client.HTTPConnection("127.0.0.1", caller.port)
    headers = {"Authorization": f"Bearer {caller.token}"}
    connection.request("GET", f"/api/v1/procedures/{PROCEDURE}", headers=headers)
    return len(json.loads(connection.getresponse().read())["papers"])


def row(name: str, load: Load, aim: str) -> list[str]:
    """A line of the table."""
    values = (median(load.seconds), percentile(load.seconds, 0.95))
    faults = f"{len(load.faults)} {load.faults[0]}" if load.faults else "0"
    return [name, f"{load.per_second:.0f}", *(f"{1000 * value:.1f}" for value in values), faults, aim]


def at_ten_desks(caller: Caller, desks: list[str], part: Part) -> Load:
    """Ten clients receive at ten desks."""
    before, api_load.UNITS = api_load.UNITS, desks
    load = caller.run(caller.receive, clients=10, rounds=part.of(150))
    api_load.UNITS = before
    return load


def lists_in_turn(callers: list[Caller], part: Part) -> list[Load]:
    """Read the list as each caller, twenty times in turn, after all have read it a few times."""
    for caller in callers:
        caller.run(caller.read(LIST), clients=2, rounds=part.of(10))
    loads = [Load() for _ in callers]
    for _ in range(6):
        for caller, load in zip(callers, loads, strict=True):
            load.add(caller.run(caller.read(LIST), clients=1, rounds=part.of(20)))
    return loads


def measure(
    clerk: Caller, everywhere: Caller, at_desks: Callable[[], Load], *, part: Part
) -> tuple[list[list[str]], list[str]]:
    """The rows of the table, and the codes of all that was received; lists first, when the worker is at rest."""
    lists = lists_in_turn([clerk, everywhere], part)
    crowd = clerk.run(clerk.read(LIST), clients=16, rounds=part.of(20))
    desks = at_desks()
    alone = clerk.run(clerk.receive, clients=1, rounds=part.of(200))
    ten = clerk.run(clerk.receive, clients=10, rounds=part.of(150))
    burst = clerk.burst(clerk.receive, per_second=50, seconds=part.of(30))
    ratio = median(lists[0].seconds) / median(lists[1].seconds)
    rows = [
        row("receive, 1 client", alone, "p50 ≤ 15 ms"),
        row("receive, 10 clients at ten desks", desks, "≥ 150/s, p95 ≤ 150 ms"),
        row("receive, 10 clients at one desk", ten, "≥ 150/s, p95 ≤ 150 ms"),
        row("list of 100, restricted, 1 client", lists[0], f"p50 ≤ 20 ms; ratio {ratio:.2f} ≤ 1.1"),
        row("list of 100, unrestricted, 1 client", lists[1], "p50 ≤ 20 ms"),
        row("list of 100, 16 clients", crowd, "≥ 60/s"),
        row(f"burst of 50/s for {part.of(30)} s", burst, "0 faults"),
    ]
    return rows, [*alone.codes, *desks.codes, *ten.codes, *burst.codes]


def memory(port: int) -> float:
    """The proportional memory of the web server's processes, in MiB."""
    total = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_text()
            if "granian" in command and f"\0{port}\0" in command:
                rollup = (process / "smaps_rollup").read_text().splitlines()
                total += sum(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
        except OSError:
            continue
    return total / 1024


def check(codes: list[str]) -> str:
    """How many of the dossiers have number, record, clock line, ledger row and message; and `congtam verify`."""
    from django.db import connection

    from congtam.config.verify import verify_command

    with connection.cursor() as cursor:
        cursor.execute(CHECK, [codes])
        found = cursor.fetchone()
    names = ("number", "record", "clock line", "ledger row", "message")
    counts = dict(zip(names, found, strict=True))
    result = CliRunner().invoke(verify_command)
    return f"received {len(codes)}, each once: {counts}; `congtam verify` ended with {result.exit_code}"


def main() -> None:
    """Load the dossiers once, then measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser, dossiers=DOSSIERS)
    parser.add_argument("--share", type=float, default=1.0, help="the share of the requests to send")
    arguments = parser.parse_args()
    site, part = installation_of(arguments), Part(arguments.share)
    site.load(arguments.dossiers)
    site.use()
    desks, (clerk, everywhere, all_desks) = desks_and_callers(site.port)
    with site.running():
        api_load.PAPERS = papers_of(clerk)
        clerk.run(clerk.receive, clients=4, rounds=part.of(20))
        time.sleep(REST * part.share)
        rows, codes = measure(clerk, everywhere, lambda: at_ten_desks(all_desks, desks, part), part=part)
        rows.append(["memory of the web server", "", "", "", f"{memory(site.port):.0f} MiB", "≤ 400 MiB"])
    print(table(["", "a second", "p50 ms", "p95 ms", "faults", "aim"], rows))
    print(f"\n{check(codes)}")


if __name__ == "__main__":
    main()
