"""Areas of units from a file: matched by code, everything wrong listed, nothing loaded while anything is."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from congtam.foundation.public import actor_for, console_actor
from congtam.kernel.errors import InputRefused, NotAllowed
from congtam.org_units.boundaries.actions import load_boundaries
from congtam.org_units.boundaries.boundary_file import read_areas
from congtam.org_units.cli import units_command
from congtam.org_units.public import boundaries, load_catalogue
from congtam.testing.cast import Cast

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 1)
SQUARE = [[105.0, 22.0], [105.1, 22.0], [105.1, 22.1], [105.0, 22.1], [105.0, 22.0]]


def feature(code: object, rings: Any = None, kind: str = "Polygon") -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": [SQUARE] if rings is None else rings}
    return {"type": "Feature", "properties": {"code": code}, "geometry": geometry}


def written(path: Path, *features: dict[str, Any]) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def run(path: Path) -> Any:
    return CliRunner().invoke(units_command, ["boundaries", str(path), "--on", f"{DAY}", "--json"])


def test_areas_are_matched_by_code(small_tree: None, tmp_path: Path) -> None:
    loaded = run(
        written(tmp_path / "a.geojson", feature("00688"), feature("00691", [[SQUARE]], "MultiPolygon"))
    )
    assert (loaded.exit_code, json.loads(loaded.stdout)["loaded"]) == (0, 2)
    assert set(boundaries(["00688", "00691", "00712"], DAY)) == {"00688", "00691"}
    assert boundaries(["00688"], DAY)["00688"][0][1] == (105.1, 22.0)
    again = run(written(tmp_path / "b.geojson", feature("00688")))
    assert json.loads(again.stdout)["missing"] == ["00691"]


def test_every_problem_is_listed_and_nothing_loaded(small_tree: None, tmp_path: Path) -> None:
    first = run(
        written(tmp_path / "a.geojson", feature("00688"), feature(None), feature("00691", [[[1, 2]]]))
    )
    codes = [one["code"] for one in json.loads(first.stdout)["problems"]]
    assert (first.exit_code, codes) == (3, ["boundary_without_code", "boundary_malformed"])
    unknown = run(written(tmp_path / "b.geojson", feature("nowhere"), feature("00688"), feature("00688")))
    codes = [one["code"] for one in json.loads(unknown.stdout)["problems"]]
    assert sorted(codes) == ["boundary_repeated", "boundary_unit_unknown"]
    assert not boundaries(["00688"], DAY)


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"type": "Feature"}', '{"type": "FeatureCollection"}', "\u0000"]
)
def test_what_is_no_map_is_refused(small_tree: None, tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.geojson"
    path.write_text(text, encoding="utf-8")
    assert run(path).exit_code == 3


def test_a_topology_gives_the_same_areas(tmp_path: Path) -> None:
    topology = {
        "type": "Topology",
        "transform": {"scale": [0.1, 0.1], "translate": [105.0, 22.0]},
        "arcs": [[[0, 0], [1, 0], [0, 1]], [[0, 0], [0, 1], [1, 0]]],
        "objects": {
            "communes": {
                "type": "GeometryCollection",
                "geometries": [{"type": "Polygon", "arcs": [[0, -2]], "properties": {"code": "00688"}}],
            }
        },
    }
    path = tmp_path / "a.topojson"
    path.write_text(json.dumps(topology), encoding="utf-8")
    (area,) = read_areas(path)
    points = [(round(x, 5), round(y, 5)) for x, y in area.rings[0]]
    assert points == [tuple(point) for point in SQUARE]


def test_only_an_administrator_loads(small_tree: None, cast: Cast, tmp_path: Path) -> None:
    path = written(tmp_path / "a.geojson", feature("00688"))
    with pytest.raises(NotAllowed):
        load_boundaries(path, on=DAY, actor=actor_for(cast.leader))
    assert load_boundaries(path, on=DAY, actor=console_actor()).loaded == 1


def test_real_areas_are_read_alike_in_both_forms(real_data: Path) -> None:
    folder = real_data / "units" / "boundaries"
    files = [folder / f"tuyen_quang_2025_communes.{kind}" for kind in ("geojson", "topojson")]
    plain, arcs = ({area.code: area.rings for area in read_areas(file)} for file in files)
    assert (len(plain), plain.keys()) == (124, arcs.keys())
    for code, rings in plain.items():
        points = {(round(x, 5), round(y, 5)) for ring in rings for x, y in ring}
        assert points == {(round(x, 5), round(y, 5)) for ring in arcs[code] for x, y in ring}


def test_areas_of_another_days_units_are_refused(tmp_path: Path) -> None:
    """The reform gave the codes of wards to others: 00691 was Trần Phú, and is Hà Giang 2."""
    load_catalogue(actor=console_actor())
    area = feature("00691")
    area["properties"]["name"] = "Phường Hà Giang 2"
    refused = run(written(tmp_path / "a.geojson", area))
    assert [one["code"] for one in json.loads(refused.stdout)["problems"]] == ["boundary_of_another_day"]
    area["properties"]["name"] = "P. Trần Phú"
    assert run(written(tmp_path / "b.geojson", area)).exit_code == 0


@pytest.mark.parametrize(
    ("topology", "code"),
    [
        ({"objects": {"a": {"geometries": 5}}, "arcs": []}, "boundary_file_empty"),
        (
            {
                "objects": {"a": {"type": "Polygon", "properties": {"code": "1"}, "arcs": [[0] * 3_000]}},
                "arcs": [[[0, 0]] * 1_000],
            },
            "boundary_too_fine",
        ),
    ],
)
def test_a_small_topology_fills_no_memory(topology: dict[str, Any], code: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"type": "Topology", **topology}))
    with pytest.raises(InputRefused) as error:
        read_areas(path)
    assert [one.code for one in error.value.problems] == [code]


def test_a_number_beyond_all_degrees_is_no_place(tmp_path: Path) -> None:
    path = written(tmp_path / "a.geojson", feature("1", [[[10**400, 0]] * 4]))
    with pytest.raises(InputRefused) as error:
        read_areas(path)
    assert [one.code for one in error.value.problems] == ["boundary_malformed"]
