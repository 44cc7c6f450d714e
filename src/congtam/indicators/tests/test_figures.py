"""Figures for an actor: who sees what, receipts, trends, targets, flags."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from congtam.dossiers.public import DossierRow
from congtam.foundation.public import Actor, Grant, Role, console_actor
from congtam.indicators.definitions.flag_file import flag_definitions
from congtam.indicators.definitions.shipped import definition
from congtam.indicators.figures.queries import figure, figures_by_unit, trend
from congtam.indicators.figures.recounting import RowChange, recount
from congtam.indicators.figures.stored_receipts import get_stored_receipt
from congtam.indicators.public import definitions, figure_by_child, figures_of_periods, flag_results, store
from congtam.indicators.rows.listing import PageMalformed, PartUnknown, row_keys, rows
from congtam.indicators.tests import conftest
from congtam.kernel.errors import NotFound
from congtam.kernel.periods import Period

YEAR = Period.parse("2025")
CLERK = Actor(username="clerk", name="Clerk", grants=(Grant(role=Role.CLERK, unit_code="024"),))
OUTSIDER = Actor(username="outsider", name="Outsider", grants=(Grant(role=Role.CLERK, unit_code="026"),))
NOBODY = Actor(username="citizen", name="Citizen")
RATE = "dossiers.on_time_rate"


def test_a_figure_covers_everything_below(dossiers: list[DossierRow]) -> None:
    city = {"024", "00688", "00691"}
    expected = sum(row.unit_code in city for row in dossiers)
    span = Period.parse("2025-01-01..2026-03-01")
    assert figure("dossiers.received", unit="024", period=span, to=CLERK).value == expected


@pytest.mark.parametrize("actor", [OUTSIDER, NOBODY])
def test_an_outsider_learns_nothing(dossiers: list[DossierRow], actor: Actor) -> None:
    ask: dict[str, Any] = {"unit": "024", "period": YEAR, "to": actor}
    for question in (figure, rows, row_keys, figure_by_child):
        with pytest.raises(NotFound):
            question(RATE, **ask)
    with pytest.raises(NotFound):
        flag_results(unit="024", period=YEAR, to=actor)
    with pytest.raises(NotFound):
        trend(RATE, unit="024", months=YEAR.months(), to=actor)


def test_an_unknown_unit_or_indicator_is_not_found(dossiers: list[DossierRow]) -> None:
    with pytest.raises(NotFound):
        figure(RATE, unit="nowhere", period=YEAR, to=console_actor())
    with pytest.raises(NotFound):
        figure("dossiers.nothing", unit="024", period=YEAR, to=console_actor())


def test_a_stored_receipt_is_read_by_those_who_see_the_unit(dossiers: list[DossierRow]) -> None:
    found = figure(RATE, unit="024", period=YEAR, to=CLERK)
    key = store(found, actor=CLERK)
    assert store(found, actor=CLERK) == key
    assert get_stored_receipt(key, to=CLERK)["numerator"] == found.numerator
    with pytest.raises(NotFound):
        get_stored_receipt(key, to=OUTSIDER)


def test_a_recount_gives_the_same_digest_until_a_row_changes(dossiers: list[DossierRow]) -> None:
    ask: dict[str, Any] = {"unit": "024", "period": YEAR, "to": CLERK}
    first = figure(RATE, **ask)
    other = next(row for row in dossiers if row.unit_code == "00712")
    conftest.store(replace(other, officer="Somebody else"), import_key="elsewhere")
    again = figure(RATE, **ask)
    assert (again.digest, again.data_version > first.data_version) == (first.digest, True)
    mine = next(row for row in dossiers if row.unit_code == "00688" and row.finished_at)
    conftest.store(replace(mine, officer="Somebody else"), import_key="here")
    changed = figure(RATE, **ask)
    assert (changed.numerator, changed.denominator) == (first.numerator, first.denominator)
    assert changed.digest != first.digest


def test_a_stored_figure_is_counted_again(dossiers: list[DossierRow]) -> None:
    stored = figure(RATE, unit="024", period=YEAR, to=CLERK)
    key = store(stored, actor=CLERK)
    assert recount(key, to=CLERK).is_same
    mine = next(row for row in dossiers if row.unit_code == "00688" and row.finished_at)
    conftest.store(
        replace(mine, finished_at=None, state="in_progress"), replace(mine, code="NEW-1"), import_key="later"
    )
    again = recount(key, to=CLERK)
    assert (again.is_same, again.now.denominator) == (False, stored.denominator)
    assert again.changes
    assert again.changes["denominator"] == RowChange(added=("NEW-1",), removed=(mine.code,))
    with pytest.raises(NotFound):
        recount(key, to=OUTSIDER)


def test_a_trend_is_month_by_month(dossiers: list[DossierRow]) -> None:
    months = trend("dossiers.received", unit="02", months=YEAR.months(), to=console_actor())
    whole = figure("dossiers.received", unit="02", period=YEAR, to=console_actor())
    assert sum(one.numerator for one in months) == whole.numerator


def test_several_units_at_once_are_each_as_alone(dossiers: list[DossierRow]) -> None:
    units = ["024", "00712", "H22.09"]
    together = figures_by_unit([RATE, "dossiers.open_overdue"], units=units, period=YEAR, to=console_actor())
    for code, by_unit in together.items():
        for unit, found in by_unit.items():
            alone = figure(code, unit=unit, period=YEAR, to=console_actor())
            assert (found.receipt, found.parts) == (alone.receipt, alone.parts)
    with pytest.raises(NotFound):
        figures_by_unit([RATE], units=units, period=YEAR, to=CLERK)


def test_several_periods_at_once_are_each_as_alone(dossiers: list[DossierRow]) -> None:
    codes = [one.code for one in definitions(date(2025, 12, 31))]
    periods = [Period.parse("2025-Q4"), Period.parse("2025-Q3"), Period.parse("2025-02-03..2025-05-20")]
    together = figures_of_periods(codes, unit="02", periods=periods, to=console_actor())
    for period in periods:
        for code in codes:
            assert together[period][code] == figure(code, unit="02", period=period, to=console_actor())


def test_nothing_counted_is_no_rate_but_a_count_of_zero(dossiers: list[DossierRow]) -> None:
    ask: dict[str, Any] = {"unit": "024", "period": Period.parse("2019"), "to": CLERK}
    rate, late = figure(RATE, **ask), figure("dossiers.late", **ask)
    assert (rate.value, rate.interval, rate.meets_target) == (None, None, None)
    assert late.value == 0


def test_target_and_interval(dossiers: list[DossierRow]) -> None:
    found = figure(RATE, unit="02", period=YEAR, to=console_actor())
    assert (found.target, found.meets_target) == (None, None)
    online = figure("dossiers.online_filing_rate", unit="024", period=YEAR, to=CLERK)
    assert online.target is not None
    assert online.target.value == 0.5
    assert online.meets_target is False
    assert found.interval is not None
    assert found.interval[0] < float(found.value or 0) < found.interval[1]


def test_a_running_stock_is_taken_now(dossiers: list[DossierRow]) -> None:
    running = figure("dossiers.open_overdue", unit="02", period=Period.parse("2026"), to=console_actor())
    assert running.as_of.astimezone(UTC) == datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def test_lists_refuse_what_they_did_not_give_out(dossiers: list[DossierRow]) -> None:
    with pytest.raises(PartUnknown):
        rows(RATE, unit="024", period=YEAR, to=CLERK, part="all")
    for after in ("x", "2025-01-01", "2025-01-01~", "~D00001"):
        with pytest.raises(PageMalformed):
            rows(RATE, unit="024", period=YEAR, to=CLERK, after=after)


def dossier(code: str, **changes: Any) -> DossierRow:
    received = datetime(2025, 5, 5, 2, 0, tzinfo=UTC)
    plain = DossierRow(
        code=code,
        unit_code="00688",
        received_at=received,
        due_at=received + timedelta(days=9),
        finished_at=received + timedelta(days=3),
        state="finished",
        officer="Officer A",
    )
    return replace(plain, **changes)


def test_each_red_flag_finds_its_rows_and_no_others(
    *, small_tree: None, working_days: None, warehouse_dir: object, frozen_clock: object
) -> None:
    plain = dossier("plain")
    due, start = plain.due_at, plain.received_at
    assert due
    crowd = [dossier(f"bulk-{number}", finished_at=start + timedelta(days=2)) for number in range(10)]
    # One alone may be chance; six, with none at the same hour of the working day before, are not.
    hurried = [
        dossier(f"last-hour-{number}", finished_at=due - timedelta(minutes=number)) for number in range(6)
    ]
    conftest.store(
        plain,
        *crowd,
        *hurried,
        dossier("twice", supplement_count=2),
        dossier("open", finished_at=None, state="in_progress"),
        dossier("open-older", finished_at=None, state="in_progress", due_at=due - timedelta(days=2)),
        dossier("withdrawn", finished_at=None, state="withdrawn"),
        dossier("night", finished_at=start + timedelta(days=1, hours=14)),
        dossier("sunday", finished_at=start + timedelta(days=6, hours=1)),
        dossier("at-once", finished_at=start + timedelta(minutes=4)),
    )
    found = {one.definition.code: one for one in flag_results(unit="024", period=YEAR, to=CLERK)}
    assert {code: set(one.codes) for code, one in found.items()} == {
        "flags.last_hour": {row.code for row in hurried},
        "flags.bulk_closing": {row.code for row in crowd},
        "flags.supplements": {"twice"},
        "flags.open_overdue": {"open", "open-older"},
        "flags.outside_hours": {"night", "sunday"},
        "flags.instant_result": {"at-once"},
        # These two stand on the clock ledger of the desk: records of another system do not tell.
        "flags.due_moved": set(),
        "flags.resubmitted": set(),
    }
    assert found["flags.open_overdue"].codes == ("open-older", "open")
    assert found["flags.bulk_closing"].rows[0]["group_size"] == 10


def test_every_shipped_text_is_in_both_languages() -> None:
    names = [one.name for one in definitions(date(2026, 1, 1))] + [one.name for one in flag_definitions()]
    assert all(name.vi != name.en for name in names)
    assert definition(RATE).describe("vi").startswith("Tỷ lệ hồ sơ xong")
    assert definition(RATE).describe("en").startswith("The share of dossiers finished no later")
