"""The site at a million dossiers: pages, freshness after a change, start-up. Its data stay in build/bench-site.

The site is started as a person starts it and asked over HTTP by one client and by four. The sign-in page, which
reads nothing, is the baseline of the same run.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from typing import Final
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

from bench.installation import Installation, add_arguments, installation_of
from bench.rounds import median, percentile, table

PERIOD: Final = "period=2024-Q4"
UNITS: Final = ("02", "024", "026", "027", "028", "031", "034", "00688", "00691", "00715")
INDICATORS: Final = (
    "dossiers.on_time_rate",
    "dossiers.open_overdue",
    "dossiers.working_days_median",
    "dossiers.online_filing_rate",
)


def sign_in(site: Installation, jar: CookieJar) -> OpenerDirector:
    """A client signed in as the inspector of the demonstration; who sends the cookies of the jar is, too."""
    client = build_opener(HTTPCookieProcessor(jar))
    page = client.open(f"{site.address}/accounts/login/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    password = (site.folder / "demo" / "password").read_text().strip()
    fields = {
        "login": "kiemtra",
        "password": password,
        "csrfmiddlewaretoken": token.group(1) if token else "",
    }
    answer = client.open(f"{site.address}/accounts/login/", urlencode(fields).encode())
    if "/accounts/login/" in answer.url:
        raise SystemExit("The inspector of the demonstration could not sign in.")
    answer.read()
    return client


def times_of(client: OpenerDirector, addresses: Sequence[str]) -> list[float]:
    """Seconds of each request, one after the other."""
    times = []
    for address in addresses:
        start = time.perf_counter()
        with client.open(address) as answer:
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


def crowd_times(guests: Sequence[OpenerDirector], addresses: Sequence[str]) -> list[float]:
    """Seconds of each request when all guests ask at once."""
    with ThreadPoolExecutor(len(guests)) as pool:
        asked = [pool.submit(times_of, guest, addresses) for guest in guests]
        return [seconds for each in asked for seconds in each.result()]


def page_rows(site: Installation, requests: int) -> list[list[str]]:
    """One row per kind of page, for one client and for four; of each kind so many requests at most."""
    rows = []
    jar = CookieJar()
    client = sign_in(site, jar)
    guests = [build_opener(HTTPCookieProcessor(jar)) for _ in range(4)]
    for name, paths in pages().items():
        # The sign-in page sends a signed-in client home, so its baseline is asked by a stranger.
        asked = build_opener() if "baseline" in name else client
        addresses = [site.address + path for path in paths[:requests]]
        times_of(asked, addresses[:1])
        alone = times_of(asked, addresses)
        crowd = crowd_times(guests, addresses)
        values = (median(alone), percentile(alone, 0.95), percentile(crowd, 0.95))
        rows.append([name, *(f"{1000 * value:.0f}" for value in values)])
    return rows


def freshness(site: Installation, rounds: int) -> list[float]:
    """Seconds from the commit of a changed dossier until cells of the new data version answer."""
    site.use()
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
    return times


def main() -> None:
    """Load the million once, then measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser, dossiers=1_000_000)
    parser.add_argument("--requests", type=int, default=40, help="of each kind of page, at most")
    parser.add_argument("--rounds", type=int, default=10, help="changes whose freshness is measured")
    arguments = parser.parse_args()
    site = installation_of(arguments)
    loading = site.load(arguments.dossiers)
    if loading is not None:
        print(f"Loading {arguments.dossiers:,} dossiers took {loading:.0f} s.\n")
    with site.running() as started:
        rows = page_rows(site, arguments.requests)
        fresh = freshness(site, arguments.rounds)
    print(table(["page", "p50 ms", "p95 ms", "p95 ms, 4 clients"], rows))
    print("\nAim: unit page and figure page p95 ≤ 300 ms.\n")
    print(table(["", "median", "p95", "aim"], [
        ["freshness after a change, s", f"{median(fresh):.2f}", f"{percentile(fresh, 0.95):.2f}", "≤ 2"],
        ["start-up with data present, s", f"{started:.1f}", "", "seconds"],
    ]))  # fmt: skip


if __name__ == "__main__":
    main()
