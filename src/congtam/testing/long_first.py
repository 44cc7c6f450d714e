"""pytest plugin: an order in which no worker waits for the others at the end of a run.

Workers begin with equal shares of the tests, and one that has done its own takes half of what another has still to do,
from the end. So what takes long stands at the beginning of a share: tests that drive a program first of all, together,
because each process that has one of them starts the program; tests with a raised time limit at the beginning of the
other shares. Tests on the demonstration come after those without, so that one worker loads it while the others work.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import Final, TypeVar

import pytest

LONG: Final = 240
"""A test that is allowed this many seconds takes many."""
_Item = TypeVar("_Item")


def deal(
    together: Sequence[_Item], long: Sequence[Sequence[_Item]], short: Sequence[_Item], *, workers: int
) -> list[_Item]:
    """The order of all: the first worker's share begins with `together`, those of the others with groups of `long`.

    >>> deal("BB", ["xy", "z"], "abcdefg", workers=2)
    ['B', 'B', 'a', 'b', 'c', 'd', 'x', 'y', 'z', 'e', 'f', 'g']
    >>> deal("BB", ["xy"], "ab", workers=1)
    ['B', 'B', 'x', 'y', 'a', 'b']
    """
    begun: list[list[_Item]] = [list(together), *([] for _ in range(workers - 1))]
    for number, group in enumerate(long):
        begun[1 + number % (workers - 1) if workers > 1 else 0] += group
    rest, ordered = iter(short), list[_Item]()
    for share, end in zip(begun, _ends(sum(map(len, begun)) + len(short), workers), strict=True):
        ordered += share
        ordered += islice(rest, max(0, end - len(ordered)))
    return [*ordered, *rest]


def _ends(count: int, workers: int) -> Iterator[int]:
    """Where the share of each worker ends, as pytest-xdist divides them."""
    end = 0
    for remaining in range(workers, 0, -1):
        end += (count - end) // remaining
        yield end


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Called in each worker, after the order was drawn; all come to the same."""
    together = [item for item in items if item.get_closest_marker("needs")]
    together.sort(key=lambda item: item.get_closest_marker("demonstration") is not None)
    others = [item for item in items if not item.get_closest_marker("needs")]
    long = [item for item in others if _limit(item) >= LONG]
    files = [list(tests) for _, tests in groupby(long, key=lambda item: item.path)]
    short = [item for item in others if _limit(item) < LONG]
    items[:] = deal(together, files, short, workers=int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


def _limit(item: pytest.Item) -> float:
    """The seconds that a test is allowed by a marker of its own."""
    marker = item.get_closest_marker("timeout")
    return float(marker.args[0]) if marker is not None and marker.args else 0.0
