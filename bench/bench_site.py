"""The site at a million dossiers: pages, freshness after a change, start-up. Its data stay in build/bench-site.

The site is started as a person starts it and asked over HTTP by requests that arrive by a timetable, whether or not
earlier ones are answered. Beside the time from the due instant to the answer stands the processor time of the web
server and of the database for one page, with that of the clients apart. The sign-in page, which reads nothing, is the
baseline of the same run.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http.cookiejar import CookieJar
from typing import Final
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

from bench.cpu_time import CpuTime, Processes
from bench.installation import Installation, add_arguments, installation_of
from bench.open_loop import Answers, Clients, Timetable
from bench.rounds import median, percentile, table

PERIOD: Final = "period=2024-Q4"
UNITS: Final = ("02", "024", "026", "027", "028", "031", "034", "00688", "00691", "00715")
LISTS: Final = {
    "list of dossiers": "",
    "list of one district": "?unit=024",
    "list by code": "?sort=code",
    "list by state": "?state=in_progress",
    "list by channel": "?channel=post",
    "list by officer": "?officer=nobody",
    "list by procedure": "?procedure=khai+sinh",
    "overdue": "?overdue=1",
    "search: code": "?q=000",
    "search: end of a code": "?q=-0001",
    "search: name": "?q=vi+thu+lien",
    "search: name that many bear": "?q=nguyen+van",
    "search: words of a procedure": "?q=khai+sinh",
    "search: nothing matches": "?q=xyzzy+qwerty",
    "work list: overdue": "work/?list=overdue",
    "counts of the work lists": "work/counts/",
}
"""Lists and searches, by their addresses."""
INDICATORS: Final = (
    "dossiers.on_time_rate",
    "dossiers.open_overdue",
    "dossiers.working_days_median",
    "dossiers.online_filing_rate",
)


def sign_in(site: Installation) -> OpenerDirector:
    """A client signed in as the inspector of the demonstration."""
    jar = CookieJar()
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


def cookie_of(client: OpenerDirector) -> str:
    """The cookies of a signed-in client as a header."""
    (jar,) = (handler.cookiejar for handler in client.handlers if isinstance(handler, HTTPCookieProcessor))
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def pages() -> dict[str, list[str]]:
    """The paths of each kind of page."""
    units = [f"/figures/unit/{unit}/?{PERIOD}" for unit in UNITS]
    figures = [f"/figures/{code}/{unit}/?{PERIOD}" for code in INDICATORS for unit in UNITS]
    return {
        "home page": ["/"],
        "unit page": units,
        "figure page": figures,
        "rows behind a figure": [path.replace("/?", "/rows/?") for path in figures],
        "inspection form": ["/inspections/prepare/"],
        **{name: [f"/dossiers/{query}"] for name, query in LISTS.items()},
    }


def page_rows(site: Installation, *, requests: int, per_second: float) -> list[list[str]]:
    """One row per kind of page, each requested so often."""
    client = sign_in(site)
    # The sign-in page sends a signed-in client home, so its baseline is asked by a stranger.
    stranger, inspector = (
        Clients(port=site.port, cookie=""),
        Clients(port=site.port, cookie=cookie_of(client)),
    )
    load = Load(site=site, requests=requests, per_second=per_second)
    baseline = load.measure(stranger, ["/accounts/login/"])
    rows = [baseline.row("sign-in page (baseline)", baseline=baseline)]
    for name, paths in pages().items():
        rows.append(load.measure(inspector, paths).row(name, baseline=baseline))
    return rows


@dataclass(frozen=True, kw_only=True)
class Measured:
    """The answers of one kind of page, and the processor time of one of them."""

    answers: Answers
    cpu: CpuTime

    def row(self, name: str, *, baseline: Measured) -> list[str]:
        """A line of the table."""
        seconds, server = self.answers.seconds, self.cpu.web + self.cpu.database
        times = (median(seconds), percentile(seconds, 0.95))
        cpu = (self.cpu.web, self.cpu.database, server, self.cpu.clients)
        ratio = server / max(0.0005, baseline.cpu.web + baseline.cpu.database)
        faults = self.answers.faults
        shown = f"{name}: {len(faults)} faults, {faults[0]}" if faults else name
        return [
            shown,
            *(f"{1000 * value:.0f}" for value in times),
            *(f"{1000 * value:.1f}" for value in cpu),
            f"{ratio:.1f} ×",
        ]


@dataclass(frozen=True, kw_only=True)
class Load:
    """How often and how quickly each kind of page is requested."""

    site: Installation
    requests: int
    per_second: float

    def measure(self, clients: Clients, paths: Sequence[str]) -> Measured:
        """Request each path once unmeasured, then so many by the timetable."""
        clients.send(Timetable.drawn(paths, per_second=self.per_second, count=min(len(paths), self.requests)))
        processes = Processes(port=self.site.port, folder=self.site.folder)
        before = processes.cpu_time()
        answers = clients.send(Timetable.drawn(paths, per_second=self.per_second, count=self.requests))
        used = processes.cpu_time().since(before)
        return Measured(answers=answers, cpu=used.shared_by(self.requests))


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
    parser.add_argument("--per-second", type=float, default=4.0, help="how many requests arrive a second")
    parser.add_argument("--rounds", type=int, default=10, help="changes whose freshness is measured")
    arguments = parser.parse_args()
    site = installation_of(arguments)
    loading = site.load(arguments.dossiers)
    if loading is not None:
        print(f"Loading {arguments.dossiers:,} dossiers took {loading:.0f} s.\n")
    with site.running() as started:
        rows = page_rows(site, requests=arguments.requests, per_second=arguments.per_second)
        fresh = freshness(site, arguments.rounds)
    header = [
        "page",
        "p50 ms",
        "p95 ms",
        "web CPU ms",
        "database CPU ms",
        "server CPU ms",
        "clients CPU ms",
        "ratio",
    ]
    print(table(header, rows))
    print("\nAim: lists and searches ≤ 60 ms of server CPU; unit page and figure page p95 ≤ 300 ms.\n")
    print(table(["", "median", "p95", "aim"], [
        ["freshness after a change, s", f"{median(fresh):.2f}", f"{percentile(fresh, 0.95):.2f}", "≤ 2"],
        ["start-up with data present, s", f"{started:.1f}", "", "seconds"],
    ]))  # fmt: skip


if __name__ == "__main__":
    main()
