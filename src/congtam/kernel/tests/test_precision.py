"""Instants of which only the day is known: what is judged by the day, and what by the minute."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from congtam.kernel.precision import has_time, precedes

ZONE = "Asia/Ho_Chi_Minh"


def at(written: str) -> datetime:
    return datetime.fromisoformat(f"2024-05-{written}").replace(tzinfo=ZoneInfo(ZONE))


@pytest.mark.parametrize(
    ("written", "as_event", "as_limit"),
    [
        pytest.param("02 00:00:00", False, True, id="midnight is a day only for what happened"),
        pytest.param("02 00:00:00.010", False, True, id="some hundredths of a second after it"),
        pytest.param("02 00:00:01", True, True, id="a second later"),
        pytest.param("02 23:59:59", True, False, id="the end of a day is a day only for a limit"),
        pytest.param("02 17:00:00", True, True, id="closing time"),
    ],
)
def test_which_times_are_known(*, written: str, as_event: bool, as_limit: bool) -> None:
    assert has_time(at(written).astimezone(ZoneInfo("UTC")), ZONE) == as_event
    assert has_time(at(written), ZONE, is_limit=True) == as_limit


@pytest.mark.parametrize(
    ("later", "earlier", "expected"),
    [
        pytest.param("02 00:00", "02 14:00", False, id="the same day, time unknown"),
        pytest.param("01 00:00", "02 14:00", True, id="the day before"),
        pytest.param("02 13:59", "02 14:00", True, id="both times known"),
        pytest.param("02 14:00", "02 14:00", False, id="at once"),
    ],
)
def test_only_what_is_certain_is_the_wrong_way_round(*, later: str, earlier: str, expected: bool) -> None:
    assert precedes(at(later), at(earlier), ZONE) == expected
