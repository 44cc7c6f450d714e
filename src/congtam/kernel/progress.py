"""How far long work is (tiến độ): whoever does it calls, whoever watches shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, Protocol, TypeVar

T = TypeVar("T")
_EVERY: Final = 1000


class Advance(Protocol):
    """Called as work goes on: how much is done, of how much when that is known."""

    def __call__(self, done: int, total: int | None = None, /) -> None: ...


def ignore_advance(_done: int, _total: int | None = None) -> None:
    """What is called when nobody watches."""


def with_progress(
    things: Iterable[T], advance: Advance, *, count: Callable[[], int] | None = None
) -> Iterator[T]:
    """The things one after the other, with how many there have been; ``count`` is called only for who watches.

    >>> calls = []
    >>> list(with_progress("ab", lambda done, total=None: calls.append((done, total)), count=lambda: 2)), calls
    (['a', 'b'], [(2, 2)])
    >>> list(with_progress("ab", ignore_advance, count=lambda: 1 // 0))
    ['a', 'b']
    """
    total = None if count is None or advance is ignore_advance else count()
    done = 0
    for done, thing in enumerate(things, start=1):
        if done % _EVERY == 0:
            advance(done, total)
        yield thing
    advance(done, total)
