"""Spans of time that may overlap, lie within each other or touch are counted once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from congtam.dossiers.deadlines.domain.spans import seconds_covered
from congtam.kernel.clock import LOCAL

NOON = datetime(2026, 3, 2, 12, tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("spans", "hours"),
    [
        pytest.param([], 0, id="none"),
        pytest.param([(0, 2)], 2, id="one"),
        pytest.param([(0, 2), (2, 3)], 3, id="touching"),
        pytest.param([(5, 6), (0, 2)], 3, id="apart, in any order"),
        pytest.param([(0, 3), (1, 4)], 4, id="overlapping"),
        pytest.param([(0, 9), (1, 2), (3, 10)], 10, id="one within another, and one beyond both"),
        pytest.param([(0, 9), (1, 2)], 9, id="one within another"),
        pytest.param([(4, 4)], 0, id="no length"),
    ],
)
def test_seconds_covered(spans: list[tuple[int, int]], hours: int) -> None:
    told = [(NOON + timedelta(hours=start), NOON + timedelta(hours=end)) for start, end in spans]
    assert seconds_covered(told) == hours * 3600
