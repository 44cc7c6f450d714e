"""Places as dots (bản đồ điểm): where no boundary is known, a coordinate still shows the shape of a province."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from congtam.ui.drawing.scales import legend_of, scale_of_bounds

_PAD = 18.0
_SMALLEST, _LARGEST = 3.5, 13.0
_CLASSES = 5


@dataclass(frozen=True, kw_only=True)
class Dot:
    """One place: coordinates in degrees, the value that colours it, the count that sizes it."""

    label: str
    longitude: float
    latitude: float
    value: float | None
    size: float = 1.0
    text: str = ""
    url: str = ""
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class PlacedDot:
    """A dot on the drawing; `tone` is 0 for no value, else 1 (lowest class) to 5."""

    dot: Dot
    x: float
    y: float
    radius: float
    tone: int


@dataclass(frozen=True, kw_only=True)
class DotMap:
    """A finished layout: dots from large to small, so that small ones stay on top, and class bounds."""

    width: float
    height: float
    dots: tuple[PlacedDot, ...]
    bounds: tuple[float, ...]


def class_bounds(values: Sequence[float]) -> tuple[float, ...]:
    """Up to four bounds that part the values into five classes of equal size (ngũ phân vị).

    Where many values are equal, so that bounds fall together, the different values are parted instead.

    >>> class_bounds([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    (3, 5, 7, 9)
    >>> class_bounds([1, 2, 3, 4, 5, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7])
    (2, 3, 5, 6)
    >>> class_bounds([1, 1, 1, 1])
    ()
    """
    bounds = _class_bounds(sorted(values))
    return bounds if len(bounds) == _CLASSES - 1 else _class_bounds(sorted(set(values)))


def _class_bounds(ordered: Sequence[float]) -> tuple[float, ...]:
    if not ordered:
        return ()
    cuts = {ordered[len(ordered) * part // _CLASSES] for part in range(1, _CLASSES)}
    return tuple(sorted(cut for cut in cuts if cut > ordered[0]))


def dot_map(dots: Sequence[Dot], *, bounds: Sequence[float] | None = None, width: float = 640.0) -> DotMap:
    """Place the dots, north up, with a degree of longitude shortened by the cosine of the latitude.

    `bounds` are given where thresholds have a meaning (a target); else the values part themselves.
    """
    if not dots:
        return DotMap(width=width, height=0, dots=(), bounds=())
    cuts = (
        tuple(bounds) if bounds is not None else class_bounds([d.value for d in dots if d.value is not None])
    )
    scale = scale_of_bounds(cuts)
    frame = _Frame.around(dots, width)
    biggest = max(dot.size for dot in dots) or 1.0
    placed = [
        PlacedDot(
            dot=dot,
            x=round(frame.x(dot), 1),
            y=round(frame.y(dot), 1),
            radius=_radius_of_share(dot.size / biggest),
            tone=scale.tone(dot.value),
        )
        for dot in dots
    ]
    placed.sort(key=lambda item: -item.radius)
    return DotMap(width=width, height=round(frame.height, 1), dots=tuple(placed), bounds=cuts)


def _radius_of_share(share: float) -> float:
    """Area, not radius, grows with the count."""
    return round(_SMALLEST + (_LARGEST - _SMALLEST) * math.sqrt(max(share, 0.0)), 1)


@dataclass(frozen=True, kw_only=True)
class _Frame:
    west: float
    north: float
    scale: float
    shortening: float
    height: float

    @classmethod
    def around(cls, dots: Sequence[Dot], width: float) -> _Frame:
        longitudes = [dot.longitude for dot in dots]
        latitudes = [dot.latitude for dot in dots]
        shortening = math.cos(math.radians((min(latitudes) + max(latitudes)) / 2))
        across = (max(longitudes) - min(longitudes)) * shortening
        down = max(latitudes) - min(latitudes)
        scale = (width - 2 * _PAD) / max(across, down, 0.01)
        return cls(
            west=min(longitudes) - ((width - 2 * _PAD) / scale - across) / 2 / shortening,
            north=max(latitudes),
            scale=scale,
            shortening=shortening,
            height=down * scale + 2 * _PAD,
        )

    def x(self, dot: Dot) -> float:
        return _PAD + (dot.longitude - self.west) * self.shortening * self.scale

    def y(self, dot: Dot) -> float:
        return _PAD + (self.north - dot.latitude) * self.scale


def legend(drawing: DotMap, write: Callable[[float], str]) -> tuple[tuple[int, str], ...]:
    """Pairs of tone and range in words of what is drawn, lowest first."""
    drawn = [(placed.tone, placed.dot.value) for placed in drawing.dots]
    return legend_of(drawn, scale_of_bounds(drawing.bounds), write)
