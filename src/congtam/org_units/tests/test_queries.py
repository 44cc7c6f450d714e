"""Reading units: only what the actor's roles reach, by day, without regard to diacritics."""

from __future__ import annotations

from datetime import date

import pytest

from congtam.foundation.public import Actor, Grant, Role, console_actor
from congtam.kernel.errors import NotFound
from congtam.org_units import public
from congtam.org_units.queries import get_visible_history, get_visible_unit, search_units

BEFORE, AFTER = date(2024, 6, 1), date(2026, 1, 1)


def actor(*grants: tuple[Role, str]) -> Actor:
    rows = tuple(Grant(role=role, unit_code=code) for role, code in grants)
    return Actor(username="a", name="A", grants=rows)


@pytest.fixture(autouse=True)
def catalogue(db: None) -> None:
    public.load_catalogue(actor=console_actor())


def test_an_officer_of_the_new_province_reads_the_history_of_the_old_one() -> None:
    sight = public.visible_units(actor((Role.OFFICER, "08")))
    assert not sight.everything
    assert {"08", "02", "024", "00688", "02494"} <= sight.codes


def test_an_officer_of_a_city_sees_its_wards_and_nothing_beside_them() -> None:
    sight = public.visible_units(actor((Role.OFFICER, "024")))
    assert {"024", "00688"} <= sight.codes
    assert not {"02", "026", "08"} & sight.codes


def test_a_new_ward_reaches_the_wards_it_came_from() -> None:
    assert public.visible_units(actor((Role.CLERK, "00691"))).codes >= {"00691", "00688"}


def test_roles_may_be_narrowed() -> None:
    both = actor((Role.CLERK, "024"), (Role.OBSERVER, "026"))
    assert "026" in public.visible_units(both)
    assert "026" not in public.visible_units(both, Role.CLERK)


def test_everywhere_and_the_console_see_everything() -> None:
    assert public.visible_units(actor((Role.ADMINISTRATOR, "*"))).everything
    assert public.visible_units(console_actor()).everything
    assert public.visible_units(actor()).codes == frozenset()


def test_a_unit_of_others_is_not_found() -> None:
    outsider = actor((Role.CLERK, "026"))
    with pytest.raises(NotFound):
        get_visible_unit("024", on=BEFORE, to=outsider)
    with pytest.raises(NotFound):
        get_visible_history("024", to=outsider)
    assert search_units("ha giang", on=BEFORE, to=outsider) == []


def test_a_unit_that_is_closed_is_not_found_on_a_later_day() -> None:
    with pytest.raises(NotFound):
        get_visible_unit("024", on=AFTER, to=console_actor())
    assert public.unit_on("024", AFTER) is None
    latest = public.find_unit("024")
    assert latest is not None
    assert latest.name == "Thành phố Hà Giang"


@pytest.mark.parametrize("text", ["dong van", "Đồng Văn", "ĐỒNG VĂN", "Đo\u0302\u0300ng Va\u0306n"])
def test_search_folds_diacritics_and_letter_case(text: str) -> None:
    found = search_units(text, on=BEFORE, to=console_actor())
    assert {"Huyện Đồng Văn", "Thị trấn Đồng Văn"} <= {node.name for node in found}


def test_a_code_is_found_first() -> None:
    assert search_units("024", on=BEFORE, to=console_actor())[0].code == "024"


def test_the_tree_knows_who_is_above_and_below() -> None:
    tree = public.tree(BEFORE)
    assert [node.code for node in tree.ancestors("00688")] == ["02", "024"]
    assert tree["00688"].depth == 2
    assert tree.subtree("024")[0] == "024"
    assert set(tree.subtree("024")) == {"024", *tree.descendants("024")}
    assert tree.subtree("nowhere") == ()


def test_siblings_stand_in_vietnamese_order_cities_first() -> None:
    names = [node.name for node in public.tree(BEFORE)["02"].children]
    assert names[:4] == ["Thành phố Hà Giang", "Huyện Bắc Mê", "Huyện Bắc Quang", "Huyện Đồng Văn"]


def test_a_version_is_named_by_the_time_of_the_fact() -> None:
    before, after = public.find_version("00694", BEFORE), public.find_version("00694", AFTER)
    assert before is not None
    assert after is not None
    assert (before.name, after.name) == ("Phường Nguyễn Trãi", "Phường Hà Giang 1")
    assert public.find_version("nowhere", BEFORE) is None
    assert not public.is_registered_unit("nowhere")
