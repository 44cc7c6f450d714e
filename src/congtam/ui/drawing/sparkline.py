"""A trend in the size of a word (biểu đồ dòng), drawn on the server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_PAD = 3.0


@dataclass(frozen=True, kw_only=True)
class Sparkline:
    """The shape of a sparkline: unbroken runs of points, the last point, the height of the target line."""

    width: int
    height: int
    runs: tuple[str, ...]
    last: tuple[float, float] | None
    target_y: float | None


def sparkline(
    values: Sequence[float | None], *, target: float | None = None, width: int = 112, height: int = 28
) -> Sparkline:
    """Lay out the values; a missing one breaks the line and is never drawn as zero."""
    present = [value for value in (*values, target) if value is not None]
    if not present:
        return Sparkline(width=width, height=height, runs=(), last=None, target_y=None)
    low, high = min(present), max(present)
    spread = (high - low) or 1.0
    step = (width - 2 * _PAD) / max(len(values) - 1, 1)

    def height_of(value: float) -> float:
        share = 0.5 if high == low else (value - low) / spread
        return round(height - _PAD - share * (height - 2 * _PAD), 1)

    points = [
        None if value is None else (round(_PAD + index * step, 1), height_of(value))
        for index, value in enumerate(values)
    ]
    last = next((point for point in reversed(points) if point is not None), None)
    return Sparkline(
        width=width,
        height=height,
        runs=_polyline_points(points),
        last=last,
        target_y=None if target is None else height_of(target),
    )


def _polyline_points(points: Sequence[tuple[float, float] | None]) -> tuple[str, ...]:
    """SVG `points` texts of the stretches without a gap; a lone point becomes a short dash."""
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return tuple(_points_text(run) for run in runs if run)


def _points_text(run: Sequence[tuple[float, float]]) -> str:
    if len(run) == 1:
        x, y = run[0]
        run = [(x - 1, y), (x + 1, y)]
    return " ".join(f"{x:g},{y:g}" for x, y in run)
