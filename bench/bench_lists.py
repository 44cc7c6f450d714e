"""Lists and exports at a million dossiers: a page, overdue now, for everybody and for one district; time and memory.

Uses the installation that `bench_site` loads; each export runs in a process of its own, whose peak memory is told.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Final

from bench.installation import ROOT, Installation, add_arguments, installation_of
from bench.rounds import alternate, median, table

DISTRICT: Final = "024"


def page_rows(rounds: int) -> list[list[str]]:
    """Median milliseconds of each list for who sees everything and for who sees one district."""
    from congtam.dossiers.lists.queries import Filters, list_rows
    from congtam.dossiers.lists.queries.work import WorkKind, work_list
    from congtam.foundation.public import Actor, Grant, Role, clock, console_actor

    clerk = Actor(username="bench", name="", grants=(Grant(role=Role.CLERK, unit_code=DISTRICT),))
    now = clock().now()
    rows: list[list[str]] = []
    asked: dict[str, Callable[[Actor], object]] = {
        "list of 100, 45 fields": lambda to: list_rows(Filters(), to=to, now=now, limit=100),
        "overdue now, 50": lambda to: work_list(WorkKind.OVERDUE, to=to, now=now),
        "sorted by code": lambda to: list_rows(Filters(sort="code"), to=to, now=now),
        "waiting for the applicant": lambda to: list_rows(
            Filters(state="awaiting_supplement"), to=to, now=now
        ),
        "by a name": lambda to: list_rows(Filters(text="vi thu lien"), to=to, now=now),
        "by a name that many bear": lambda to: list_rows(Filters(text="nguyen van"), to=to, now=now),
        "by the last digits of a code": lambda to: list_rows(Filters(text="-0001"), to=to, now=now),
    }
    for name, ask in asked.items():
        everybody, one = alternate([partial(ask, console_actor()), partial(ask, clerk)], rounds=rounds)
        rows.append([name, *(f"{1000 * median(times):.1f}" for times in (everybody, one))])
    return rows


def export(form: str) -> None:
    """Write the whole list into nothing; print rows of the table."""
    from congtam.dossiers.lists.export import Export, begin_export
    from congtam.dossiers.record.visibility import visible_to
    from congtam.foundation.public import clock, console_actor

    actor, begin = console_actor(), time.perf_counter()
    wanted = Export(
        dossiers=visible_to(actor),
        order="-received",
        form=form,
        actor=actor,
        now=clock().now(),
        parameters={},
    )
    size = sum(len(piece) for piece in begin_export(wanted))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{time.perf_counter() - begin:.1f},{size / 1e6:.0f},{peak:.0f}")


def exported(site: Installation, form: str) -> list[str]:
    """Seconds, megabytes written and peak memory of one export."""
    command = [sys.executable, "-m", "bench.bench_lists", "--export", form]
    command += ["--folder", str(site.folder), "--database", site.database]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return [f".{form}", *done.stdout.strip().split(",")]


def main() -> None:
    """Measure; the data are loaded once."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser, dossiers=1_000_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--export", choices=["csv", "xlsx"])
    arguments = parser.parse_args()
    site = installation_of(arguments)
    site.load(arguments.dossiers)
    site.use()
    if arguments.export:
        export(arguments.export)
        return
    print(table(["list", "sees everything, ms", "sees one district, ms"], page_rows(arguments.rounds)))
    print("\nAim: list of 100 in 20 ms, overdue now in 10 ms, restricted at most 1.1 times as slow.\n")
    rows = [exported(site, form) for form in ("csv", "xlsx")]
    print(table(["export of all rows", "s", "MB", "peak MiB"], rows))
    print("\nAim: 60 s and 300 MiB.")


if __name__ == "__main__":
    main()
