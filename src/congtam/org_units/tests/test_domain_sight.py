"""How far a role over a unit reaches through time."""

from __future__ import annotations

from datetime import date

from congtam.org_units.domain.records import SuccessionRow, UnitVersionRow
from congtam.org_units.domain.register import Register

REFORM = date(2025, 7, 1)


def version(
    code: str, parent: str | None = None, *, since: date = date.min, until: date = date.max
) -> UnitVersionRow:
    return UnitVersionRow(
        code=code, name=code, kind="commune", parent=parent, valid_from=since, valid_until=until
    )


def reach(
    code: str, versions: list[UnitVersionRow], successions: list[SuccessionRow] | None = None
) -> set[str]:
    return set(Register(versions, successions or [], sort_key=str).reach(code))


def test_a_new_province_reaches_into_the_old_province_it_took_over() -> None:
    versions = [
        version("02", until=REFORM),
        version("024", "02", until=REFORM),
        version("00688", "024", until=REFORM),
        version("08"),
        version("00694", "08", since=REFORM),
    ]
    follows = [SuccessionRow(predecessor="02", successor="08", on_date=REFORM)]
    assert reach("08", versions, follows) == {"08", "00694", "02", "024", "00688"}
    assert reach("02", versions, follows) == {"02", "024", "00688"}


def test_a_unit_that_once_stood_below_stays_in_reach() -> None:
    versions = [version("A"), version("B"), version("x", "A", until=REFORM), version("x", "B", since=REFORM)]
    assert reach("A", versions) == {"A", "x"}
    assert reach("B", versions) == {"B", "x"}


def test_what_stood_below_only_before_it_came_is_out_of_reach() -> None:
    versions = [
        version("A"),
        version("B", until=REFORM),
        version("B", "A", since=REFORM),
        version("x", "B", until=REFORM),
    ]
    assert reach("A", versions) == {"A", "B"}


def test_a_neighbour_is_out_of_reach() -> None:
    assert reach("024", [version("02"), version("024", "02"), version("026", "02")]) == {"024"}


def test_a_code_that_is_not_on_record_reaches_itself() -> None:
    assert reach("Z9", []) == {"Z9"}


def test_a_code_used_again_elsewhere_does_not_pull_in_its_later_past() -> None:
    versions = [
        version("02"),
        version("x", "02", until=REFORM),
        version("x", "08", since=REFORM),
        version("08"),
        version("y", "08", until=REFORM),
    ]
    follows = [
        SuccessionRow(predecessor="x", successor="x", on_date=REFORM),
        SuccessionRow(predecessor="y", successor="x", on_date=REFORM),
    ]
    assert reach("02", versions, follows) == {"02", "x"}
    assert reach("08", versions, follows) == {"08", "x", "y"}
