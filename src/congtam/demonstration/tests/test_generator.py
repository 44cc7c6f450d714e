"""The generator: the same seed gives the same dossiers, with the marginals of the province and the plants it lists."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time
from functools import lru_cache

import numpy as np
import pytest

from congtam.demonstration.actions.write_rows import Month, draw_month_rows, months
from congtam.demonstration.domain.offices import DEPARTMENTS, Unit
from congtam.demonstration.domain.planted_cases import kinds
from congtam.demonstration.domain.truth import PlantedDossier
from congtam.demonstration.domain.world import World, build_world
from congtam.dossiers.public import DossierRow
from congtam.kernel.clock import LOCAL, local_day
from congtam.kernel.work_calendar import WorkCalendar
from congtam.testing.doors.dossiers import row_digest
from congtam.testing.doors.org_units import catalogue_versions

TOTAL = 12_000
TET = {date(2024, 2, day) for day in range(8, 15)}


def world(seed: int = 7) -> World:
    rows = [row for row in catalogue_versions() if row.closes]
    districts = {row.code for row in rows if row.parent == "02"}
    units = [
        Unit(row.code, row.name, row.kind, row.parent or "")
        for row in rows
        if row.parent in {"02", *districts}
    ]
    units += [Unit(code, name, "department", "02") for code, name in DEPARTMENTS.items()]
    return build_world(seed=seed, year=2024, calendar=WorkCalendar(TET), units=units)


@lru_cache
def generated() -> tuple[list[DossierRow], list[PlantedDossier]]:
    drawn = list(months(world(), TOTAL))
    return [row for month in drawn for row in month.rows()], [
        each for month in drawn for each in month.list_planted()
    ]


def share(rows: list[DossierRow], **fields: object) -> float:
    return sum(all(getattr(row, name) == value for name, value in fields.items()) for row in rows) / len(rows)


def test_the_same_seed_gives_the_same_dossiers_and_another_seed_others() -> None:
    first, again, other = (draw_month_rows(world(seed), date(2024, 3, 1), 300) for seed in (7, 7, 8))
    assert digests(first) == digests(again)
    assert digests(first) != digests(other)


def digests(month: Month) -> list[str]:
    return [row_digest(row) for row in month.rows()]


def test_marginals_are_those_of_the_province() -> None:
    rows, _ = generated()
    finished = [row for row in rows if row.finished_at]
    on_time = sum(row.finished_at <= row.due_at for row in finished) / len(finished)  # type: ignore[operator]
    with_fee = [row for row in rows if row.fee_dong]
    assert on_time == pytest.approx(0.979, abs=0.008)
    assert share(rows, channel="online") == pytest.approx(0.41, abs=0.03)
    assert share(with_fee, payment="online") == pytest.approx(0.895, abs=0.015)
    assert 0.75 < share(finished, result_digitised=True) < 0.88
    assert len(rows) == pytest.approx(TOTAL, abs=50)


def test_online_filing_grows_and_tet_is_quiet() -> None:
    rows, _ = generated()
    years = {year: [row for row in rows if row.received_at.year == year] for year in (2023, 2024)}
    assert share(years[2024], channel="online") > share(years[2023], channel="online") + 0.05
    by_month = Counter(row.received_at.astimezone(LOCAL).month for row in years[2024])
    assert by_month[2] < 0.8 * by_month[3]
    assert not any(local_day(row.received_at) in TET for row in rows if row.channel == "desk")


def test_every_dossier_is_possible() -> None:
    rows, _ = generated()
    assert len({row.code for row in rows}) == len(rows)
    as_of = datetime(2025, 1, 1, tzinfo=LOCAL)
    for row in rows:
        assert row.received_at < row.due_at  # type: ignore[operator]
        assert (row.finished_at is not None) == (row.state in {"finished", "returned"})
        instants = [row.received_at, *(step.finished_at for step in row.steps if step.finished_at)]
        assert instants == sorted(instants)
        assert instants[-1] < as_of
        assert row.finished_at is None or row.finished_at == row.steps[-1].finished_at
        assert row.returned_at is None or (row.finished_at is not None and row.returned_at > row.finished_at)


def test_desk_receipts_fall_into_office_hours() -> None:
    rows, _ = generated()
    for row in rows:
        if row.channel == "desk":
            local = row.received_at.astimezone(LOCAL)
            assert local.weekday() < 5
            assert time(7) <= local.time() <= time(17)


def test_every_kind_is_planted_and_listed_with_codes_that_exist() -> None:
    rows, planted = generated()
    codes = {row.code: row for row in rows}
    assert {each.kind for each in planted} == set(kinds())
    assert all(codes[each.code].unit_code == each.unit for each in planted)
    assert len({each.code for each in planted}) == len(planted)


def planted_rows(kind: str) -> list[DossierRow]:
    rows, planted = generated()
    codes = {row.code: row for row in rows}
    return [codes[each.code] for each in planted if each.kind == kind and codes[each.code].finished_at]


def test_last_minute_dossiers_end_within_a_quarter_of_an_hour_before_they_are_due() -> None:
    for row in planted_rows("last_minute"):
        assert row.finished_at is not None
        assert row.due_at is not None
        assert 0 <= (row.due_at - row.finished_at).total_seconds() <= 900


def test_bulk_closings_are_many_by_one_officer_in_one_minute() -> None:
    groups = Counter(
        (row.unit_code, row.officer, row.finished_at.replace(second=0))
        for row in planted_rows("bulk_closing")
        if row.finished_at
    )
    assert groups
    assert min(groups.values()) >= 10


def test_the_other_kinds_show_their_mark() -> None:
    assert all(row.supplement_count > 1 for row in planted_rows("multiple_supplements"))
    assert all(
        row.attributes["first_due_at"] < row.due_at.isoformat()
        for row in planted_rows("due_date_moved")
        if row.due_at
    )
    nights = [
        row.finished_at.astimezone(LOCAL).hour for row in planted_rows("night_closing") if row.finished_at
    ]
    assert nights
    assert min(nights) >= 21


def test_a_dossier_handed_in_again_names_the_one_it_repeats() -> None:
    rows, planted = generated()
    codes = {row.code: row for row in rows}
    pairs = [(codes[each.earlier], codes[each.code]) for each in planted if each.earlier]
    assert pairs
    for earlier, later in pairs:
        assert (earlier.state, earlier.applicant, earlier.procedure_code) == (
            "stopped",
            later.applicant,
            later.procedure_code,
        )
        assert earlier.received_at < later.received_at


def test_months_together_hold_exactly_the_dossiers_asked_for() -> None:
    assert sum(world().sizes(1_000_003)) == 1_000_003
    assert np.diff([0, *world().sizes(1_000_003)]).size == 24


def test_instants_are_aware() -> None:
    rows, _ = generated()
    assert all(row.received_at.tzinfo is UTC for row in rows[:50])
