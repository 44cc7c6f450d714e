"""Who may sign: a table in the words of NĐ 30/2020/NĐ-CP, Điều 13."""

from __future__ import annotations

from datetime import date

import pytest

from congtam.org_units.domain.signing import Authority, Power, signing_grounds

ON = date(2026, 3, 2)
FROM = date(2026, 1, 1)


def power(post: str, authority: Authority, by: str = "", **changes: object) -> Power:
    values = {"matter": "documents", "since": FROM, "granted_by": by, **changes}
    return Power(post=post, authority=authority, **values)  # type: ignore[arg-type]


CHAIRMAN = power("chairman", Authority.COLLECTIVE, matter="*")
DEPUTY = power("deputy", Authority.DEPUTY, "chairman")
HEAD_OF_OFFICE = power("office", Authority.BY_ORDER, "chairman")
AUTHORISED = power("director", Authority.AUTHORISED, "chairman", until=date(2026, 4, 1))


@pytest.mark.parametrize(
    ("powers", "post", "expected"),
    [
        pytest.param([CHAIRMAN], "chairman", [("TM.", "chairman")], id="collective in its own right"),
        pytest.param([CHAIRMAN, DEPUTY], "deputy", [("KT.", "chairman")], id="deputy for the head"),
        pytest.param([DEPUTY], "deputy", [], id="nobody gives what he has not"),
        pytest.param([CHAIRMAN, HEAD_OF_OFFICE], "office", [("TL.", "chairman")], id="by order"),
        pytest.param(
            [CHAIRMAN, HEAD_OF_OFFICE, power("deputy-office", Authority.DEPUTY, "office")],
            "deputy-office",
            [("KT.", "office")],
            id="deputy of who signs by order",
        ),
        pytest.param(
            [CHAIRMAN, AUTHORISED, power("staff", Authority.AUTHORISED, "director", until=date(2026, 4, 1))],
            "staff",
            [],
            id="an authorisation is not given on",
        ),
        pytest.param(
            [CHAIRMAN, HEAD_OF_OFFICE, power("staff", Authority.BY_ORDER, "office")],
            "staff",
            [],
            id="an order is not given on by order",
        ),
        pytest.param(
            [CHAIRMAN, power("director", Authority.AUTHORISED, "chairman", until=ON)],
            "director",
            [],
            id="the last day is over",
        ),
        pytest.param(
            [power("a", Authority.DEPUTY, "b"), power("b", Authority.DEPUTY, "a")],
            "a",
            [],
            id="a circle gives nothing",
        ),
        pytest.param(
            [CHAIRMAN, power("deputy", Authority.DEPUTY, "chairman", matter="dossier_results")],
            "deputy",
            [],
            id="another matter",
        ),
    ],
)
def test_signing_grounds(powers: list[Power], post: str, expected: list[tuple[str, str]]) -> None:
    grounds = signing_grounds(powers, post=post, matter="documents", on=ON)
    assert [(ground.prefix, ground.signed_for) for ground in grounds] == expected
