"""How fast files come in: events a second of a real permit log, a million dossiers of a CSV, against bare parsing.

    python bench/bench_import.py [--dossiers 1000000] [--rounds 5] [--log FILE] [--database URL]

Works on a throw-away database, unless a migrated one is named, whose dossiers are then removed.
Prints a markdown table; reading alone is the baseline nobody can beat.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import os
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOG = (
    Path(os.environ.get("CONGTAM_REAL_DATA", ROOT.parent / "shared" / "data"))
    / "eventlogs"
    / "BPIC15_1.xes.gz"
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--log", type=Path, default=LOG)
    parser.add_argument(
        "--database", default="", help="the address of a migrated database that may be emptied"
    )
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="congtam-bench-") as folder,
        installation(Path(folder), options.database),
    ):
        rows = measure_log(options.log, options.rounds) if options.log.exists() else []
        rows += measure_csv(Path(folder), options.dossiers)
    print("| what | seconds (median) | p95 | per second |\n|---|---|---|---|")
    for name, seconds, count in rows:
        median = statistics.median(seconds)
        print(f"| {name} | {median:.2f} | {p95(seconds):.2f} | {count / median:,.0f} |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\npeak memory of the importing process: {peak:,.0f} MiB")


def p95(seconds: list[float]) -> float:
    """The 95th percentile; of few rounds, the slowest."""
    return max(seconds) if len(seconds) < 20 else statistics.quantiles(seconds, n=20)[-1]


@contextmanager
def installation(folder: Path, database: str) -> Iterator[None]:
    """The shipped units in that migrated database, or in one of its own that is gone afterwards."""
    from congtam.config.embedded_postgres import EmbeddedPostgres

    os.environ["CONGTAM_DATA_DIR"] = str(folder / "data")
    os.environ["DJANGO_SETTINGS_MODULE"] = "congtam.config.settings"
    server = None if database else EmbeddedPostgres(folder=folder / "postgres")
    os.environ["DATABASE_URL"] = server.start() if server else database
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from congtam.foundation.public import console_actor
    from congtam.org_units.public import load_catalogue

    if server:
        call_command("migrate", verbosity=0)
    load_catalogue(actor=console_actor())
    try:
        yield
    finally:
        connection.close()
        if server:
            server.release()


def measure_log(path: Path, rounds: int) -> list[tuple[str, list[float], int]]:
    """The permit log: bare XML parsing, then imports, alternating; each import into empty tables."""
    bare: list[float] = []
    imports: list[float] = []
    again: list[float] = []
    events = 0
    for number in range(rounds):
        bare.append(timed(lambda: parse_xml(path)))
        empty_tables()
        outcome, seconds = run(path, "bpic2015", f"log-{number}")
        imports.append(seconds)
        events = outcome.events
        outcome, seconds = run(path, "bpic2015", f"log-again-{number}")
        again.append(seconds)
        expect((outcome.new, outcome.changed), (0, 0))
    return [
        (f"{path.name}: bare XML parsing", bare, events),
        (f"{path.name}: import ({events:,} events)", imports, events),
        (f"{path.name}: the same again, nothing changes", again, events),
    ]


def measure_csv(folder: Path, dossiers: int) -> list[tuple[str, list[float], int]]:
    """A CSV of made-up dossiers, once: bare parsing, import, import again."""
    path = folder / "dossiers.csv"
    write_csv(path, dossiers)
    empty_tables()
    bare = timed(lambda: parse_csv(path))
    outcome, seconds = run(path, "dvcqg", "csv")
    expect(outcome.new, dossiers)
    repeated, again = run(path, "dvcqg", "csv-again")
    expect(repeated.unchanged, dossiers)
    return [
        (f"CSV of {dossiers:,} dossiers: bare parsing", [bare], dossiers),
        (f"CSV of {dossiers:,} dossiers: import", [seconds], dossiers),
        (f"CSV of {dossiers:,} dossiers: the same again, nothing changes", [again], dossiers),
    ]


def run(path: Path, mapping: str, key: str) -> tuple[Any, float]:
    """Import a file and time it."""
    from congtam.foundation.public import console_actor
    from congtam.testing.doors.imports import ImportOrder, get_mapping, run_import

    order = ImportOrder(
        path=path,
        name=path.name,
        mapping=get_mapping(mapping),
        unit_code="024",
        actor=console_actor(),
        import_key=key,
    )
    started = time.perf_counter()
    outcome = run_import(order, refused_to=path.with_suffix(".refused"))
    expect(outcome.problem_counts.keys() - {"due_before_received", "columns_absent"}, set())
    return outcome, time.perf_counter() - started


def expect(found: object, wanted: object) -> None:
    """A measurement of wrong work is worth nothing."""
    if found != wanted:
        raise SystemExit(f"the work measured is wrong: {found} instead of {wanted}")


def empty_tables() -> None:
    """Remove all dossiers."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE dossiers_dossier, dossiers_step, dossiers_suspension, dossiers_subject CASCADE"
        )


def timed(work: Callable[[], object]) -> float:
    """Seconds a piece of work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def parse_xml(path: Path) -> int:
    """Read every case of a log and forget it."""
    from lxml import etree

    count = 0
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
        for _, element in etree.iterparse(stream, tag="{*}trace"):
            count += len(element)
            element.clear()
    return count


def parse_csv(path: Path) -> int:
    """Read every row of a file and forget it."""
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.DictReader(file))


def write_csv(path: Path, count: int) -> None:
    """Made-up dossiers in the columns of the national portal; the same ones every time."""
    draw = random.Random(20260302)  # noqa: S311 - not for secrets
    first = datetime(2024, 1, 2, 7, 30)  # noqa: DTZ001 - local stamps of the source
    procedures = [
        (f"1.{1000 + n:06d}", f"Thủ tục số {n} về đất đai, hộ tịch", f"Lĩnh vực {n % 12}") for n in range(60)
    ]
    header = "MaHoSo,MaTTHC,TenTTHC,TenLinhVuc,ChuHoSo,HinhThuc,"
    header += "NgayTiepNhan,NgayHenTra,NgayKetThucXuLy,TrangThaiHoSo,LePhi"
    stamp = "%Y%m%d%H%M%S"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(header + "\n")
        for number in range(count):
            received = first + timedelta(seconds=draw.randrange(365 * 86_400))
            due = received + timedelta(days=draw.randrange(1, 30))
            finished = received + timedelta(hours=draw.randrange(1, 800))
            code, name, field = procedures[draw.randrange(60)]
            dossier = f"H22.09.{number % 40:02d}-{received:%y%m%d}-{number:07d}"
            dates = f"{received:{stamp}},{due:{stamp}},{finished:{stamp}}"
            filed = f'{code},"{name}",{field},Người số {number % 9999},{draw.randrange(1, 4)}'
            file.write(f"{dossier},{filed},{dates},9,{draw.randrange(0, 20) * 5000}\n")


if __name__ == "__main__":
    main()
