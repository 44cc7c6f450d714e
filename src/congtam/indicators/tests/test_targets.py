"""Targets are rows with a decision, a day and the units they are for; a person with the right enters them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from congtam.dossiers.public import DossierRow
from congtam.foundation.public import Actor, Grant, Role, console_actor
from congtam.indicators.domain.definitions import Target
from congtam.indicators.domain.set_targets import TargetRow, nearest
from congtam.indicators.public import figures
from congtam.indicators.targets.actions import TargetEntry, set_target, withdraw_target
from congtam.kernel.errors import InputRefused, NotAllowed, NotFound
from congtam.kernel.periods import Period
from congtam.testing.cast import Cast

YEAR = Period.parse("2025")
ONLINE = "dossiers.online_filing_rate"
SignIn = Callable[[object], Client]


def _row(value: float, unit: str = "", kind: str = "", *, since: date = date(2025, 1, 1)) -> TargetRow:
    target = Target(value=value, source="QĐ 1/QĐ-UBND", valid_from=since)
    return TargetRow(indicator=ONLINE, target=target, unit_code=unit, unit_kind=kind)


@pytest.mark.parametrize(
    ("rows", "value"),
    [
        pytest.param([_row(0.5, "02")], 0.5, id="a unit above"),
        pytest.param([_row(0.5, "02"), _row(0.6, "024")], 0.6, id="the nearest goes first"),
        pytest.param([_row(0.5, "02", "ward"), _row(0.6, "02")], 0.5, id="the kind before all"),
        pytest.param([_row(0.5, "", "ward"), _row(0.6, "02")], 0.6, id="a unit before a kind everywhere"),
        pytest.param([_row(0.5, "026"), _row(0.7, "", "commune")], None, id="others' targets are none"),
        pytest.param([_row(0.5, "02", since=date(2026, 1, 1))], None, id="not in force yet"),
    ],
)
def test_the_target_of_a_ward(rows: list[TargetRow], value: float | None) -> None:
    chain = ["00688", "024", "02"]
    found = nearest(rows, indicator=ONLINE, unit_chain=chain, kind="ward", on=date(2025, 12, 31))
    assert (found.value if found else None) == value


def _entry(**changes: Any) -> TargetEntry:
    content: dict[str, Any] = {
        "indicator": ONLINE,
        "value": Decimal("0.8"),
        "decision": "KH 12/KH-UBND",
        "decided_on": date(2025, 1, 5),
        "since": date(2025, 1, 1),
        "until": date(2025, 12, 31),
        "unit_code": "024",
    }
    return TargetEntry(**(content | changes))


def test_the_plan_of_the_year_decides_until_it_is_withdrawn(dossiers: list[DossierRow]) -> None:
    ask: dict[str, Any] = {"period": YEAR, "to": console_actor()}
    row = set_target(_entry(), actor=console_actor())

    ward, other = (figures([ONLINE], unit=unit, **ask)[ONLINE] for unit in ("00688", "026"))
    assert ward.target is not None
    assert other.target is not None
    assert (ward.target.value, ward.target.source) == (0.8, "KH 12/KH-UBND")
    assert ward.attainment == pytest.approx(float(ward.value or 0) / 0.8)
    assert (other.target.value, other.attainment) == (0.5, None)

    withdraw_target(row.key, actor=console_actor())
    after = figures([ONLINE], unit="00688", **ask)[ONLINE]
    assert after.target is not None
    assert after.target.value == 0.5
    with pytest.raises(NotFound):
        withdraw_target(row.key, actor=console_actor())


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"value": Decimal(98)}, "value"),
        ({"decision": "  "}, "decision"),
        ({"until": date(2024, 1, 1)}, "until"),
        ({"unit_code": ""}, "unit"),
        ({"unit_code": "nowhere"}, "unit"),
    ],
)
def test_what_makes_no_sense_is_refused(small_tree: None, changes: dict[str, Any], column: str) -> None:
    with pytest.raises(InputRefused) as refused:
        set_target(_entry(**changes), actor=console_actor())
    assert column in {problem.column for problem in refused.value.problems}


def test_two_targets_for_one_time_are_refused(small_tree: None) -> None:
    set_target(_entry(), actor=console_actor())
    with pytest.raises(InputRefused):
        set_target(_entry(since=date(2025, 6, 1), until=None), actor=console_actor())


def test_only_who_has_the_right_sets_one(small_tree: None) -> None:
    clerk = Actor(username="clerk", name="Clerk", grants=(Grant(role=Role.CLERK, unit_code="024"),))
    leader = Actor(username="leader", name="Leader", grants=(Grant(role=Role.LEADER, unit_code="026"),))
    with pytest.raises(NotAllowed):
        set_target(_entry(), actor=clerk)
    with pytest.raises(NotFound):
        set_target(_entry(), actor=leader)
    with pytest.raises(NotAllowed):
        set_target(_entry(unit_code="", unit_kind="ward"), actor=leader)


def test_entered_on_a_page_and_shown_in_the_catalogue(
    dossiers: list[DossierRow], cast: Cast, client_for: SignIn
) -> None:
    client = client_for(cast.reform_officer)
    client.cookies["django_language"] = "vi"
    posted = {
        "indicator": "dossiers.on_time_rate",
        "value": "98,5",
        "unit": "024",
        "unit_kind": "",
        "decision": "QĐ 7/QĐ-UBND",
        "decided_on": "2025-01-03",
        "since": "2025-01-01",
        "until": "",
    }
    assert client.post("/figures/targets/", posted).status_code == 302
    again = client.post("/figures/targets/", posted)
    assert again.status_code == 400
    assert "since" in again.context["form"].errors
    for path in ("/figures/targets/", "/figures/"):
        page = client.get(path).content.decode()
        assert "98,50" in page
        assert "QĐ 7/QĐ-UBND" in page
        assert "Lâm Đồng" not in page
    shown = client.get("/figures/dossiers.on_time_rate/024/?period=2025").content.decode()
    assert "kế hoạch" in shown


def test_a_clerk_reads_targets_and_sets_none(small_tree: None, cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.clerk)
    assert client.get("/figures/targets/").context["form"] is None


@pytest.mark.parametrize("language", ["vi", "en"])
def test_days_are_read_the_day_first(
    small_tree: None, *, cast: Cast, client_for: SignIn, language: str
) -> None:
    client = client_for(cast.reform_officer)
    client.cookies["django_language"] = language
    posted = {
        "indicator": ONLINE, "value": "97", "unit": "024", "decision": "QĐ 9/QĐ-UBND", "decided_on": "03/01/2025",
        "since": "5/1/2025", "until": "31.12.2025",
    }  # fmt: skip
    assert client.post("/figures/targets/", posted).status_code == 302
    page = client.get("/figures/targets/").content.decode()
    assert "03/01/2025" in page
    assert "01/03/2025" not in page
    assert "05/01/2025" in page
