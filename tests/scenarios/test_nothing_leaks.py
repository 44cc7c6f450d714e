"""Whatever way somebody looks, they meet only dossiers that their list of dossiers shows, and count no others."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congtam.dossiers.lists.export import Export, begin_export
from congtam.dossiers.lists.queries import (
    Filters,
    count_dossiers,
    filtered_visible_dossiers,
    list_dossiers,
    list_rows,
)
from congtam.dossiers.lists.queries.work import WorkKind
from congtam.dossiers.public import DossierRow, store_dossiers
from congtam.foundation.public import (
    Account,
    Actor,
    Grant,
    Role,
    actor_for,
    cache_notes,
    clock,
    console_actor,
)
from congtam.indicators import public as indicators
from congtam.inspections.public import ANNOUNCE, OPEN, PACKS, prepare
from congtam.kernel.clock import FixedClock
from congtam.kernel.errors import NotFound
from congtam.kernel.periods import Period
from congtam.org_units.public import visible_units
from congtam.testing.cast import Cast
from congtam.testing.doors.dossiers import visible_to
from congtam.testing.doors.indicators import figure as count_figure
from congtam.testing.doors.indicators import row_keys
from congtam.testing.doors.indicators import rows as rows_behind
from congtam.testing.doors.inspections import InspectionImpossible
from congtam.testing.doors.warehouse import sync
from tests.scenarios.leaks import MAPS, SECRET, TODAY, Country, make_account, make_country

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_clock")]
PERIODS = (Period.parse("2025"), Period.parse("2025-08"))
RECEIVED = "dossiers.received"
CODE = re.compile(r"XX\d{4}XX")
PERSON = re.compile(f"{SECRET} (\\d+)")
FILTERS = (
    Filters(),
    Filters(overdue=True),
    Filters(state="finished"),
    Filters(text="thu tuc 1"),
    Filters(text=f"{SECRET} 1"),
    Filters(text="0007"),
    Filters(procedure="thủ tục 2", sort="-due"),
)
PERSONS = frozenset(Role) - {Role.OBSERVER}
few = settings(
    max_examples=2,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@contextmanager
def drawn(seed: int, folder: Path, configuration: Any) -> Iterator[tuple[Country, Random]]:
    """A country of its own for one example; nothing of it stays."""
    configuration.CONGTAM_DATA_DIR = folder / f"data-{seed}"
    draw = Random(seed)  # noqa: S311 - test data
    with transaction.atomic():
        yield make_country(draw), draw
        transaction.set_rollback(True)


def seen_by(actor: Actor) -> set[str]:
    return set(visible_to(actor).values_list("code", flat=True))


def granted_today(account: Account) -> set[tuple[str, str]]:
    grants: Any = account.role_grants
    return {
        (row.role, row.unit_code)
        for row in grants.all()
        if (row.valid.lower or date.min) <= TODAY < (row.valid.upper or date.max)
    }


@few
@given(seed=st.integers(0, 10**6))
def test_a_figure_is_the_count_of_its_rows_and_all_of_them_are_visible(
    *, seed: int, tmp_path: Path, settings: Any, frozen_clock: FixedClock
) -> None:
    with drawn(seed, tmp_path, settings) as (country, draw):
        for number in range(3):
            account = make_account(f"a{number}", draw, country.units)
            actor = actor_for(account)
            assert {(grant.role, grant.unit_code) for grant in actor.grants} == granted_today(account)
            for unit in country.units:
                check_figures(unit, actor, draw)


def check_figures(unit: str, actor: Actor, draw: Random) -> None:
    with_flags = draw.choice([(period, day) for period in PERIODS for day in MAPS])
    for period in PERIODS:
        for day in MAPS:
            if unit not in visible_units(actor):
                with pytest.raises(NotFound):
                    count_figure(RECEIVED, unit=unit, period=period, to=actor, map_on=day)
                continue
            try:
                with cache_notes():
                    check_figure(unit, period, actor, day=day)
                    if (period, day) == with_flags:
                        check_flags(unit, period, actor, day=day)
            except indicators.RowsNotVisible:
                assert day is not None or hides_something(unit, period, actor)


def check_figure(unit: str, period: Period, actor: Actor, *, day: date | None) -> None:
    asked: dict[str, Any] = {"unit": unit, "period": period, "to": actor, "map_on": day}
    figure = count_figure(RECEIVED, **asked)
    page = rows_behind(RECEIVED, part="denominator", limit=100, **asked)
    listed = {row["code"] for row in page.rows}
    assert listed <= seen_by(actor)
    assert listed == set(row_keys(RECEIVED, part="denominator", **asked))
    assert sum(float(row["weight"]) for row in page.rows) == pytest.approx(float(figure.parts.denominator))
    below = indicators.figure_by_child(RECEIVED, **asked)
    assert sum(float(one.denominator) for _, one in below) <= float(figure.denominator) + 1e-6


def check_flags(unit: str, period: Period, actor: Actor, *, day: date | None) -> None:
    """Counting the flags takes longer than all else: of each unit in one period on one map."""
    flags = indicators.flag_results(unit=unit, period=period, to=actor, map_on=day)
    assert {code for one in flags for code in one.codes} <= seen_by(actor)


def hides_something(unit: str, period: Period, actor: Actor) -> bool:
    """Whether the figure, as who sees everything counts it, holds rows that the actor may not see."""
    keys = row_keys(RECEIVED, unit=unit, period=period, to=console_actor(), part="denominator")
    return not set(keys) <= seen_by(actor)


@settings(
    few, max_examples=1
)  # a hundred pages for each of three people; the tests beside it draw more countries
@given(seed=st.integers(0, 10**6))
def test_no_page_names_a_dossier_or_an_applicant_out_of_sight(
    *, seed: int, tmp_path: Path, settings: Any, frozen_clock: FixedClock
) -> None:
    with drawn(seed, tmp_path, settings) as (country, draw):
        packs = opened_packs(("p1", "c1", "o1"))
        for number in range(3):
            account = make_account(f"a{number}", draw, country.units)
            check_pages(account, country, packs)


def opened_packs(units: tuple[str, ...]) -> list[str]:
    """Packs of the units that had dossiers, one a draft and the others open to whoever sees the unit."""
    keys = []
    for number, unit in enumerate(units):
        with suppress(InspectionImpossible):
            keys.append(prepare(unit=unit, period=PERIODS[0], seed=1, actor=console_actor()).key)
            for verb in (ANNOUNCE, OPEN) if number else ():
                PACKS.perform(keys[-1], verb, actor=console_actor())
    return keys


def check_pages(account: Account, country: Country, packs: list[str]) -> None:
    client, actor = Client(), actor_for(account)
    client.force_login(account)
    allowed = seen_by(actor)
    with_person = visible_units(actor, *PERSONS)
    named = {row.code for row in country.dossiers if row.unit_code in with_person}
    for address in addresses(country, packs):
        text = read(client, address)
        asked = set(CODE.findall(address))
        assert set(CODE.findall(text)) - asked <= allowed, address
        if SECRET in text.replace(escape(address_words(address)), ""):
            assert asked <= named, address
            assert applicants(text) - applicants(address_words(address)) <= named, address
    check_counts(client, country, actor)


def applicants(text: str) -> set[str]:
    """The dossiers whose applicants a text names."""
    return {f"XX{int(number):04}XX" for number in PERSON.findall(text)}


def address_words(address: str) -> str:
    """What was searched for: the page repeats it in its field."""
    return unquote_plus(parse_qs(urlsplit(address).query).get("q", ["-"])[0])


def addresses(country: Country, packs: list[str]) -> Iterator[str]:
    yield from ("/", "/dossiers/", f"/dossiers/?q={SECRET}", "/units/", "/units/?q=c", "/inspections/")
    yield from ("/import/", "/figures/", "/dossiers/work/counts/", "/dossiers/export.csv")
    for kind in WorkKind:
        yield from (f"/dossiers/work/?list={kind.value}", f"/dossiers/export.csv?list={kind.value}")
    yield from (f"/dossiers/?q={SECRET}+{number}" for number in range(3))
    yield from (reverse("dossiers:detail", args=[row.code]) for row in country.dossiers)
    yield from (f"/dossiers/?q={row.code}" for row in country.dossiers[:5])
    yield from (reverse("inspections:pack", args=[key]) for key in packs)
    for unit in country.units:
        yield f"/dossiers/?unit={unit}"
        yield f"/import/import-{unit}/"
        for page in ("indicators:rows", "indicators:rows_csv"):
            yield f"{reverse(page, args=[RECEIVED, unit])}?period=2025"
    for unit in ("p3", "c1", "n1"):
        for query in ("?period=2025", "?period=2025&map=2025-01-15"):
            yield reverse("indicators:unit", args=[unit]) + query
            yield reverse("indicators:figure", args=[RECEIVED, unit]) + query


def read(client: Client, address: str) -> str:
    """The page, whatever its status, as long as it is a page and not a fault."""
    answer = client.get(address)
    assert answer.status_code in {200, 302, 400, 403, 404}, address
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return str(content.decode())


def check_counts(client: Client, country: Country, actor: Actor) -> None:
    """Every invisible unit is a page that does not exist, and a filter by it too."""
    for unit in country.units:
        answer = client.get(reverse("indicators:figure", args=[RECEIVED, unit]) + "?period=2025")
        hidden = unit not in visible_units(actor)
        assert (answer.status_code == 404) == hidden, unit
        assert (client.get(f"/dossiers/?unit={unit}").status_code == 404) == hidden, unit


@few
@given(seed=st.integers(0, 10**6))
def test_list_search_count_and_export_agree_for_everybody(
    *, seed: int, tmp_path: Path, settings: Any, frozen_clock: FixedClock
) -> None:
    with drawn(seed, tmp_path, settings) as (country, draw):
        for number in range(4):
            account = make_account(f"a{number}", draw, country.units)
            actor = actor_for(account)
            for filters in FILTERS:
                check_lists(filters, actor)
            persons = visible_units(actor, *PERSONS)
            named = {row.code for row in country.dossiers if row.unit_code in persons}
            assert listed(Filters(text="hoang bi mat"), actor) == named


def check_lists(filters: Filters, actor: Actor) -> None:
    now = clock().now()
    found = filtered_visible_dossiers(filters, to=actor, now=now)
    codes = listed(filters, actor)
    assert codes <= seen_by(actor)
    assert count_dossiers(found) == len(codes)
    assert {row["code"] for row in list_rows(filters, to=actor, now=now, limit=100).rows} == codes
    export = Export(dossiers=found, order="code", form="csv", actor=actor, now=now, parameters={})
    lines = b"".join(begin_export(export)).decode("utf-8-sig").splitlines()[1:]
    assert [line[1:9] for line in lines] == sorted(codes)


def listed(filters: Filters, actor: Actor) -> set[str]:
    page = list_dossiers(filters, to=actor, now=clock().now(), limit=100)
    return {row.code for row in page.rows}


def test_two_roles_show_the_person_only_where_the_stronger_one_is_held(
    small_tree: None, frozen_clock: FixedClock
) -> None:
    observer_and_clerk = Actor(
        username="two",
        name="Two",
        grants=(Grant(role=Role.OBSERVER, unit_code="02"), Grant(role=Role.CLERK, unit_code="024")),
    )
    assert "00688" in visible_units(observer_and_clerk, *PERSONS)
    assert "026" in visible_units(observer_and_clerk)
    assert "026" not in visible_units(observer_and_clerk, *PERSONS)


def finished(code: str, unit: str, *, is_late: bool) -> DossierRow:
    at = datetime(2025, 8, 4, 2, tzinfo=UTC)
    return DossierRow(
        code=code,
        unit_code=unit,
        received_at=at,
        due_at=at + timedelta(days=5),
        finished_at=at + timedelta(days=9 if is_late else 1),
        state="finished",
    )


def test_the_inspected_unit_reads_its_pack_without_the_figures_of_its_peers(
    *, cast: Cast, client_for: Any, small_tree: None, warehouse_dir: Path
) -> None:
    for unit in ("024", "026"):
        rows = [finished(f"H.{unit}.{number}", unit, is_late=number % 3 == 0) for number in range(40)]
        store_dossiers(rows, unit_code=unit, actor=console_actor(), import_key=unit, source="test")
        sync("dossiers", import_keys=[unit])
    key = prepare(unit="024", period=Period.parse("2025-Q3"), seed=7, actor=actor_for(cast.inspector)).key
    for verb in (ANNOUNCE, OPEN):
        PACKS.perform(key, verb, actor=console_actor())
    whole = read(client_for(cast.inspector), reverse("inspections:pack", args=[key]))
    own = read(client_for(cast.observer), reverse("inspections:pack", args=[key]))
    assert "Huyện Đồng Văn" in whole
    assert "Huyện Đồng Văn" not in own
    address = reverse("reports:pack_document", args=[key, "docx"])
    files = [
        b"".join(client_for(who).get(address).streaming_content) for who in (cast.inspector, cast.observer)
    ]
    texts = [zipfile.ZipFile(io.BytesIO(file)).read("word/document.xml").decode() for file in files]
    assert ["xếp thứ" in text for text in texts] == [True, False]
