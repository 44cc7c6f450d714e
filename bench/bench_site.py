"""The site at a million dossiers: pages, freshness after a change, start-up. Its data stay in build/bench-site.

The site is started as a person starts it and asked over HTTP by one client and by four. The sign-in page, which
reads nothing, is the baseline of the same run.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Final
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

from bench.rounds import median, percentile, table

ROOT: Final = Path(__file__).resolve().parents[1]
PORT: Final = 8791
ADDRESS: Final = f"http://127.0.0.1:{PORT}"
PERIOD: Final = "period=2024-Q4"
UNITS: Final = ("02", "024", "026", "027", "028", "031", "034", "00688", "00691", "00715")
INDICATORS: Final = (
    "dossiers.on_time_rate",
    "dossiers.open_overdue",
    "dossiers.working_days_median",
    "dossiers.online_filing_rate",
)
READY: Final = re.compile(r"ready", re.IGNORECASE)


def congtam(folder: Path, *arguments: str) -> None:
    """Run a command of the product on the bench's own data folder."""
    command = [sys.executable, "-m", "congtam", *arguments]
    subprocess.run(command, env=environment(folder), stdout=subprocess.DEVNULL, check=True)


def environment(folder: Path) -> dict[str, str]:
    """The environment in which the bench's installation runs."""
    return {**os.environ, "CONGTAM_DATA_DIR": str(folder), "DATABASE_URL": ""}


@contextmanager
def running_site(folder: Path) -> Iterator[float]:
    """The site as `congtam run` starts it; yields the seconds until it said that it was ready."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "congtam", "run", "--port", str(PORT)]
    with subprocess.Popen(command, env=environment(folder), stdout=subprocess.PIPE, text=True) as site:
        assert site.stdout is not None  # noqa: S101 - asked for above
        for line in site.stdout:
            if READY.search(line):
                break
        try:
            yield time.perf_counter() - start
        finally:
            site.send_signal(signal.SIGINT)
            site.communicate(timeout=60)


def sign_in(folder: Path) -> OpenerDirector:
    """A client signed in as the inspector of the demonstration."""
    jar = CookieJar()
    client = build_opener(HTTPCookieProcessor(jar))
    page = client.open(f"{ADDRESS}/accounts/login/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    password = (folder / "demo" / "password").read_text().strip()
    fields = {
        "login": "kiemtra",
        "password": password,
        "csrfmiddlewaretoken": token.group(1) if token else "",
    }
    client.open(f"{ADDRESS}/accounts/login/", urlencode(fields).encode()).read()
    return client


def times_of(client: OpenerDirector, paths: Sequence[str]) -> list[float]:
    """Seconds of each request, one after the other."""
    times = []
    for path in paths:
        start = time.perf_counter()
        with client.open(ADDRESS + path) as answer:
            answer.read()
        times.append(time.perf_counter() - start)
    return times


def pages() -> dict[str, list[str]]:
    """The paths of each kind of page, the first of each kind unmeasured."""
    units = [f"/figures/unit/{unit}/?{PERIOD}" for unit in UNITS]
    figures = [f"/figures/{code}/{unit}/?{PERIOD}" for code in INDICATORS for unit in UNITS]
    return {
        "sign-in page (baseline)": ["/accounts/login/"] * 20,
        "home page": ["/"] * 10,
        "unit page": units * 2,
        "figure page": figures,
        "rows behind a figure": [path.replace("/?", "/rows/?") for path in figures],
        "list of dossiers": ["/dossiers/"] * 10,
        "inspection form": ["/inspections/prepare/"] * 5,
    }


def crowd_times(guests: Sequence[OpenerDirector], paths: Sequence[str]) -> list[float]:
    """Seconds of each request when all guests ask at once."""
    with ThreadPoolExecutor(len(guests)) as pool:
        asked = [pool.submit(times_of, guest, paths) for guest in guests]
        return [seconds for each in asked for seconds in each.result()]


def page_rows(folder: Path) -> list[list[str]]:
    """One row per kind of page, for one client and for four."""
    rows = []
    client = sign_in(folder)
    guests = [sign_in(folder) for _ in range(4)]
    for name, paths in pages().items():
        # The sign-in page sends a signed-in client home, so its baseline is asked by a stranger.
        asked = build_opener() if "baseline" in name else client
        times_of(asked, paths[:1])
        alone = times_of(asked, paths)
        crowd = crowd_times(guests, paths)
        values = (median(alone), percentile(alone, 0.95), percentile(crowd, 0.95))
        rows.append([name, *(f"{1000 * value:.0f}" for value in values)])
    return rows


def freshness(folder: Path, rounds: int) -> list[float]:
    """Seconds from the commit of a changed dossier until cells of the new data version answer."""
    from congtam.config.embedded_postgres import EmbeddedPostgres

    server = EmbeddedPostgres(folder=folder / "postgres")
    os.environ.update(environment(folder), DATABASE_URL=server.start())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congtam.config.settings")
    import django

    django.setup()
    from bench.one_change import cells_version, change_one

    times = []
    for number in range(rounds):
        before = cells_version()
        change_one(number)
        start = time.perf_counter()
        while cells_version() == before:
            time.sleep(0.005)
        times.append(time.perf_counter() - start)
        time.sleep(0.5)
    server.release()
    return times


def main() -> None:
    """Load the million once, then measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=1_000_000)
    arguments = parser.parse_args()
    folder = ROOT / "build" / f"bench-site-{arguments.dossiers}"
    if not (folder / "demo" / "truth.json").exists():
        congtam(folder, "prepare")
        start = time.perf_counter()
        congtam(folder, "demo", "--dossiers", str(arguments.dossiers))
        print(f"Loading {arguments.dossiers:,} dossiers took {time.perf_counter() - start:.0f} s.\n")
    with running_site(folder) as started:
        rows = page_rows(folder)
        fresh = freshness(folder, 10)
    print(table(["page", "p50 ms", "p95 ms", "p95 ms, 4 clients"], rows))
    print("\nAim: unit page and figure page p95 ≤ 300 ms.\n")
    print(table(["", "median", "p95", "aim"], [
        ["freshness after a change, s", f"{median(fresh):.2f}", f"{percentile(fresh, 0.95):.2f}", "≤ 2"],
        ["start-up with data present, s", f"{started:.1f}", "", "seconds"],
    ]))  # fmt: skip


if __name__ == "__main__":
    main()
