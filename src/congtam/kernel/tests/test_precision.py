"""Instants of which only the day is known: what is judged by the day, and what by the minute."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from congtam.kernel.precision import end_of_limit, has_time, is_past, precedes

ZONE = "Asia/Ho_Chi_Minh"


def at(written: str) -> datetime:
    return datetime.fromisoformat(f"2024-05-{written}").replace(tzinfo=ZoneInfo(ZONE))


@pytest.mark.parametrize(
    ("written", "as_event", "as_limit"),
    [
        pytest.param("02 00:00:00", False, False, id="a bare day"),
        pytest.param("02 00:00:01", True, True, id="a second later"),
        pytest.param("02 23:59:59", True, False, id="the end of a day is a day only for a limit"),
        pytest.param("02 17:00:00", True, True, id="closing time"),
    ],
)
def test_which_times_are_known(*, written: str, as_event: bool, as_limit: bool) -> None:
    assert has_time(at(written).astimezone(ZoneInfo("UTC")), ZONE) == as_event
    assert has_time(at(written), ZONE, is_limit=True) == as_limit


@pytest.mark.parametrize(
    ("finished", "due", "is_late"),
    [
        pytest.param("02 16:00", "02 00:00", False, id="on the day it is due"),
        pytest.param("03 00:00", "02 00:00", True, id="the day after, days only"),
        pytest.param("02 00:00", "02 10:00", False, id="a day against a time of that day"),
        pytest.param("02 10:01", "02 10:00", True, id="a minute late"),
        pytest.param("03 07:00", "02 23:59:59", True, id="the morning after the last day"),
    ],
)
def test_late_by_what_is_known(*, finished: str, due: str, is_late: bool) -> None:
    assert is_past(at(finished), at(due), ZONE) == is_late
    assert has_time(at(finished), ZONE) is False or (at(finished) > end_of_limit(at(due), ZONE)) == is_late


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
