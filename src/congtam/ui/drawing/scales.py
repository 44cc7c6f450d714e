"""Classes of colour for a map (thang màu): parted by the values, or at a target, with the legend in words."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

_CLASSES = 5
_MIDDLE = 3
_BELOW, _ABOVE = (1, 2), (4, 5)
"""Tones on either side of a target: the reader sees at once who reaches it."""


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Bounds between classes, lowest first, and the tone of each class: one more than bounds, 1 (lowest) to 5."""

    bounds: tuple[float, ...]
    tones: tuple[int, ...]

    def tone(self, value: float | None) -> int:
        """The tone of a value; 0 for none."""
        return 0 if value is None else self.tones[bisect_right(self.bounds, value)]


def scale_of_bounds(bounds: Sequence[float]) -> Scale:
    """The classes there are, spread over the five tones, so that the extremes are always the extremes.

    >>> scale_of_bounds((3, 5)).tones, scale_of_bounds(()).tones
    ((1, 3, 5), (3,))
    """
    if not bounds:
        return Scale(bounds=(), tones=(_MIDDLE,))
    tones = (1 + round(index * (_CLASSES - 1) / len(bounds)) for index in range(len(bounds) + 1))
    return Scale(bounds=tuple(bounds), tones=tuple(tones))


def scale_at_target(values: Sequence[float], target: float, *, is_lower_better: bool = False) -> Scale:
    """Two classes on either side of a target, parted in the middle of the values there.

    A value that equals the target reaches it, also where lower is better.

    >>> scale_at_target([0.5, 0.7, 0.9, 0.97, 0.99, 1.0], 0.95)
    Scale(bounds=(0.7, 0.95, 0.99), tones=(1, 2, 4, 5))
    >>> scale_at_target([0.97, 0.97], 0.95)
    Scale(bounds=(0.95,), tones=(2, 4))
    """
    bound = math.nextafter(target, math.inf) if is_lower_better else target
    below = _median_bound([value for value in values if value < bound])
    above = _median_bound([value for value in values if value >= bound and value != target])
    tones = (*(_BELOW if below else _BELOW[1:]), *(_ABOVE if above else _ABOVE[:1]))
    return Scale(bounds=(*below, bound, *above), tones=tones)


def _median_bound(values: Sequence[float]) -> tuple[float, ...]:
    """The median of values that differ, as a bound; none where all are equal."""
    ordered = sorted(values)
    middle = ordered[len(ordered) // 2] if ordered else 0.0
    return (middle,) if ordered and middle > ordered[0] else ()


def legend_of(
    drawn: Sequence[tuple[int, float | None]],
    scale: Scale,
    write: Callable[[float], str],
    *,
    are_whole: bool = False,
) -> tuple[tuple[int, str], ...]:
    """Pairs of tone and range; classes without a place are left out, equal values have one class: that value.

    Counts are whole: their classes say the smallest and the largest number in them, not “< 1,0”.
    """
    tones = {tone for tone, _value in drawn}
    if not scale.bounds:
        values = {value for _tone, value in drawn if value is not None}
        return tuple((_MIDDLE, write(value)) for value in values)
    ranges = _whole_ranges(scale.bounds, write) if are_whole else _range_texts(scale.bounds, write)
    return tuple(pair for pair in zip(scale.tones, ranges, strict=True) if pair[0] in tones)


def _range_texts(bounds: Sequence[float], write: Callable[[float], str]) -> list[str]:
    texts = [write(bound) for bound in bounds]
    return [f"< {texts[0]}", *(f"{low} – {high}" for low, high in pairwise(texts)), f"≥ {texts[-1]}"]


def _whole_ranges(bounds: Sequence[float], write: Callable[[float], str]) -> list[str]:
    firsts = [0, *(math.ceil(bound) for bound in bounds)]
    ranges = [
        write(low) if low >= high - 1 else f"{write(low)} – {write(high - 1)}"
        for low, high in pairwise(firsts)
    ]
    return [*ranges, f"≥ {write(firsts[-1])}"]
