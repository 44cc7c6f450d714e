"""Reading areas of units from GeoJSON or TopoJSON (tệp ranh giới): all mistakes at once, nothing trusted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

from congtam.kernel.errors import InputRefused, Problem, msgid

Ring = tuple[tuple[float, float], ...]
Rings = tuple[Ring, ...]
LARGEST_FILE: Final = 30_000_000
MOST_POINTS: Final = 2_000_000
CODE_PROPERTIES: Final = ("code", "ma", "ma_xa", "maxa", "unit_code", "id")
"""Where files write the code of a unit; the `id` of the feature itself comes last."""
_LEAST_POINTS: Final = 4


@dataclass(frozen=True)
class Area:
    """The outline of a unit (ranh giới) as rings of longitude and latitude; holes are rings too."""

    code: str
    rings: Rings
    name: str = ""
    """What the file calls the unit, where it says it."""


class _Malformed(Exception):
    """A geometry that cannot be read, with the reason as a msgid."""


class _TooFine(Exception):
    """More points than are read; an arc may be named a million times."""


def read_areas(path: Path) -> list[Area]:
    """The areas of a file in its order, or InputRefused with every feature that cannot be used."""
    document = _read_document(path)
    areas: list[Area] = []
    problems: list[Problem] = []
    points = 0
    for number, (properties, identifier, geometry) in enumerate(_list_features(document, path), start=1):
        code = _unit_code_of(properties, identifier)
        if not code:
            message = msgid("Feature {number} has no code of a unit in its properties.")
            problems.append(_boundary_problem(path, "boundary_without_code", message, number=number))
            continue
        try:
            rings = _read_rings(geometry, document, most=MOST_POINTS - points)
            areas.append(Area(code, rings, _unit_name_of(properties)))
            points += sum(map(len, rings))
        except _TooFine:
            message = msgid("The file has more than {count} points. Simplify the outlines first.")
            raise InputRefused(
                [_boundary_problem(path, "boundary_too_fine", message, count=MOST_POINTS)]
            ) from None
        except (_Malformed, KeyError, TypeError, ValueError, IndexError, OverflowError):
            message = msgid(
                "Feature {number} ({code}) is not a polygon in degrees of longitude and latitude."
            )
            problems.append(_boundary_problem(path, "boundary_malformed", message, number=number, code=code))
    if problems:
        raise InputRefused(problems)
    return areas


def _read_document(path: Path) -> Mapping[str, Any]:
    if path.stat().st_size > LARGEST_FILE:
        message = msgid("The file is larger than {count} bytes. Simplify the outlines first.")
        raise InputRefused([_boundary_problem(path, "boundary_file_too_large", message, count=LARGEST_FILE)])
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict) or document.get("type") not in ("FeatureCollection", "Topology"):
        message = msgid("The file is neither GeoJSON (a FeatureCollection) nor TopoJSON (a Topology).")
        raise InputRefused([_boundary_problem(path, "boundary_file_unreadable", message)])
    return document


def _list_features(document: Mapping[str, Any], path: Path) -> Iterator[tuple[Any, Any, Any]]:
    """Properties, id and geometry of every feature."""
    if document["type"] == "FeatureCollection":
        listed = document.get("features")
    else:
        objects = document.get("objects")
        found = list(objects.values()) if isinstance(objects, dict) else []
        listed = [one for each in found if isinstance(each, dict) for one in _geometries_of(each)]
    if not isinstance(listed, list) or not listed:
        message = msgid("The file has no areas.")
        raise InputRefused([_boundary_problem(path, "boundary_file_empty", message)])
    for one in listed:
        feature = one if isinstance(one, dict) else {}
        geometry = feature.get("geometry") if document["type"] == "FeatureCollection" else feature
        yield feature.get("properties"), feature.get("id"), geometry


def _geometries_of(geometry: Mapping[str, Any]) -> list[Any]:
    """The geometries of a collection, or the one itself."""
    listed = geometry.get("geometries", [geometry])
    return listed if isinstance(listed, list) else []


def _unit_code_of(properties: Any, identifier: Any) -> str:
    found = properties if isinstance(properties, dict) else {}
    values = [*(found.get(name) for name in CODE_PROPERTIES), identifier]
    return next(
        (str(value).strip() for value in values if isinstance(value, str | int) and str(value).strip()), ""
    )


def _unit_name_of(properties: Any) -> str:
    name = properties.get("name") if isinstance(properties, dict) else None
    return name.strip() if isinstance(name, str) else ""


def _read_rings(geometry: Any, document: Mapping[str, Any], *, most: int) -> Rings:
    """The rings of a geometry of at most so many points together; raises _TooFine for more."""
    is_topology = document["type"] == "Topology"
    shape = geometry["arcs"] if is_topology else geometry["coordinates"]
    if geometry["type"] not in ("Polygon", "MultiPolygon"):
        raise _Malformed
    polygons = [shape] if geometry["type"] == "Polygon" else shape
    rings: list[Ring] = []
    for polygon in polygons:
        for ring in polygon:
            points = _join_arcs(ring, document, most=most) if is_topology else ring
            most -= len(points)
            if most < 0:
                raise _TooFine
            rings.append(_read_ring(points))
    if not rings:
        raise _Malformed
    return tuple(rings)


def _read_ring(points: Sequence[Any]) -> Ring:
    ring = tuple((float(point[0]), float(point[1])) for point in points)
    is_in_degrees = all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring)
    if len(ring) < _LEAST_POINTS or not is_in_degrees:
        raise _Malformed
    return ring


def _join_arcs(arcs: Sequence[int], document: Mapping[str, Any], *, most: int) -> list[tuple[float, float]]:
    """The points of a ring of a topology: its arcs one after another, a negative number backwards."""
    points: list[tuple[float, float]] = []
    for number in arcs:
        arc = _read_arc(document, number if number >= 0 else ~number)
        following = arc if number >= 0 else arc[::-1]
        points.extend(following[1:] if points else following)
        if len(points) > most:
            raise _TooFine
    return points


def _read_arc(document: Mapping[str, Any], number: int) -> list[tuple[float, float]]:
    """One arc in degrees: quantised arcs are differences that are scaled and moved (TopoJSON 1.0, 2.1.2)."""
    arc = document["arcs"][number]
    transform = document.get("transform")
    if not transform:
        return [(point[0], point[1]) for point in arc]
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    across = accumulate(point[0] for point in arc)
    down = accumulate(point[1] for point in arc)
    return [(x * scale_x + move_x, y * scale_y + move_y) for x, y in zip(across, down, strict=True)]


def _boundary_problem(path: Path, code: str, message: str, /, **data: object) -> Problem:
    return Problem(code=code, message=message, data=data, file=path.name)
