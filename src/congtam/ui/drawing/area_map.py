"""Places as areas (bản đồ): by their boundaries, or as one hexagon each where no boundary is on record."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from congtam.ui.drawing.dot_map import Dot, class_bounds
from congtam.ui.drawing.scales import Scale, scale_of_bounds

Ring = Sequence[tuple[float, float]]
Rings = Sequence[Ring]
WIDTH: Final = 640.0
_PAD: Final = 4.0
_ROOM: Final = 1.25
"""How many cells the grid has for each place: some stay empty, so that the outline keeps its shape."""


@dataclass(frozen=True, kw_only=True)
class DrawnArea:
    """An area on the drawing as an SVG path; `tone` is 0 for no value, else 1 (lowest class) to 5."""

    dot: Dot
    path: str
    tone: int


@dataclass(frozen=True, kw_only=True)
class AreaMap:
    """A finished layout with its classes of colour; `is_tiled` where hexagons stand for areas."""

    width: float
    height: float
    areas: tuple[DrawnArea, ...]
    scale: Scale
    is_tiled: bool


def area_map(dots: Sequence[Dot], outlines: Mapping[str, Rings], *, scale: Scale | None = None) -> AreaMap:
    """Draw the places by their outlines (keyed by the dot's key); all as hexagons where one has none.

    Without a ``scale`` the values part themselves into classes of equal size.
    """
    scale = scale or scale_of_bounds(class_bounds([d.value for d in dots if d.value is not None]))
    is_tiled = not dots or any(dot.key not in outlines for dot in dots)
    paths, height = _hexagon_tiles(dots) if is_tiled else _outline_paths(dots, outlines)
    areas = tuple(
        DrawnArea(dot=dot, path=path, tone=scale.tone(dot.value))
        for dot, path in zip(dots, paths, strict=True)
    )
    return AreaMap(width=WIDTH, height=round(height, 1), areas=areas, scale=scale, is_tiled=is_tiled)


def _outline_paths(dots: Sequence[Dot], outlines: Mapping[str, Rings]) -> tuple[list[str], float]:
    """Paths north up, with a degree of longitude shortened by the cosine of the latitude."""
    points = [point for dot in dots for ring in outlines[dot.key] for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    shortening = math.cos(math.radians((south + north) / 2))
    across, down = (east - west) * shortening, north - south
    scale = (WIDTH - 2 * _PAD) / max(across, down, 1e-6)
    margin = (WIDTH - across * scale) / 2

    def place(point: tuple[float, float]) -> str:
        x, y = (point[0] - west) * shortening * scale + margin, (north - point[1]) * scale + _PAD
        return f"{x:.1f},{y:.1f}"

    paths = [
        "".join(f"M{'L'.join(place(point) for point in ring)}Z" for ring in outlines[dot.key]) for dot in dots
    ]
    return paths, down * scale + 2 * _PAD


def _hexagon_tiles(dots: Sequence[Dot]) -> tuple[list[str], float]:
    cells = hexagon_cells([(dot.longitude, dot.latitude) for dot in dots])
    if not cells:
        return [], 0.0
    columns = [column for column, _ in cells]
    rows = [row for _, row in cells]
    left, top = min(columns), min(rows)
    across, down = max(columns) - left + 1.5, (max(rows) - top) * 0.75 + 1
    size = min((WIDTH - 2 * _PAD) / across, (WIDTH - 2 * _PAD) / down * math.sqrt(3) / 2)
    margin = (WIDTH - across * size) / 2
    tall = size * 2 / math.sqrt(3)
    paths = []
    for column, row in cells:
        x = margin + (column - left + 0.5 + (row % 2) / 2) * size
        y = _PAD + ((row - top) * 0.75 + 0.5) * tall
        paths.append(_hexagon_path(x, y, tall / 2 * 0.96))
    return paths, down * tall + 2 * _PAD


def _hexagon_path(x: float, y: float, radius: float) -> str:
    corners = [math.radians(60 * corner - 90) for corner in range(6)]
    points = [f"{x + radius * math.cos(angle):.1f},{y + radius * math.sin(angle):.1f}" for angle in corners]
    return f"M{'L'.join(points)}Z"


def hexagon_cells(places: Sequence[tuple[float, float]]) -> list[tuple[int, int]]:
    """A cell (column, row) of a grid of hexagons for each place, near where it lies, never two in one cell.

    Odd rows stand half a cell to the right. Places in the middle choose first: the crowd moves outward, and what
    lies north stays north as far as there is room.

    >>> hexagon_cells([(105.0, 22.0)])
    [(0, 0)]
    >>> len(set(hexagon_cells([(105.0, 22.0)] * 7)))
    7
    """
    if not places:
        return []
    spots = _scale_places(places)
    middle = (sum(x for x, _ in spots) / len(spots), sum(y for _, y in spots) / len(spots))
    order = sorted(range(len(spots)), key=lambda index: (math.dist(spots[index], middle), places[index]))
    taken: dict[tuple[int, int], int] = {}
    for index in order:
        taken[_nearest_free(spots[index], taken)] = index
    by_place = {index: cell for cell, index in taken.items()}
    return [by_place[index] for index in range(len(spots))]


def _scale_places(places: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Coordinates in units of a cell, so that the places have a little more room than cells."""
    west, north = min(x for x, _ in places), max(y for _, y in places)
    shortening = math.cos(math.radians(north))
    flat = [((x - west) * shortening, north - y) for x, y in places]
    across, down = max(x for x, _ in flat), max(y for _, y in flat)
    if not across or not down:
        return [(0.0, 0.0)] * len(places) if not across and not down else flat
    size = math.sqrt(across * down / (len(places) * _ROOM))
    return [(x / size, y / size) for x, y in flat]


def _nearest_free(spot: tuple[float, float], taken: Mapping[tuple[int, int], int]) -> tuple[int, int]:
    """The free cell whose middle is nearest; the search widens ring by ring."""
    height = math.sqrt(3) / 2
    row, column = round(spot[1] / height), round(spot[0])
    reach = 1
    while True:
        free = [
            (math.dist(spot, (c + (r % 2) / 2, r * height)), (c, r))
            for r in range(row - reach, row + reach + 1)
            for c in range(column - reach, column + reach + 1)
            if (c, r) not in taken
        ]
        if free:
            return min(free)[1]
        reach += 1
