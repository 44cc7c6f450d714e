"""Who may give which role over which unit."""

from __future__ import annotations

import pytest

from congtam.administration.accounts.giving import Reach
from congtam.foundation.public import EVERYWHERE, Role

ADMINISTRATOR = Reach(everything=True)
OF_A_CITY = Reach(administered=frozenset({"024", "00691"}))
HEAD = Reach(headed=frozenset({"024", "00691"}), own=frozenset({"024"}))


@pytest.mark.parametrize(
    ("reach", "role", "unit", "may"),
    [
        pytest.param(
            ADMINISTRATOR, Role.ADMINISTRATOR, EVERYWHERE, True, id="an administrator gives everything"
        ),
        pytest.param(OF_A_CITY, Role.LEADER, "00691", True, id="of a city: every role within"),
        pytest.param(OF_A_CITY, Role.CLERK, "026", False, id="of a city: nothing outside"),
        pytest.param(OF_A_CITY, Role.CLERK, EVERYWHERE, False, id="of a city: never the whole system"),
        pytest.param(HEAD, Role.CLERK, "024", True, id="a head: clerks of the own unit"),
        pytest.param(HEAD, Role.OFFICER, "00691", True, id="a head: officers below"),
        pytest.param(HEAD, Role.UNIT_HEAD, "00691", True, id="a head: heads below"),
        pytest.param(HEAD, Role.UNIT_HEAD, "024", False, id="a head: no second head"),
        pytest.param(HEAD, Role.INSPECTOR, "024", False, id="a head: no inspector"),
        pytest.param(HEAD, Role.ADMINISTRATOR, "00691", False, id="a head: no administrator"),
        pytest.param(HEAD, Role.CLERK, "026", False, id="a head: nothing elsewhere"),
        pytest.param(HEAD, Role.CLERK, EVERYWHERE, False, id="a head: never the whole system"),
    ],
)
def test_may_give(*, reach: Reach, role: Role, unit: str, may: bool) -> None:
    assert reach.may_give(role, unit) is may


def test_an_account_is_cared_for_only_by_who_may_give_all_it_has() -> None:
    assert HEAD.may_give_all([("clerk", "024"), ("observer", "00691")])
    assert not HEAD.may_give_all([("clerk", "024"), ("inspector", "02")])


@pytest.mark.parametrize(
    ("reach", "roles"),
    [
        (HEAD, {"clerk", "officer", "observer", "unit_head"}),
        (Reach(headed=frozenset({"00691"}), own=frozenset({"00691"})), {"clerk", "officer", "observer"}),
        (ADMINISTRATOR, set(Role)),
    ],
)
def test_the_roles_offered(reach: Reach, roles: set[str]) -> None:
    assert set(reach.givable_roles()) == roles
