from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from congtam.foundation.public import Actor, Grant, Role, console_actor
from congtam.kernel.errors import InputRefused, NotAllowed
from congtam.org_units import models, public, queries
from congtam.org_units.domain.records import SuccessionRow, UnitVersionRow

pytestmark = pytest.mark.django_db
REFORM = date(2025, 7, 1)
BEFORE = date(2024, 6, 1)
AFTER = date(2026, 1, 1)


def version(code: str, parent: str | None = None) -> UnitVersionRow:
    return UnitVersionRow(code=code, name=f"Unit {code}", kind="commune", parent=parent)


def test_the_catalogue_holds_both_provinces_before_and_after_the_reform() -> None:
    public.load_catalogue(actor=console_actor())
    before, after = public.tree(BEFORE), public.tree(AFTER)
    assert [root.code for root in before.roots] == ["02", "08"]
    assert len(before["02"].children) == 11
    assert len(before.descendants("02")) == 11 + 193
    assert len(before.descendants("08")) == 7 + 137
    assert [root.code for root in after.roots] == ["08"]
    assert len(after["08"].children) == len(after.descendants("08")) == 124
    assert (before["00694"].name, after["00694"].name) == ("Phường Nguyễn Trãi", "Phường Hà Giang 1")
    assert all(node.latitude for tree in (before, after) for node in tree.values() if node.kind == "commune")


def test_loading_the_catalogue_again_changes_nothing() -> None:
    first = public.load_catalogue(actor=console_actor())
    edition = queries.register()
    again = public.load_catalogue(actor=console_actor())
    assert (first.units, first.versions, first.successions) == (350, 475, 355)
    assert (again.units, again.versions, again.successions, again.unchanged) == (0, 0, 0, 350)
    assert queries.register() is edition


def test_the_catalogue_carries_all_of_ha_giang_onto_the_new_map() -> None:
    public.load_catalogue(actor=console_actor())
    rows = public.crosswalk(AFTER)
    tree = public.tree(AFTER)
    assert {row.target_code for row in rows} <= set(tree)
    of_688 = {row.target_code: row.weight for row in rows if row.unit_code == "00688"}
    assert of_688 == {"00691": 0.5, "00694": 0.5}
    assert [row.target_code for row in rows if row.unit_code == "024"] == ["08"]


def test_a_new_ward_goes_back_to_the_wards_it_came_from_by_inverse_shares() -> None:
    public.load_catalogue(actor=console_actor())
    back = {
        row.target_code: row.weight
        for row in public.crosswalk(BEFORE)
        if row.unit_code == "00694" and row.valid_from == REFORM
    }
    assert back == pytest.approx({"00688": 1 / 7, "00694": 2 / 7, "00946": 2 / 7, "00949": 2 / 7})


def test_an_unsound_entry_is_refused_with_every_problem_and_nothing_is_stored() -> None:
    wrong = [version("a", "b"), version("b", "a"), version("c", "nobody")]
    halves = [SuccessionRow(predecessor="a", successor="c", on_date=REFORM, weight=0.4, whole=False)]
    with pytest.raises(InputRefused) as refused:
        public.enter_units(wrong, halves, actor=console_actor())
    codes = {problem.code for problem in refused.value.problems}
    assert codes == {"org_units.circle", "org_units.unknown_parent", "org_units.weights_not_one"}
    assert not models.OrgUnit.objects.exists()


def test_only_an_administrator_of_everything_enters_units() -> None:
    clerk = Actor(username="c", name="C", grants=(Grant(role=Role.CLERK, unit_code="*"),))
    with pytest.raises(NotAllowed):
        public.enter_units([version("a")], actor=clerk)


def test_the_database_refuses_two_versions_for_one_day() -> None:
    public.enter_units([version("a")], actor=console_actor())
    unit = models.OrgUnit.objects.get()
    with pytest.raises(IntegrityError, match="unit_version_one_at_a_time"), transaction.atomic():
        models.UnitVersion.objects.create(unit=unit, name="A", kind="ward", valid=DateRange(REFORM, None))


def test_the_database_refuses_a_unit_as_its_own_parent() -> None:
    unit = models.OrgUnit.objects.create(code="a")
    with pytest.raises(IntegrityError, match="unit_version_not_own_parent"), transaction.atomic():
        models.UnitVersion.objects.create(
            unit=unit, parent=unit, name="A", kind="ward", valid=DateRange(None, None)
        )


def test_the_database_refuses_shares_that_do_not_sum_to_one() -> None:
    public.enter_units([version("a"), version("b")], actor=console_actor())
    a, b = models.OrgUnit.objects.order_by("code")
    half = models.Succession(predecessor=a, successor=b, on_date=REFORM, weight="0.5", whole=False)
    with transaction.atomic():
        half.save()
        with pytest.raises(IntegrityError, match=r"sum to 0\.5"):
            connection.check_constraints()
        transaction.set_rollback(True)
